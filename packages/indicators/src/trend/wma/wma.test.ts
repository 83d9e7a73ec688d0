import { WMA } from 'technicalindicators'
import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { wma } from './wma.js'

for (const period of [1, 2, 9, 20]) {
  indicatorLaws({
    name: `wma of ${period}`,
    indicator: (x) => wma(x, period),
    inputs: ['close'],
    scale: 'linear',
  })
}

describe('wma', () => {
  it('counts the latest value most', () => {
    expect(wma(Float64Array.of(1, 2, 4), 3)[2]).toBe(17 / 6)
  })

  it('agrees with technicalindicators', () => {
    const values = Float64Array.from({ length: 50 }, (_, i) => 1000 + 90 * Math.cos(i / 5))
    const theirs = WMA.calculate({ period: 10, values: Array.from(values) })
    const ours = wma(values, 10).slice(9)
    expect(ours).toHaveLength(theirs.length)
    theirs.forEach((value, i) => {
      expect(ours[i]).toBeCloseTo(value, 8)
    })
  })
})
