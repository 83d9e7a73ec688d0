import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ContractionOptions, type Contractions, contractions } from './contractions.js'

/** Bars along straight lines between turning points, four bars a leg, one won wide. */
function along(...turns: number[]): { high: Float64Array; low: Float64Array } {
  const path: number[] = []
  turns.forEach((turn, k) => {
    const next = turns[k + 1]
    for (let step = 0; step < (next === undefined ? 1 : 4); step++) {
      path.push(turn + (((next ?? turn) - turn) * step) / 4)
    }
  })
  return {
    high: Float64Array.from(path, (value) => value + 0.5),
    low: Float64Array.from(path, (value) => value - 0.5),
  }
}

function footprint(turns: readonly number[], options?: ContractionOptions): Contractions {
  const { high, low } = along(...turns)
  return contractions(high, low, options)
}

const depths = ({ pullbacks }: Contractions): readonly number[] =>
  pullbacks.map(({ depth }) => Math.round(depth * 1000) / 1000)

describe('contractions', () => {
  it('finds the pullbacks of a base, each shallower', () => {
    const result = footprint([60, 100, 76, 98, 88, 97, 92, 99])
    expect(depths(result)).toEqual([0.249, 0.112, 0.062])
    expect(result.pullbacks[0]).toEqual({
      highIndex: 4,
      lowIndex: 8,
      high: 100.5,
      low: 75.5,
      depth: 25 / 100.5,
    })
    expect(result).toMatchObject({ shrinking: true, shrinkingInRow: 2, pivot: 97.5 })
  })

  it('says when they do not shrink', () => {
    const result = footprint([60, 100, 90, 98, 78, 97, 92, 99])
    expect(result).toMatchObject({ shrinking: false, shrinkingInRow: 1 })
  })

  it('has nothing to say without pullbacks', () => {
    const nothing = { pullbacks: [], shrinking: null, shrinkingInRow: 0, pivot: null }
    expect(contractions(new Float64Array(0), new Float64Array(0))).toEqual(nothing)
    expect(footprint([60, 100, 140])).toEqual(nothing)
    expect(footprint([100, 98, 100, 98, 100])).toEqual(nothing)
    expect(footprint([60, 100, 76, 99])).toMatchObject({ shrinking: null, pivot: 100.5 })
  })

  it('waits for the rise that ends a pullback', () => {
    expect(footprint([60, 100, 76]).pullbacks).toEqual([])
    expect(footprint([60, 100, 76, 77, 76.5]).pullbacks).toEqual([])
  })

  it('takes the lower low when price falls on before it has risen', () => {
    const result = footprint([60, 100, 90, 91, 80, 95])
    expect(depths(result)).toEqual([0.209])
    expect(result.pullbacks[0]?.high).toBe(100.5)
  })

  it('starts the next pullback from the highest swing since, minor ones included', () => {
    const result = footprint([60, 100, 76, 77.2, 76.4, 77, 76.3, 99, 90, 97])
    expect(depths(result)).toEqual([0.249, 0.101])
    expect(result.pullbacks[1]?.high).toBe(99.5)
  })

  it('drops a pullback that was undercut in a gap, once price makes a new high', () => {
    const { high, low } = along(60, 100, 90, 91, 100, 120, 100, 115)
    low[13] = 80
    low[14] = Number.NaN
    const { pullbacks, pivot } = contractions(high, low)
    expect(pullbacks.map(({ highIndex, lowIndex }) => [highIndex, lowIndex])).toEqual([[20, 24]])
    expect(pivot).toBe(120.5)
  })

  it('has options of its own', () => {
    expect(depths(footprint([60, 100, 76, 98, 88, 97], { minimumDepth: 0.2 }))).toEqual([0.249])
    expect(footprint([60, 100, 76, 98], { confirm: 5 }).pullbacks).toEqual([])
    expect(() => footprint([1, 2], { confirm: 0 })).toThrow('confirm')
    expect(() => footprint([1, 2], { minimumDepth: 0 })).toThrow('minimumDepth')
    expect(() => footprint([1, 2], { minimumDepth: 1 })).toThrow('minimumDepth')
    expect(() => contractions(new Float64Array(3), new Float64Array(2))).toThrow('one length')
  })

  const walk = fc
    .array(
      fc.record({
        move: fc.oneof(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -6, max: 6 })),
        width: fc.nat(20),
      }),
      {
        maxLength: 120,
        size: 'max',
      },
    )
    .map((days) => {
      let price = 1_000
      const middle = days.map(({ move }) => {
        price = Math.max(100, price + move)
        return price
      })
      return {
        high: Float64Array.from(days, ({ width }, i) => (middle[i] as number) + width),
        low: Float64Array.from(days, ({ width }, i) => (middle[i] as number) - width),
      }
    })

  it('never repaints: more bars only add pullbacks', () => {
    fc.assert(
      fc.property(walk, ({ high, low }) => {
        const all = contractions(high, low).pullbacks
        let told = 0
        for (let length = 0; length <= high.length; length++) {
          const { pullbacks } = contractions(high.slice(0, length), low.slice(0, length))
          expect(pullbacks.length).toBeGreaterThanOrEqual(told)
          told = pullbacks.length
          expect(pullbacks).toEqual(all.slice(0, told))
        }
      }),
    )
  })

  it('gives pullbacks in order, deep enough, from swing to swing', () => {
    fc.assert(
      fc.property(walk, ({ high, low }) => {
        let before = -1
        for (const one of contractions(high, low).pullbacks) {
          expect(one.highIndex).toBeGreaterThan(before)
          expect(one.lowIndex).toBeGreaterThan(one.highIndex)
          expect(one.depth).toBeGreaterThan(0.0299)
          expect(one.high).toBe(Math.max(...high.subarray(one.highIndex - 3, one.highIndex + 4)))
          expect(one.low).toBe(Math.min(...low.subarray(one.lowIndex - 3, one.lowIndex + 4)))
          before = one.lowIndex
        }
      }),
    )
  })
})
