import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  acrossSectors,
  bars,
  type Column,
  columnStream,
  countWithin,
  createEvaluator,
  difference,
  evaluateColumn,
  flows,
  index,
  isColumn,
  kernelColumn,
  news,
  percentBelow,
  planEvaluation,
  product,
  rankWithin,
  ratio,
  type SourceData,
  scaled,
  sessions,
  source,
  sourcesOf,
  total,
  windowed,
} from './index.js'

function dataOf(columns: Readonly<Record<string, readonly number[]>>): SourceData {
  const length = Object.values(columns)[0]?.length ?? 0
  const arrays = new Map(
    Object.entries(columns).map(([name, list]) => [name, Float64Array.from(list)]),
  )
  return {
    length,
    column: (name) => arrays.get(name),
    magnitude: (name) => Math.max(...(columns[name] ?? [Number.POSITIVE_INFINITY])),
  }
}

const CLOSES = dataOf({ 'bars.close': [10, 20, 40, 80], 'bars.open': [10, 0, 20, 40] })
const values = (column: Column, data = CLOSES): number[] => [...evaluateColumn(column, data)]

const runningSum = kernelColumn({
  name: 'runningSum',
  inputs: [bars.close],
  reach: Number.POSITIVE_INFINITY,
  kernel: (out, from, to, [x]) => {
    for (let i = from; i < to; i++) out[i] = (i === 0 ? 0 : (out[i - 1] ?? 0)) + (x?.[i] ?? 0)
  },
})

describe('columns', () => {
  it('are values with a canonical key, a lookback and a warm-up', () => {
    const shifted = ratio(bars.close, bars.open).shift(2)
    expect(shifted.key).toBe('shift(ratio(bars.close,bars.open),2)')
    expect([shifted.lookback, shifted.warmUp]).toEqual([3, 2])
    expect(Object.isFrozen(shifted)).toBe(true)
    expect([runningSum.lookback, runningSum.warmUp]).toEqual([Number.POSITIVE_INFINITY, 0])
    expect(isColumn(shifted)).toBe(true)
    expect([null, 'bars.close', { key: 'a' }].map(isColumn)).toEqual([false, false, false])
  })

  it('are named after what they read', () => {
    expect(index('KOSPI').close.key).toBe('index.KOSPI.close')
    expect(source('my.number').key).toBe('my.number')
    expect([flows.foreign.key, news.negative.key]).toEqual(['flows.foreign', 'news.negative'])
    expect(sourcesOf(difference(sessions.ordinal, bars.close.shift(1)))).toEqual([
      'sessions.ordinal',
      'bars.close',
    ])
    expect(sourcesOf(rankWithin('sector', total(bars.low, bars.low)))).toEqual(['bars.low'])
  })

  it('compute arithmetic, missing where a denominator is 0', () => {
    expect(values(ratio(bars.close, bars.open))).toEqual([1, Number.NaN, 2, 2])
    expect(values(difference(bars.close, bars.open))).toEqual([0, 20, 20, 40])
    expect(values(total(bars.close, bars.open))).toEqual([20, 20, 60, 120])
    expect(values(product(bars.close, bars.open))).toEqual([100, 0, 800, 3200])
    expect(values(scaled(bars.close, 0.5))).toEqual([5, 10, 20, 40])
  })

  it('shift into the past alone', () => {
    expect(values(bars.close.shift(1))).toEqual([Number.NaN, 10, 20, 40])
    const long = dataOf({ 'bars.close': Array.from({ length: 90 }, (_, i) => i) })
    expect(values(bars.close.shift(3), long).slice(0, 5)).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      0,
      1,
    ])
    expect(values(bars.close.shift(3), long).at(-1)).toBe(86)
    for (const bars_ of [0, -1, 1.5]) {
      expect(() => bars.close.shift(bars_)).toThrow(
        expect.objectContaining({ code: 'E_PARAM_RANGE' }),
      )
    }
  })

  it('refuse inputs that are no columns, reaches below 1 and nested cross-sections', () => {
    const of = (input: Column, reach = 1): Column =>
      kernelColumn({ name: 'odd', inputs: [input], reach, kernel: () => {} })
    const code = (make: () => unknown): unknown => {
      try {
        return make()
      } catch (error) {
        return (error as { code: string }).code
      }
    }
    expect(code(() => of('bars.close' as unknown as Column))).toBe('E_INPUT_INVALID')
    expect(code(() => of(bars.close, 0))).toBe('E_PARAM_RANGE')
    expect(code(() => of(rankWithin('universe', bars.close)))).toBe('E_INPUT_CROSS_SECTION')
    expect(code(() => of(acrossSectors('n', bars.close, () => 0)))).toBe('E_INPUT_CROSS_SECTION')
    expect(code(() => rankWithin('sector', 5 as unknown as Column))).toBe('E_INPUT_INVALID')
    expect(code(() => acrossSectors('n', 5 as unknown as Column, () => 0))).toBe('E_INPUT_INVALID')
    const none = { minimumMembers: 0 }
    expect(code(() => countWithin('sector', bars.close, none))).toBe('E_PARAM_RANGE')
    expect(code(() => windowed(bars.close, 0))).toBe('E_PARAM_RANGE')
  })

  it('take the warm-up that an author declares', () => {
    const early = kernelColumn({
      name: 'early',
      parameters: ['a', 1],
      inputs: [bars.close],
      reach: 5,
      warmUp: 0,
      kernel: () => {},
    })
    expect([early.lookback, early.warmUp, early.key]).toEqual([5, 0, 'early(bars.close,a,1)'])
  })

  it('compare with peers, under a key that tells all that matters', () => {
    expect(percentBelow('universe', bars.close).key).toBe('percentBelow(universe,bars.close,1)')
    expect(countWithin('sector', bars.close, { minimumMembers: 5 }).operation).toMatchObject({
      kind: 'cross-section',
      section: { group: 'sector', measure: 'count', minimumMembers: 5 },
    })
  })
})

