import { type Column, createEvaluator, type SourceData, source } from '@ralph-stock/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** What an input looks like. Highs, lows and closes of one sample belong to the same bars. */
export type InputKind = 'close' | 'high' | 'low' | 'volume' | 'flow' | 'ordinal'

/** One indicator with parameters, and what is true of it beyond the laws that all keep. */
export type Subject = {
  readonly name: string
  /** The exported function; called with columns, then with arrays. */
  // biome-ignore lint/suspicious/noExplicitAny: overloads of any arity; each call is checked by value
  readonly indicator: (...inputs: any[]) => unknown
  readonly inputs: readonly InputKind[]
  /** Set false where a missing value is ignored unless it is one of those that are read. */
  readonly gapFillsWindow?: boolean
  /** Set false where a value needs movement that a random walk need not show. */
  readonly exactWarmUp?: boolean
  /** What prices four times as high do to the value. */
  readonly scale?: 'same' | 'linear'
}

type Sample = Readonly<Record<InputKind, Float64Array>>

const SCALE = 4
const RUNS = 40

/** Runs every law of an indicator over random bars, whole and not. */
export function indicatorLaws(subject: Subject): void {
  const columns = columnsOf(subject)
  const longest = Math.max(
    ...columns.map(([, { lookback, warmUp }]) =>
      Number.isFinite(lookback) ? lookback : 2 * warmUp + 4,
    ),
  )
  const law = (check: (data: readonly Float64Array[], seed: number) => void): void => {
    fc.assert(
      fc.property(samples(2 * longest + 8), fc.nat(), (sample, seed) =>
        check(
          subject.inputs.map((kind) => sample[kind]),
          seed,
        ),
      ),
      { numRuns: RUNS },
    )
  }

  describe(`laws of ${subject.name}`, () => {
    it('gives the same bits over arrays and over columns', () => {
      law((data) => {
        const arrays = new Map(outputsOf<Float64Array>(subject.indicator(...data)))
        for (const [name, column] of columns) {
          expectBits(arrays.get(name) as Float64Array, run(column, data))
        }
      })
    })

    it('has as many leading missing values as it declares', () => {
      law((data) => {
        const length = lengthOf(data)
        for (const [, column] of columns) {
          const values = run(column, data)
          const first = values.findIndex((value) => !Number.isNaN(value))
          const declared = Math.min(column.warmUp, length)
          if (subject.exactWarmUp !== false) expect(first < 0 ? length : first).toBe(declared)
          else expect(values.subarray(0, declared).every(Number.isNaN)).toBe(true)
        }
      })
    })

    it('gives the same bits whatever range is asked for', () => {
      law((data, seed) => {
        for (const [, column] of columns) rangesAgree(column, data, seed)
      })
    })

    it('does not change earlier values when bars are appended', () => {
      law((data, seed) => {
        const length = lengthOf(data)
        const shorter = seed % (length + 1)
        const before = data.map((values) => values.slice(0, shorter))
        for (const [, column] of columns) {
          expectBits(run(column, before), run(column, data).slice(0, shorter))
        }
      })
    })

    it('depends on the last lookback bars alone', () => {
      law((data, seed) => {
        for (const [, column] of columns) forgets(column, data, seed)
      })
    })

    it('slides whole numbers to the same bits', () => {
      law((data) => {
        for (const [, column] of columns) {
          expectBits(run(column, data), run(column, data, Number.POSITIVE_INFINITY))
        }
      })
    })

    it('is missing while a gap is in the window, and no longer', () => {
      law((data, seed) => {
        for (const [, column] of columns) recovers(subject, column, data, seed)
      })
    })

    it('takes no bars, one bar and flat bars', () => {
      for (const length of [0, 1, longest + 3]) {
        for (const value of [0, 1, 0.1]) {
          const flat = subject.inputs.map(() => new Float64Array(length).fill(value))
          for (const [, values] of outputsOf<Float64Array>(subject.indicator(...flat))) {
            expect(values).toHaveLength(length)
            expect(values.every((one) => Number.isNaN(one) || Number.isFinite(one))).toBe(true)
          }
        }
      }
    })

    if (subject.scale !== undefined) {
      it(`gives ${subject.scale} values for prices in another unit`, () => {
        const factor = subject.scale === 'linear' ? SCALE : 1
        law((data) => {
          const scaled = data.map((values, position) =>
            subject.inputs[position] === 'volume' ? values : values.map((value) => value * SCALE),
          )
          for (const [, column] of columns) {
            expectBits(
              run(column, scaled),
              run(column, data).map((value) => value * factor),
            )
          }
        })
      })
    }
  })
}

/** Bits are equal; any NaN equals any NaN. */
export function expectBits(actual: Float64Array, expected: Float64Array): void {
  expect(actual).toHaveLength(expected.length)
  const at = expected.findIndex((value, i) => !Object.is(actual[i], value))
  expect(at, `at ${at}: ${actual[at]} is not ${expected[at]}`).toBe(-1)
}

/** All bars of a column over arrays; `magnitude` Infinity keeps the whole-number path out. */
export function run(
  column: Column,
  data: readonly Float64Array[],
  magnitude?: number,
): Float64Array {
  const length = lengthOf(data)
  const evaluator = createEvaluator([column])
  evaluator.bind(sourceData(data, magnitude))
  evaluator.run(0, length)
  return resultOf(evaluator, column).slice(0, length)
}

/** The declared inputs that `run` reads its arrays as. */
export function inputColumns(count: number): readonly Column[] {
  return Array.from({ length: count }, (_, position) => source(`input.${position}`))
}

