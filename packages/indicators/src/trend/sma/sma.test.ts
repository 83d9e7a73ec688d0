import { SMA } from 'technicalindicators'
import { describe, expect, it } from 'vitest'
import { expectBits, indicatorLaws } from '../../testing-laws.js'
import { sma } from './sma.js'

for (const period of [1, 5, 20]) {
  indicatorLaws({
    name: `sma of ${period}`,
    indicator: (x) => sma(x, period),
    inputs: ['close'],
    scale: 'linear',
  })
}

describe('sma', () => {
  it('is the mean of the last values', () => {
    expectBits(sma(Float64Array.of(1, 2, 3, 4), 2), Float64Array.of(Number.NaN, 1.5, 2.5, 3.5))
  })

  it('is exact on a flat price', () => {
    expect(sma(new Float64Array(49).fill(7), 49).at(-1)).toBe(7)
  })

  it('agrees with technicalindicators', () => {
    const values = Float64Array.from({ length: 60 }, (_, i) => 1000 + 37 * Math.sin(i))
    const theirs = SMA.calculate({ period: 20, values: Array.from(values) })
    const ours = sma(values, 20).slice(19)
    expect(ours).toHaveLength(theirs.length)
    theirs.forEach((value, i) => {
      expect(ours[i]).toBeCloseTo(value, 9)
    })
  })
})
