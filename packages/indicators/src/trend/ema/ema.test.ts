import { EMA } from 'technicalindicators'
import { describe, expect, it } from 'vitest'
import { expectBits, indicatorLaws } from '../../testing-laws.js'
import { ema } from './ema.js'

const { NaN: missing } = Number

for (const period of [1, 2, 5, 14]) {
  indicatorLaws({
    name: `ema of ${period}`,
    indicator: (x) => ema(x, period),
    inputs: ['close'],
    scale: 'linear',
  })
}

describe('ema', () => {
  it('is the recursion of one bar at a time', () => {
    const values = Float64Array.from({ length: 400 }, (_, i) => 50_000 + ((i * 7919) % 9973))
    const averages = ema(values, 9)
    for (let i = 9; i < values.length; i++) {
      const before = averages[i - 1] as number
      expect(averages[i]).toBeCloseTo(before + 0.2 * ((values[i] as number) - before), 8)
    }
  })

  it('stays exactly on a value that does not change', () => {
    const averages = ema(new Float64Array(100).fill(0.1 + 0.2), 7)
    expect(averages.subarray(6).every((average) => average === averages[6])).toBe(true)
  })

  it('begins with the mean of the first values', () => {
    expectBits(ema(Float64Array.of(1, 2, 3, 4), 3), Float64Array.of(missing, missing, 2, 3))
  })

  it('begins anew after a gap', () => {
    expectBits(
      ema(Float64Array.of(1, 2, 3, missing, 5, 6, 7, 8), 3),
      Float64Array.of(missing, missing, 2, missing, missing, missing, 6, 7),
    )
  })

  it('has no value while no run of values is long enough', () => {
    const values = Float64Array.of(1, missing, 1, missing, 1)
    expect(ema(values, 2).every(Number.isNaN)).toBe(true)
  })

  it('agrees with technicalindicators', () => {
    const values = Float64Array.from({ length: 80 }, (_, i) => 1000 + 90 * Math.sin(i / 3))
    const theirs = EMA.calculate({ period: 12, values: Array.from(values) })
    const ours = ema(values, 12).slice(11)
    expect(ours).toHaveLength(theirs.length)
    theirs.forEach((value, i) => {
      expect(ours[i]).toBeCloseTo(value, 8)
    })
  })
})
