import { ADX } from 'technicalindicators'
import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { adx } from './adx.js'

for (const period of [2, 5]) {
  indicatorLaws({
    name: `adx of ${period}`,
    indicator: (high, low, close) => adx(high, low, close, period),
    inputs: ['high', 'low', 'close'],
    scale: 'same',
    gapFillsWindow: false,
    exactWarmUp: false,
  })
}

const n = 150
const close = Float64Array.from({ length: n }, (_, i) => 1000 + 90 * Math.sin(i / 7) + (i % 5))
const high = close.map((value, i) => value + 3 + (i % 4))
const low = close.map((value, i) => value - 2 - (i % 3))

describe('adx', () => {
  it('tells a one-way market', () => {
    const rising = Float64Array.from({ length: 9 }, (_, i) => 10 + i)
    const result = adx(
      rising,
      rising.map((value) => value - 1),
      rising,
      2,
    )
    expect([result.plusDi.at(-1), result.minusDi.at(-1), result.adx.at(-1)]).toEqual([100, 0, 100])
    const moved = [result.plusDi, result.minusDi, result.adx]
    expect(moved.map((values) => values.findIndex((value) => !Number.isNaN(value)))).toEqual([
      2, 2, 3,
    ])
  })

  it('agrees with technicalindicators', () => {
    const theirs = ADX.calculate({
      high: Array.from(high),
      low: Array.from(low),
      close: Array.from(close),
      period: 14,
    })
    const ours = adx(high, low, close, 14)
    theirs.forEach((theirOutput, k) => {
      const i = k + n - theirs.length
      expect(ours.adx[i]).toBeCloseTo(theirOutput.adx, 8)
      expect(ours.plusDi[i]).toBeCloseTo(theirOutput.pdi, 8)
      expect(ours.minusDi[i]).toBeCloseTo(theirOutput.mdi, 8)
    })
  })
})