function columnsOf(subject: Subject): ReadonlyArray<readonly [string, Column]> {
  return outputsOf<Column>(subject.indicator(...inputColumns(subject.inputs.length)))
}

function outputsOf<T>(result: unknown): ReadonlyArray<readonly [string, T]> {
  const single = result instanceof Float64Array || 'key' in (result as object)
  return single ? [['value', result as T]] : Object.entries(result as Record<string, T>)
}

function resultOf(evaluator: ReturnType<typeof createEvaluator>, column: Column): Float64Array {
  return evaluator.arrays[evaluator.plan.slotOf.get(column.key) as number] as Float64Array
}

function lengthOf(data: readonly Float64Array[]): number {
  return (data[0] as Float64Array).length
}

function sourceData(data: readonly Float64Array[], magnitude?: number): SourceData {
  const at = (name: string): Float64Array => data[Number(name.split('.')[1])] as Float64Array
  return {
    length: lengthOf(data),
    column: at,
    magnitude: (name) => {
      const values = at(name)
      const whole = values.every((value) => Number.isSafeInteger(value))
      if (!whole) return Number.POSITIVE_INFINITY
      return magnitude ?? values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    },
  }
}

function rangesAgree(column: Column, data: readonly Float64Array[], seed: number): void {
  const length = lengthOf(data)
  const full = run(column, data)
  const recursive = column.lookback === Number.POSITIVE_INFINITY
  const from = seed % (length + 1)
  const to = from + ((seed >>> 8) % (length - from + 1))
  for (const magnitude of [undefined, Number.POSITIVE_INFINITY]) {
    const evaluator = createEvaluator([column])
    evaluator.bind(sourceData(data, magnitude))
    if (recursive) evaluator.run(0, from)
    evaluator.run(from, to)
    expectBits(resultOf(evaluator, column).slice(from, to), full.slice(from, to))
    for (let bar = to; bar < length; bar++) evaluator.run(bar, bar + 1)
    // The last bar once more, as a live update does.
    if (length > to) evaluator.run(length - 1, length)
    expectBits(resultOf(evaluator, column).slice(from, length), full.slice(from))
  }
}

function forgets(column: Column, data: readonly Float64Array[], seed: number): void {
  const { lookback } = column
  const length = lengthOf(data)
  if (!Number.isFinite(lookback) || length < lookback) return
  const full = run(column, data)
  const at = lookback - 1 + (seed % (length - lookback + 1))
  const tail = data.map((values) => values.slice(at - lookback + 1, at + 1))
  expect(run(column, tail).at(-1)).toBe(full[at])
  const elsewhere = [Number.NaN, 1e300, -3.7][seed % 3] as number
  const spoiled = data.map((values) =>
    values.map((value, i) => (i > at || i <= at - lookback ? elsewhere : value)),
  )
  const evaluator = createEvaluator([column])
  evaluator.bind(sourceData(spoiled))
  evaluator.run(at, at + 1)
  expect(resultOf(evaluator, column)[at]).toBe(full[at])
}

function recovers(
  subject: Subject,
  column: Column,
  data: readonly Float64Array[],
  seed: number,
): void {
  const length = lengthOf(data)
  if (length === 0) return
  const gap = seed % length
  const position = (seed >>> 8) % data.length
  const broken = data.map((values, k) =>
    k === position ? values.map((value, i) => (i === gap ? Number.NaN : value)) : values,
  )
  const full = run(column, data)
  const values = run(column, broken)
  expectBits(values.slice(0, gap), full.slice(0, gap))
  if (!Number.isFinite(column.lookback)) {
    if (subject.gapFillsWindow !== false) expect(values[gap]).toBeNaN()
    const settled = gap + 2 + column.warmUp
    if (subject.exactWarmUp !== false && settled < length) {
      expect(values.subarray(settled).some(Number.isNaN)).toBe(false)
    }
    return
  }
  const free = Math.min(length, gap + column.lookback)
  expectBits(values.slice(free), full.slice(free))
  if (subject.gapFillsWindow === false) return
  expect(values.subarray(gap, free).every(Number.isNaN)).toBe(true)
}

/** Bars of up to `most` days: whole won, or the same in an unrounded unit. */
function samples(most: number): fc.Arbitrary<Sample> {
  const day = fc.record({
    move: fc.integer({ min: -300, max: 300 }),
    up: fc.integer({ min: 0, max: 90 }),
    down: fc.integer({ min: 0, max: 90 }),
    volume: fc.integer({ min: 1, max: 1_000_000 }),
    flow: fc.integer({ min: -50_000, max: 50_000 }),
    sessions: fc.integer({ min: 1, max: 3 }),
  })
  const days = fc.array(day, { maxLength: most, size: 'max' })
  return fc.tuple(days, fc.boolean()).map(([list, whole]) => {
    const unit = whole ? 1 : 1 / 7
    const column = (): Float64Array => new Float64Array(list.length)
    const sample = {
      close: column(),
      high: column(),
      low: column(),
      volume: column(),
      flow: column(),
      ordinal: column(),
    }
    let close = 5_000
    let ordinal = 100
    list.forEach((one, i) => {
      const next = Math.max(200, close + one.move)
      // Never standing still, so that measures of movement have a value as soon as they can.
      close = next === close ? close + 1 : next
      ordinal += one.sessions
      sample.close[i] = close * unit
      sample.high[i] = (close + one.up) * unit
      sample.low[i] = (close - one.down) * unit
      sample.volume[i] = one.volume
      sample.flow[i] = one.flow * unit
      sample.ordinal[i] = ordinal
    })
    return sample
  })
}
