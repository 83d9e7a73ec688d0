import { BollingerBands } from 'technicalindicators'
import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { bollinger } from './bollinger.js'

indicatorLaws({ name: 'bollinger', indicator: (x) => bollinger(x, 6, 2), inputs: ['close'] })

describe('bollinger', () => {
  it('gives bands, width and place', () => {
    const result = bollinger(Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9), 8)
    expect(Object.entries(result).map(([name, values]) => [name, values[7]])).toEqual([
      ['upper', 9],
      ['middle', 5],
      ['lower', 1],
      ['bandwidth', 1.6],
      ['position', 1],
    ])
  })

  it('has no place on a flat price, and no relative width around 0', () => {
    const flat = bollinger(new Float64Array(20).fill(71_300))
    expect(flat.position[19]).toBeNaN()
    expect(flat.bandwidth[19]).toBe(0)
    expect(bollinger(Float64Array.of(-1, 1), 2).bandwidth[1]).toBeNaN()
  })

  it('refuses a width that is not positive', () => {
    expect(() => bollinger(new Float64Array(3), 2, 0)).toThrow('width must be')
  })

  it('agrees with technicalindicators', () => {
    const values = Float64Array.from({ length: 60 }, (_, i) => 1000 + 90 * Math.sin(i / 7))
    const theirs = BollingerBands.calculate({ period: 20, stdDev: 2, values: Array.from(values) })
    const ours = bollinger(values)
    theirs.forEach(({ middle, upper, lower, pb }, k) => {
      const i = k + 19
      expect(ours.middle[i]).toBeCloseTo(middle, 8)
      expect(ours.upper[i]).toBeCloseTo(upper, 8)
      expect(ours.lower[i]).toBeCloseTo(lower, 8)
      expect(ours.position[i]).toBeCloseTo(pb, 8)
    })
  })
})
