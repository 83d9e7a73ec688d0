import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectBits, indicatorLaws, inputColumns, run } from '../../testing-laws.js'
import { sum } from './sum.js'

for (const period of [1, 2, 3, 5, 7, 15, 16, 20, 64]) {
  indicatorLaws({
    name: `sum of ${period}`,
    indicator: (x) => sum(x, period),
    inputs: ['close'],
    scale: 'linear',
  })
}

describe('sum', () => {
  it('adds up the last values', () => {
    expectBits(sum(Float64Array.of(1, 2, 3, 4), 2), Float64Array.of(Number.NaN, 3, 5, 7))
  })

  it('keeps no trace of what left the window', () => {
    const values = Float64Array.of(1, 1e16, 0.1, 0.2, Number.NaN, 0.1, 0.2)
    const result = sum(values, 2)
    expect(result[3]).toBe(0.1 + 0.2)
    expect(result[6]).toBe(0.1 + 0.2)
    expect(result[5]).toBeNaN()
  })

  it('has no negative zero, whichever way it adds', () => {
    const zeros = new Float64Array(9).fill(-0)
    const [column] = inputColumns(1).map((x) => sum(x, 3))
    if (column === undefined) throw new Error('no column')
    for (const magnitude of [0, Number.POSITIVE_INFINITY]) {
      expect(Object.is(run(column, [zeros], magnitude)[8], 0)).toBe(true)
    }
  })

  it('is within a few roundings of the exact sum', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 100 }), (list) => {
        const values = Float64Array.from(list, (value) => value / 1000)
        const exact = list.slice(-100).reduce((total, value) => total + value, 0) / 1000
        const bound = list.slice(-100).reduce((total, value) => total + Math.abs(value), 0) / 1000
        expect(Math.abs((sum(values, 100).at(-1) as number) - exact)).toBeLessThanOrEqual(
          8 * Number.EPSILON * bound,
        )
      }),
    )
  })

  it('serves long windows and long series', () => {
    const values = Float64Array.from({ length: 12_000 }, (_, i) => (i % 7) / 8)
    const result = sum(values, 2_500)
    const direct = values.slice(12_000 - 2_500).reduce((total, value) => total + value, 0)
    expect(result.at(-1)).toBe(direct)
    const [column] = inputColumns(1).map((x) => sum(x, 2_500))
    if (column === undefined) throw new Error('no column')
    expect(run(column, [values.slice(-2_500)]).at(-1)).toBe(direct)
  })
})
