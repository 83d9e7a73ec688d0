import { describe, expect, it } from 'vitest'
import { mean, standardDeviation, valueAt, window } from './statistics.js'

describe('statistics', () => {
  it('gives the population standard deviation', () => {
    // Mean 5, squared distances 9 1 1 1 0 0 4 16 = 32, 32 / 8 = 4.
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5)
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2)
    expect(standardDeviation([7, 7, 7])).toBe(0)
  })

  it('cuts windows counted back from the last value', () => {
    expect(window([1, 2, 3, 4], 2, 0)).toEqual([2, 3, 4])
    expect(window([1, 2, 3, 4], 3, 1)).toEqual([1, 2, 3])
    expect(window([1, 2, 3, 4], 4, 1)).toBeNull()
    expect(valueAt([1, 2, 3], 2)).toBe(1)
    expect(valueAt([1, 2, 3], 3)).toBeNull()
  })
})
