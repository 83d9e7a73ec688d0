import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { cutlerRsi } from './cutler-rsi.js'

for (const period of [1, 2, 5, 14]) {
  indicatorLaws({
    name: `cutlerRsi of ${period}`,
    indicator: (x) => cutlerRsi(x, period),
    inputs: ['close'],
    scale: 'same',
  })
}

describe('cutlerRsi', () => {
  it('is the share of the rises', () => {
    // Rises of 2 and 0, falls of 0 and 1: two of three won moved were up.
    expect(cutlerRsi(Float64Array.of(10, 12, 11), 2)[2]).toBe(200 / 3)
  })

  it('is 100 without a fall and 0 without a rise', () => {
    expect(cutlerRsi(Float64Array.of(1, 2, 4), 2)[2]).toBe(100)
    expect(cutlerRsi(Float64Array.of(4, 2, 1), 2)[2]).toBe(0)
    expect(cutlerRsi(Float64Array.of(0.4, 0.2, 0.1), 2)[2]).toBe(0)
  })

  it('is missing where nothing moved', () => {
    expect(cutlerRsi(Float64Array.of(7, 7, 7), 2)[2]).toBeNaN()
    expect(cutlerRsi(Float64Array.of(0.7, 0.7, 0.7), 2)[2]).toBeNaN()
  })

  it('serves long series', () => {
    const values = Float64Array.from({ length: 9_000 }, (_, i) => 1 + (i % 3) / 8)
    expect(cutlerRsi(values, 3).at(-1)).toBe(50)
  })
})
