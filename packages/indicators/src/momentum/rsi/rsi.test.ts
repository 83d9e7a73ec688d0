import { RSI } from 'technicalindicators'
import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { rsi } from './rsi.js'

for (const period of [1, 2, 14]) {
  indicatorLaws({
    name: `rsi of ${period}`,
    indicator: (x) => rsi(x, period),
    inputs: ['close'],
    scale: 'same',
    // Over one change, a day that does not move has no index.
    exactWarmUp: period > 1,
  })
}

describe('rsi', () => {
  it('smooths rises and falls apart', () => {
    const result = rsi(Float64Array.of(10, 12, 11, 13), 2)
    // Averages 1 and 0.5, then (1 + 2) / 2 and 0.5 / 2.
    expect(result[2]).toBe(100 / 1.5)
    expect(result[3]).toBe(150 / 1.75)
  })

  it('is missing where nothing ever moved', () => {
    expect(rsi(new Float64Array(30).fill(5), 14).at(-1)).toBeNaN()
  })

  it('agrees with technicalindicators, which rounds to two decimals', () => {
    const values = Float64Array.from(
      { length: 120 },
      (_, i) => 1000 + 90 * Math.sin(i / 7) + (i % 5),
    )
    const theirs = RSI.calculate({ period: 14, values: Array.from(values) })
    const ours = rsi(values, 14).slice(14)
    expect(ours).toHaveLength(theirs.length)
    theirs.forEach((value, i) => {
      expect(Math.abs((ours[i] as number) - value)).toBeLessThan(0.00501)
    })
  })
})
