import { describe, expect, it } from 'vitest'
import {
  formatChange,
  formatExactPercent,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPrice,
} from './format.js'

describe('formatNumber', () => {
  it('parts thousands and keeps the asked decimals', () => {
    expect(formatNumber(0)).toBe('0')
    expect(formatNumber(999)).toBe('999')
    expect(formatNumber(1_234_567.891, 2)).toBe('1,234,567.89')
    expect(formatNumber(-1234)).toBe('-1,234')
  })

  it('has no minus before a zero', () => {
    expect(formatNumber(-0)).toBe('0')
    expect(formatNumber(-0.0001, 2)).toBe('0.00')
  })
})

describe('formatPercent and formatChange', () => {
  it('write a fraction in percent', () => {
    expect(formatPercent(0.0316)).toBe('3.16%')
    expect(formatPercent(0.5, 0)).toBe('50%')
    expect(formatPercent(-0.02)).toBe('-2.00%')
  })

  it('mark a gain, not a zero', () => {
    expect(formatChange(0.0316)).toBe('+3.16%')
    expect(formatChange(-0.0316)).toBe('-3.16%')
    expect(formatChange(0)).toBe('0.00%')
    expect(formatChange(0.000001)).toBe('0.00%')
    expect(formatChange(12.5)).toBe('+1,250.00%')
  })
})

describe('formatPrice and formatMoney', () => {
  it('write a price in won', () => {
    expect(formatPrice(71_200)).toEqual({ ko: '71,200원', en: 'KRW 71,200' })
    expect(formatPrice(71_250.25)).toEqual({ ko: '71,250.3원', en: 'KRW 71,250.3' })
  })

  it('write a threshold in full', () => {
    expect(formatExactPercent(0.95)).toBe('95%')
    expect(formatExactPercent(0.955)).toBe('95.5%')
    expect(formatExactPercent(0.0125)).toBe('1.25%')
    expect(formatExactPercent(1)).toBe('100%')
    expect(formatExactPercent(-0.02)).toBe('-2%')
    expect(formatMoney(12_345_678_901, 6)).toEqual({
      ko: '123.456789억원',
      en: 'KRW 12.345679 bn',
    })
    expect(formatMoney(500e9, 6)).toEqual({ ko: '5,000억원', en: 'KRW 500 bn' })
    expect(formatMoney(100e12)).toEqual({ ko: '100조원', en: 'KRW 100 tn' })
  })

  it('choose the unit by size', () => {
    expect(formatMoney(1.234e12)).toEqual({ ko: '1.23조원', en: 'KRW 1.23 tn' })
    expect(formatMoney(31.25e9)).toEqual({ ko: '312.5억원', en: 'KRW 31.25 bn' })
    expect(formatMoney(2.5e8)).toEqual({ ko: '2.5억원', en: 'KRW 250 mn' })
    expect(formatMoney(53_200_000)).toEqual({ ko: '5,320만원', en: 'KRW 53.2 mn' })
    expect(formatMoney(9_000)).toEqual({ ko: '9,000원', en: 'KRW 9,000' })
    expect(formatMoney(-31.25e9)).toEqual({ ko: '-312.5억원', en: 'KRW -31.25 bn' })
    expect(formatMoney(0)).toEqual({ ko: '0원', en: 'KRW 0' })
  })
})
