import { describe, expect, it } from 'vitest'
import { expectBits, indicatorLaws } from '../../testing-laws.js'
import { barsSinceLowest } from './bars-since-lowest.js'

for (const period of [1, 3, 4, 9, 33]) {
  indicatorLaws({
    name: `barsSinceLowest of ${period}`,
    indicator: (x) => barsSinceLowest(x, period),
    inputs: ['low'],
    scale: 'same',
  })
}

describe('barsSinceLowest', () => {
  it('counts from the latest of equal lows', () => {
    const { NaN: missing } = Number
    expectBits(
      barsSinceLowest(Float64Array.of(3, 1, 2, 1, 5, 6, 7), 3),
      Float64Array.of(missing, missing, 1, 0, 1, 2, 2),
    )
  })

  it('agrees with a look at each window', () => {
    const whole = Float64Array.from({ length: 6_000 }, (_, i) => ((i * 7919) % 37) - (i % 900))
    whole.set([2 ** 30, -(2 ** 30), -(2 ** 30), 0, -0, 0], 4_000)
    for (const values of [whole, whole.map((value) => value / 7)]) {
      for (const period of [2, 3, 10, 20, 100]) {
        const result = barsSinceLowest(values, period)
        for (let i = period - 1; i < values.length; i++) {
          const window = values.subarray(i - period + 1, i + 1)
          expect(result[i]).toBe(period - 1 - window.lastIndexOf(Math.min(...window)))
        }
      }
    }
  })

  it('serves more bars than places can be told apart', () => {
    const values = new Float64Array(2 ** 20 + 100).fill(7)
    values[values.length - 4] = 6
    expect(barsSinceLowest(values, 9).at(-1)).toBe(3)
  })
})
