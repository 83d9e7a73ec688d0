import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCount, readNumber, readPrice, readSigned } from './numbers.js'

describe('numbers of the broker', () => {
  it('reads every format', () => {
    expect(readNumber('00326500')).toBe(326_500)
    expect(readNumber('+600')).toBe(600)
    expect(readNumber('-5.54')).toBe(-5.54)
    expect(readNumber('--5097486')).toBe(-5_097_486)
    expect(readNumber('+-3')).toBe(3)
    expect(readNumber(' 0')).toBe(0)
    expect(Object.is(readNumber('-0'), 0)).toBe(true)
    expect(readNumber('56060.000000')).toBe(56_060)
    expect(readNumber('1,234,567')).toBe(1_234_567)
    expect(readNumber('1,234.5')).toBe(1234.5)
    expect(readNumber('-.5')).toBe(-0.5)
    expect(readNumber('-00000130')).toBe(-130)
  })

  it('tells missing from unreadable', () => {
    expect(readNumber('')).toBeNaN()
    expect(readNumber('  ')).toBeNaN()
    for (const text of [
      'a',
      '1a',
      '-',
      '+',
      ',1',
      '1.2.3',
      '1e5',
      '0x10',
      '.',
      '1 2',
      '9'.repeat(20),
    ]) {
      expect(readNumber(text), text).toBeNull()
    }
  })

  it('takes a direction for no sign of a price', () => {
    expect(readPrice('-315500')).toBe(315_500)
    expect(readPrice('')).toBeNaN()
    expect(readPrice('x')).toBeNull()
  })

  it('takes a counter that stopped for missing', () => {
    expect(readCount('4294967295')).toBeNaN()
    expect(readCount('2147483647')).toBeNaN()
    expect(readSigned('-2147483')).toBeNaN()
    expect(readCount('2147483')).toBe(2_147_483)
    expect(readCount('-1')).toBeNull()
  })

  it('agrees with Number on plain numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(99), (whole, part) => {
        const text = `${whole}.${String(part).padStart(2, '0')}`
        expect(readNumber(text)).toBe(Number(text) === 0 ? 0 : Number(text))
        expect(readNumber(String(whole))).toBe(whole)
      }),
    )
  })
})
