import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { reboundFromLow } from './rebound-from-low.js'

indicatorLaws({
  name: 'reboundFromLow',
  indicator: (low, close) => reboundFromLow(low, close, 10, 3),
  inputs: ['low', 'close'],
  scale: 'same',
  gapFillsWindow: false,
})

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
  })
})
