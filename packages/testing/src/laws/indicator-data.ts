import {
  type Column,
  columnStream,
  createEvaluator,
  type EvaluationPlan,
  findDay,
  type SourceData,
} from '@ralph-stock/core'
import { INDEXES, marketOf, rowsOf } from '../market/market-rows.js'
import type { MarketScript } from '../market/script.js'

/** One output of an indicator, and what was seen of its first value. */
export type TimeColumn = {
  readonly name: string
  readonly column: Column
  readonly plan: EvaluationPlan
  readonly seen: { trials: number; exact: number }
}

/** An indicator with what its laws need to know of it. */
export type IndicatorSubject = {
  readonly columns: readonly TimeColumn[]
  readonly sources: readonly string[]
  readonly exactWarmUp: boolean
}

/** The source columns of one stock, to be cut and broken. Each cut has memory of its own. */
export interface IndicatorData extends SourceData {
  readonly ticker: string
  readonly names: readonly string[]
  /** Whether nothing is missing in any column. */
  readonly whole: boolean
  first(length: number): IndicatorData
  last(length: number): IndicatorData
  /** The data with every column missing where `gone` says so. */
  without(gone: (bar: number) => boolean): IndicatorData
  /** As long, every column with its first value throughout. */
  flat(): IndicatorData
}

const BUILT_IN = /^(?:bars|flows|news|index|sessions)\./

/** The data of a market's stocks, one after another. */
export function dataFor(subject: IndicatorSubject, script: MarketScript): IndicatorData[] {
  const { sources } = subject
  const own = sources.filter((name) => !BUILT_IN.test(name))
  const market = marketOf(rowsOf(script, INDEXES), own)
  return market.members.map(({ stock, series }) => {
    const columns = new Map<string, Float64Array>()
    for (const name of sources) {
      const values = series.columns[name] ?? indexColumn(name)
      if (values !== undefined) columns.set(name, values)
    }
    return indicatorData(stock.ticker, series.length, columns)

    function indexColumn(name: string): Float64Array | undefined {
      const split = name.lastIndexOf('.')
      const index = market.indexes[name.slice('index.'.length, split)]
      const values = index?.columns[`bars.${name.slice(split + 1)}`]
      if (index === undefined || values === undefined) return undefined
      return Float64Array.from(series.days, (day) => values[findDay(index.days, day)] ?? Number.NaN)
    }
  })
}

/** The data with other magnitudes: Infinity keeps every fast path out. */
export function bound(data: IndicatorData, magnitude: (name: string) => number): SourceData {
  return { length: data.length, column: (name) => data.column(name), magnitude }
}

/** All values of a column at once. */
export function batch({ column, plan }: TimeColumn, data: SourceData): Float64Array {
  const evaluator = createEvaluator(plan)
  evaluator.bind(data)
  evaluator.run(0, data.length)
  return valuesOf(evaluator.arrays, plan, column, 0, data.length)
}

/** The values from some bar on, asked for in a part, then bar by bar, the last bar twice. */
export function ranges(
  { column, plan }: TimeColumn,
  data: IndicatorData,
  choice: number,
): ReadonlyArray<readonly [number, Float64Array]> {
  const { length } = data
  const from = choice % (length + 1)
  const to = from + ((choice >>> 5) % (length - from + 1))
  return [data, bound(data, () => Number.POSITIVE_INFINITY)].map((one) => {
    const evaluator = createEvaluator(plan)
    evaluator.bind(one)
    // A recursive column goes on from what it holds, so it is started from the first bar.
    if (!Number.isFinite(column.lookback)) evaluator.run(0, from)
    evaluator.run(from, to)
    for (let bar = to; bar < length; bar++) evaluator.run(bar, bar + 1)
    if (length > to) evaluator.run(length - 1, length)
    return [from, valuesOf(evaluator.arrays, plan, column, from, length)]
  })
}

/** The values as a stream gives them; each bar is first fed wrong, then replaced. */
export function streamed({ column }: TimeColumn, data: IndicatorData): Float64Array {
  const stream = columnStream(column)
  const values = new Float64Array(data.length)
  for (let i = 0; i < data.length; i++) {
    const bar: Record<string, number> = {}
    for (const name of data.names) bar[name] = data.column(name)?.[i] ?? Number.NaN
    const wrong = Object.fromEntries(Object.keys(bar).map((name) => [name, 7]))
    stream.push(i % 5 === 0 ? wrong : bar)
    values[i] = stream.replace(bar)
  }
  return values
}

function valuesOf(
  arrays: readonly Float64Array[],
  plan: EvaluationPlan,
  column: Column,
  from: number,
  to: number,
): Float64Array {
  return (arrays[plan.slotOf.get(column.key) as number] as Float64Array).slice(from, to)
}

function indicatorData(
  ticker: string,
  length: number,
  columns: ReadonlyMap<string, Float64Array>,
): IndicatorData {
  const changed = (size: number, change: (values: Float64Array) => Float64Array): IndicatorData =>
    indicatorData(
      ticker,
      size,
      new Map([...columns].map(([name, values]) => [name, change(values)])),
    )
  return {
    ticker,
    length,
    names: [...columns.keys()],
    whole: [...columns.values()].every((values) => !values.some(Number.isNaN)),
    column: (name) => columns.get(name),
    magnitude: (name) => magnitudeOf(columns.get(name)),
    first: (count) => changed(count, (values) => values.slice(0, count)),
    last: (count) => changed(count, (values) => values.slice(length - count)),
    without: (gone) =>
      changed(length, (values) => values.map((value, i) => (gone(i) ? Number.NaN : value))),
    flat: () => changed(length, (values) => values.slice().fill(values[0] ?? Number.NaN)),
  }
}

function magnitudeOf(values: Float64Array | undefined): number {
  let largest = 0
  for (const value of values ?? [Number.NaN]) {
    if (!Number.isSafeInteger(value)) return Number.POSITIVE_INFINITY
    largest = Math.max(largest, Math.abs(value))
  }
  return largest
}
