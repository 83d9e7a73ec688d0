import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { zScore } from './z-score.js'

indicatorLaws({ name: 'zScore', indicator: (x) => zScore(x, 6), inputs: ['close'], scale: 'same' })

describe('zScore', () => {
  it('counts deviations from the mean', () => {
    expect(zScore(Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9), 8)[7]).toBe(2)
  })

  it('is missing on a flat window', () => {
    expect(zScore(new Float64Array(5).fill(0.1), 3)[4]).toBeNaN()
  })
})
