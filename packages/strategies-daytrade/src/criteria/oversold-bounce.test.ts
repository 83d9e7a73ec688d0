import { createSeries, score } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { barsOfCloses, seriesInput } from '../../../../tests/support/made-bars.js'
import { daytradeOptions } from '../options.js'
import { daytrade } from '../strategy.js'
import { oversoldBounce } from './oversold-bounce.js'

const lineOf = (...closes: number[]) =>
  score(daytrade(), createSeries(seriesInput(barsOfCloses(closes)))).criteria[5]

describe('oversold-bounce', () => {
  it('gives full points for exactly 3 % down and 2 % up', () => {
    expect(lineOf(100_000, 97_000, 98_940)?.points).toBe(15)
    expect(lineOf(100_000, 97_001, 98_942)?.points).toBe(8)
    expect(lineOf(100_000, 97_000, 98_939)?.points).toBe(8)
  })

  it('does not take a fall of exactly 1 % for more than 1 %', () => {
    expect(lineOf(10_000, 9_900, 9_950)?.points).toBe(0)
    // 11,286 / 11,400 - 1 is -0.01 but for its last bits.
    expect(lineOf(11_400, 11_286, 11_300)?.points).toBe(0)
    expect(lineOf(10_000, 9_899, 9_950)?.points).toBe(8)
  })

  it('needs a rise on the day', () => {
    expect(lineOf(10_000, 9_500, 9_500)?.points).toBe(0)
    expect(lineOf(10_000, 9_500, 9_501)?.points).toBe(8)
    expect(lineOf(10_000, 10_000, 11_000)?.points).toBe(0)
  })

  it('is unknown with fewer than three bars', () => {
    expect(lineOf(10_000, 9_500)).toMatchObject({ outcome: 'unknown', points: null })
    expect(lineOf(10_000, 9_500)?.reason.en).toBe('Unknown: needs 3 bars, has 2')
  })

  it('says both changes', () => {
    expect(lineOf(10_000, 9_500, 9_690)?.reason).toEqual({
      ko: '전일 -5.00%, 당일 +2.00%',
      en: '-5.00% on the bar before, +2.00% on the day',
    })
  })

  it('follows its options', () => {
    const defaults = daytradeOptions.parse({}).oversoldBounce
    const strict = oversoldBounce({ ...defaults, fullFall: 0.05 })
    expect(strict.score({ priorChange: -0.04, dayChange: 0.03 })).toBe(8)
  })
})
