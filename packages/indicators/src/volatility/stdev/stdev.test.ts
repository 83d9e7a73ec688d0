import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { stdev } from './stdev.js'

for (const period of [1, 2, 5, 20]) {
  indicatorLaws({
    name: `stdev of ${period}`,
    indicator: (x) => stdev(x, period),
    inputs: ['close'],
    scale: 'linear',
  })
}

describe('stdev', () => {
  it('is that of the whole population', () => {
    expect(stdev(Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9), 8)[7]).toBe(2)
  })

  it('is 0 on a flat window, rounded or not', () => {
    expect(stdev(new Float64Array(20).fill(0.1), 20)[19]).toBe(0)
    expect(stdev(new Float64Array(20).fill(71_300), 20)[19]).toBe(0)
    expect(stdev(Float64Array.of(Number.NaN), 1)[0]).toBeNaN()
  })

  it('does not change when whole prices are shifted', () => {
    const values = Float64Array.from({ length: 30 }, (_, i) => (i * i) % 17)
    const far = values.map((value) => value + 2_000_000)
    expect(stdev(far, 20)).toEqual(stdev(values, 20))
  })

  it('keeps its digits where the deviation is small beside the level', () => {
    const exact = [0, 1, 3, 1, 0]
    const mean = 1
    const expected = Math.sqrt(exact.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 5) / 1024
    const values = Float64Array.from(exact, (one) => 1e9 + one / 1024)
    expect(stdev(values, 5)[4]).toBeCloseTo(expected, 15)
  })

  it('is within a few roundings of the two-pass form', () => {
    const prices = fc.array(fc.double({ min: 100, max: 3e6, noNaN: true }), {
      minLength: 20,
      maxLength: 20,
    })
    fc.assert(
      fc.property(prices, (list) => {
        const mean = list.reduce((sum, one) => sum + one, 0) / 20
        const expected = Math.sqrt(list.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 20)
        const actual = stdev(Float64Array.from(list), 20)[19] as number
        expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-13 * expected + 1e-9)
      }),
    )
  })
})
