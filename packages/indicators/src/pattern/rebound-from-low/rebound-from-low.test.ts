import { describe, expect, it } from 'vitest'
import { expectBits, indicatorLaws } from '../../testing-laws.js'
import { reboundFromLow } from './rebound-from-low.js'

for (const days of [1, 3, 5]) {
  indicatorLaws({
    name: `reboundFromLow over ${days} days`,
    indicator: (low, close) => reboundFromLow(low, close, 10, days),
    inputs: ['low', 'close'],
    scale: 'same',
    gapFillsWindow: false,
  })
}

const rebound = (low: number[], close: number[]): number | undefined =>
  reboundFromLow(Float64Array.from(low), Float64Array.from(close), low.length, 3).at(-1)

describe('reboundFromLow', () => {
  it('is the best close within the days after the low', () => {
    expect(rebound([9, 5, 6, 7, 8, 9], [10, 8, 9, 10, 9, 16])).toBe(0.25)
  })

  it('is 0 when the low is the last bar, or nothing closed higher since', () => {
    expect(rebound([9, 8, 7], [10, 9, 8])).toBe(0)
    expect(rebound([9, 5, 6], [10, 9, 8])).toBe(0)
  })

  it('takes the latest of equal lows', () => {
    expect(rebound([5, 6, 5, 6], [8, 16, 8, 10])).toBe(0.25)
  })

  it('is missing where a close that it reads is, or the base is 0', () => {
    expect(rebound([5, 6, 7], [8, Number.NaN, 10])).toBeNaN()
    expect(rebound([5, 6, 7], [Number.NaN, 9, 10])).toBeNaN()
    expect(rebound([5, 6, 7], [0, 9, 10])).toBeNaN()
    expect(rebound([9, 5, 7], [Number.NaN, 8, 10])).toBe(0.25)
    expect(rebound([0.5, 6, 7], [0, 9, 10])).toBeNaN()
  })

  it('reads whole closes and others alike', () => {
    const low = Float64Array.from({ length: 300 }, (_, i) => 500 + ((i * 7919) % 101))
    const close = low.map((value, i) => value - 400 - ((i * 31) % 150))
    const halves = close.map((value) => value / 2)
    const result = reboundFromLow(low, close, 8, 4)
    expectBits(
      reboundFromLow(
        low.map((value) => value / 2),
        halves,
        8,
        4,
      ),
      result,
    )
    close[290] = 0
    low[290] = 1
    expect(reboundFromLow(low, close, 8, 4)[295]).toBeNaN()
  })
})
