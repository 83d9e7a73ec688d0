import { WEMA } from 'technicalindicators'
import { describe, expect, it } from 'vitest'
import { expectBits, indicatorLaws } from '../../testing-laws.js'
import { wilder } from './wilder.js'

for (const period of [1, 3, 14]) {
  indicatorLaws({
    name: `wilder of ${period}`,
    indicator: (x) => wilder(x, period),
    inputs: ['close'],
    scale: 'linear',
  })
}

describe('wilder', () => {
  it('moves a part of the way to each value', () => {
    expectBits(wilder(Float64Array.of(1, 3, 6), 2), Float64Array.of(Number.NaN, 2, 4))
  })

  it('agrees with technicalindicators', () => {
    const values = Float64Array.from({ length: 80 }, (_, i) => 1000 + 90 * Math.cos(i / 5))
    const theirs = WEMA.calculate({ period: 14, values: Array.from(values) })
    const ours = wilder(values, 14).slice(13)
    expect(ours).toHaveLength(theirs.length)
    theirs.forEach((value, i) => {
      expect(ours[i]).toBeCloseTo(value, 8)
    })
  })
})
