import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  directionOf,
  formatFraction,
  formatIndex,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPoints,
  formatPrice,
  formatShare,
  formatSigned,
  formatSignedMoney,
  formatWon,
} from './numbers.js'

describe('numbers', () => {
  it('shows what is not known as such, in every form', () => {
    const forms = [formatNumber, formatIndex, formatPrice, formatSigned, formatPercent]
    for (const form of [...forms, formatFraction, formatShare, formatPoints]) {
      expect(form(null)).toBe('–')
      expect(form(undefined)).toBe('–')
    }
    expect(formatMoney(null, 'ko')).toBe('–')
    expect(formatSignedMoney(null, 'en')).toBe('–')
    expect(formatWon(undefined, 'ko')).toBe('–')
  })

  it('never takes 0 for unknown', () => {
    expect([formatNumber(0), formatPercent(0), formatSigned(0)]).toEqual(['0', '0.00%', '0'])
    expect([formatMoney(0, 'ko'), formatMoney(0, 'en')]).toEqual(['0원', 'KRW 0'])
  })

  it('signs changes, but not one that rounds to nothing', () => {
    expect(formatPercent(1.234)).toBe('+1.23%')
    expect(formatPercent(-1.236)).toBe('-1.24%')
    expect(formatPercent(0.001)).toBe('0.00%')
    expect(formatPercent(-0.001)).toBe('0.00%')
    expect(formatSigned(-1200)).toBe('-1,200')
    expect(formatSigned(300)).toBe('+300')
  })

  it('reads fractions as percent', () => {
    expect(formatFraction(0.0123)).toBe('+1.23%')
    expect(formatShare(0.8333)).toBe('83%')
    expect(formatShare(0.125, 1)).toBe('12.5%')
  })

  it.each([
    [9_999, '9,999원', 'KRW 9,999'],
    [12_340_000, '1,234만', 'KRW 12 m'],
    [250_000_000, '2.5억', 'KRW 250 m'],
    [34_500_000_000, '345억', 'KRW 34.5 bn'],
    [500e9, '5,000억', 'KRW 500 bn'],
    [1_234_500_000_000, '1조 2,345억', 'KRW 1.23 tn'],
    [2e12, '2조', 'KRW 2 tn'],
    [-34_500_000_000, '-345억', '-KRW 34.5 bn'],
  ])('writes %d won as %s and as %s', (krw, korean, english) => {
    expect(formatMoney(krw, 'ko')).toBe(korean)
    expect(formatMoney(krw, 'en')).toBe(english)
  })

  it('carries a rounding over to the next unit', () => {
    expect(formatMoney(999_999_999_999, 'ko')).toBe('1조')
    expect(formatMoney(999_999_999_999, 'en')).toBe('KRW 1 tn')
    expect(formatMoney(99_999_999_999, 'en')).toBe('KRW 100 bn')
  })

  it('keeps every digit of a price', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (price) => {
        expect(Number(formatPrice(price).replaceAll(',', ''))).toBe(price)
      }),
    )
  })

  it('shows money within half of its last digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1e9, max: 1e15 }), (krw) => {
        const match = /^(?:([\d,]+)조)? ?(?:([\d,]+)억)?$/.exec(formatMoney(krw, 'ko'))
        const digits = (text: string | undefined): number =>
          Number((text ?? '0').replaceAll(',', ''))
        const shown = digits(match?.[1]) * 1e12 + digits(match?.[2]) * 1e8
        expect(Math.abs(shown - krw)).toBeLessThanOrEqual(0.5e8)
      }),
    )
  })

  it('knows which way a change points', () => {
    expect([1, -1, 0, null].map(directionOf)).toEqual(['up', 'down', 'flat', 'flat'])
  })
})
