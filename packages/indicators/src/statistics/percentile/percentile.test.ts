import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { percentile } from './percentile.js'

for (const percent of [0, 30, 100]) {
  indicatorLaws({
    name: `percentile ${percent}`,
    indicator: (x) => percentile(x, 7, percent),
    inputs: ['close'],
    scale: 'linear',
  })
}

describe('percentile', () => {
  it('lies between its neighbours in order', () => {
    const values = Float64Array.of(5, 1, 3, 9)
    const at = (percent: number): number | undefined => percentile(values, 4, percent)[3]
    expect([at(0), at(25), at(50), at(75), at(100), at(60)]).toEqual([1, 2.5, 4, 6, 9, 4.6])
  })

  it('refuses what is no share', () => {
    expect(() => percentile(new Float64Array(3), 2, 101)).toThrow('from 0 to 100')
    expect(() => percentile(new Float64Array(3), 2, -1)).toThrow('percent must be >= 0')
  })
})
