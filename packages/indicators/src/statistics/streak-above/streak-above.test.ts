import { describe, expect, it } from 'vitest'
import { expectBits, indicatorLaws } from '../../testing-laws.js'
import { streakAbove } from './streak-above.js'

for (const period of [1, 5]) {
  indicatorLaws({
    name: `streakAbove of ${period}`,
    indicator: (x) => streakAbove(x, 0, period),
    inputs: ['flow'],
    scale: 'same',
  })
}

describe('streakAbove', () => {
  it('counts the latest bars in a row, up to the period', () => {
    const { NaN: missing } = Number
    expectBits(
      streakAbove(Float64Array.of(1, -1, 2, 3, 4, 5, 0), 0, 3),
      Float64Array.of(missing, missing, 1, 2, 3, 3, 0),
    )
  })

  it('takes a value on the threshold as not above it', () => {
    expect(streakAbove(Float64Array.of(100 + 1e-9), 100, 1)[0]).toBe(0)
    expect(streakAbove(Float64Array.of(100 + 1e-6), 100, 1)[0]).toBe(1)
  })

  it('is missing when a value of the period is, also before the streak', () => {
    expect(streakAbove(Float64Array.of(Number.NaN, -1, 2), 0, 3)[2]).toBeNaN()
  })
})