describe('evaluation', () => {
  it('computes columns of equal key once', () => {
    const twice = planEvaluation([bars.close.shift(1), ratio(bars.close.shift(1), bars.open)])
    expect(twice.columns.map(({ key }) => key)).toEqual([
      'bars.close',
      'shift(bars.close,1)',
      'bars.open',
      'ratio(shift(bars.close,1),bars.open)',
    ])
  })

  it('gives missing for a source that is not there', () => {
    expect(values(flows.foreign)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN])
    expect(values(runningSum, dataOf({}))).toEqual([])
  })

  it('goes on with recursive columns where they stand, whatever range is asked for', () => {
    const feeds = kernelColumn({
      name: 'feeds',
      inputs: [scaled(bars.close, 2)],
      reach: Number.POSITIVE_INFINITY,
      kernel: (out, from, to, [x]) => {
        for (let i = from; i < to; i++) out[i] = (out[i - 1] ?? 0) + (x?.[i] ?? 0)
      },
    })
    for (const column of [runningSum, feeds, runningSum.shift(1)]) {
      const evaluator = createEvaluator([column])
      const slot = evaluator.plan.slotOf.get(column.key) as number
      evaluator.bind(CLOSES)
      evaluator.run(2, 3)
      evaluator.run(3, 4)
      evaluator.run(3, 4)
      expect(evaluator.arrays[slot]?.[3]).toBe(values(column)[3])
    }
  })

  it('takes the fast path for whole sources within its limit, and only then', () => {
    const of = (input: Column): Column =>
      kernelColumn({
        name: 'path',
        inputs: [input],
        reach: 1,
        kernel: (out, from, to) => out.fill(1, from, to),
        whole: { kernel: (out, from, to) => out.fill(2, from, to), limit: 80 },
      })
    expect(values(of(bars.close))).toEqual([2, 2, 2, 2])
    expect(values(of(bars.close), dataOf({ 'bars.close': [81] }))).toEqual([1])
    expect(values(of(scaled(bars.close, 1)))).toEqual([1, 1, 1, 1])
  })

  it('takes data of any length one after another', () => {
    const column = scaled(bars.close, 2)
    const evaluator = createEvaluator([column])
    const slot = evaluator.plan.slotOf.get(column.key) as number
    for (const length of [1, 100, 3, 200]) {
      evaluator.bind(dataOf({ 'bars.close': Array.from({ length }, (_, i) => i) }))
      evaluator.run(0, length)
      expect(evaluator.arrays[slot]?.[length - 1]).toBe(2 * (length - 1))
    }
  })
})

describe('windowed', () => {
  it('computes a recursive column anew over its last bars', () => {
    const column = windowed(runningSum, 2)
    expect([column.lookback, column.warmUp]).toEqual([2, 1])
    expect(values(column)).toEqual([Number.NaN, 30, 60, 120])
  })
})

describe('columnStream', () => {
  it('gives the numbers of the whole column, whatever was replaced', () => {
    const list = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 200 })
    const columns = [ratio(bars.close, bars.close.shift(3)), runningSum, bars.close]
    fc.assert(
      fc.property(list, fc.constantFrom(...columns), (closes, column) => {
        const stream = columnStream(column)
        const streamed = closes.map((close) => {
          stream.push({ 'bars.close': 7 })
          return stream.replace({ 'bars.close': close })
        })
        expect(stream.length).toBe(closes.length)
        expect(streamed).toEqual(values(column, dataOf({ 'bars.close': closes })))
      }),
      { numRuns: 40 },
    )
  })

  it('takes the first replacement as a push, and what is not said as missing', () => {
    const stream = columnStream(bars.close)
    expect(stream.replace({ 'bars.close': 5 })).toBe(5)
    expect(stream.push({})).toBeNaN()
    expect(stream.length).toBe(2)
  })

  it('makes room for long windows, and keeps the fast path out', () => {
    const wide = kernelColumn({
      name: 'wide',
      inputs: [bars.close],
      reach: 40,
      kernel: (out, from, to, [x]) => {
        for (let i = from; i < to; i++) out[i] = (x?.[i] ?? 0) - (x?.[i - 39] ?? Number.NaN)
      },
      whole: { kernel: (out, from, to) => out.fill(-1, from, to), limit: 1e9 },
    })
    for (const column of [wide, runningSum, windowed(wide, 60)]) {
      const stream = columnStream(column)
      for (let i = 0; i < 300; i++) stream.push({ 'bars.close': i })
      expect(stream.replace({ 'bars.close': 299 })).toBe(column === runningSum ? 44_850 : 39)
    }
  })

  it('streams a column without sources', () => {
    const one = kernelColumn({
      name: 'one',
      inputs: [],
      reach: 1,
      kernel: (out, from, to) => out.fill(1, from, to),
    })
    const stream = columnStream(one)
    expect([stream.push({}), stream.push({})]).toEqual([1, 1])
  })
})
