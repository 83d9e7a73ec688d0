import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { median } from './median.js'

for (const period of [1, 4, 5]) {
  indicatorLaws({
    name: `median of ${period}`,
    indicator: (x) => median(x, period),
    inputs: ['close'],
    scale: 'linear',
  })
}

describe('median', () => {
  it('is the middle value, or between the two in the middle', () => {
    expect(median(Float64Array.of(5, 1, 3), 3)[2]).toBe(3)
    expect(median(Float64Array.of(5, 1, 3, 4), 4)[3]).toBe(3.5)
  })
})
