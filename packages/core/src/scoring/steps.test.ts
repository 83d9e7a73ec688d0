import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atLeast, atMost, below } from './edges.js'
import { stepsAtLeast, stepsBelow, stepsWithin } from './steps.js'

const bound = fc.double({ min: -100, max: 100, noNaN: true })
const bounds = fc.array(bound, { minLength: 1, maxLength: 4 })
const value = fc.oneof(bound, fc.double({ min: -1e6, max: 1e6, noNaN: true }))

describe('steps', () => {
  it('gives the points of the first bound that the value is below', () => {
    const points = stepsBelow([
      { bound: 0.5, points: 30 },
      { bound: 0.7, points: 20 },
      { bound: 0.9, points: 10 },
    ])
    expect([0.4, 0.5, 0.69, 0.7, 0.89, 0.9, 2].map(points)).toEqual([30, 20, 20, 10, 10, 0, 0])
  })

  it('takes a value within one part in 10^9 of a bound as on it', () => {
    const down = stepsBelow([{ bound: 0.5, points: 1 }])
    const up = stepsAtLeast([{ bound: 0.5, points: 1 }])
    expect([down(0.5 - 1e-12), down(0.5 - 1e-8)]).toEqual([0, 1])
    expect([up(0.5 - 1e-12), up(0.5 - 1e-8)]).toEqual([1, 0])
  })

  it('gives the edge between two bands to the inner one', () => {
    const points = stepsWithin([
      { from: 40, to: 60, points: 15 },
      { from: 30, to: 70, points: 10 },
    ])
    expect([39.99999999999999, 60, 39, 30, 29.9, 70.1].map(points)).toEqual([15, 15, 10, 10, 0, 0])
  })

  it('agrees with asking one bound after another', () => {
    fc.assert(
      fc.property(bounds, value, (list, x) => {
        const ascending = [...list]
          .sort((a, b) => a - b)
          .map((at, k) => ({ bound: at, points: 9 - k }))
        const descending = [...ascending].reverse().map((step, k) => ({ ...step, points: 9 - k }))
        const bands = ascending.map(({ bound: width }, k) => {
          const half = Math.abs(width) + 10 * k
          return { from: -half, to: half, points: 9 - k }
        })
        bands.sort((a, b) => a.to - b.to)
        expect(stepsBelow(ascending)(x)).toBe(
          ascending.find((step) => below(x, step.bound))?.points ?? 0,
        )
        expect(stepsAtLeast(descending)(x)).toBe(
          descending.find((step) => atLeast(x, step.bound))?.points ?? 0,
        )
        const inner = bands.find((band) => atLeast(x, band.from) && atMost(x, band.to))
        expect(stepsWithin(bands)(x)).toBe(inner?.points ?? 0)
      }),
    )
  })

  it('refuses steps out of order, none, and too many', () => {
    const step = (at: number): { bound: number; points: number } => ({ bound: at, points: 1 })
    for (const wrong of [[], [step(2), step(1)], [1, 2, 3, 4, 5].map(step)]) {
      expect(() => stepsBelow(wrong)).toThrow('steps must be 1 to 4')
    }
    expect(() => stepsAtLeast([step(1), step(2)])).toThrow('descending')
  })
})
