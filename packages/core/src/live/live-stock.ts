import type { Series } from '../bars/index.js'
import type { SourceData } from '../columns/index.js'
import { sourceData } from '../scoring/source-data.js'
import type { Market, Member } from '../universe/index.js'
import { flushBar } from './live-bar.js'
import {
  type LiveLayout,
  liveLayout,
  openRow,
  ROW,
  SPARE,
  TRADE_COLUMNS,
  TRADED,
} from './live-book.js'

/**
 * The recent bars of one stock in memory, the last of them still changing. Holds the bars that the
 * strategies look back on and no more, so that a year of ticks takes no more room than a day.
 *
 * A market has thousands of them and a tick comes to any, so what a tick costs is memory that is far
 * away. What every tick reads stands in one row of a book that all stocks share; of the bar's columns
 * only those that the strategies read are written at once, the others by `flushBar`.
 */
export type LiveStock = {
  readonly member: Member
  readonly layout: LiveLayout
  /** The columns of the layout, in its order. */
  readonly sources: readonly Float64Array[]
  readonly book: Float64Array
  /** Where the stock's row of the book begins. */
  readonly row: number
  /** Bars that there is room for. */
  readonly capacity: number
  /** Bars held. */
  length: number
  /** Traded bars ever, those no longer held included. */
  total: number
  days: Int32Array
  columns: Record<string, Float64Array>
  magnitudes: Record<string, number>
  provisional: Uint8Array
}

/** Takes the last `keep` bars of each member's series, with every source column of `names`. */
export function liveStocks(
  market: Market,
  keep: number,
  names: readonly string[],
): readonly LiveStock[] {
  const layout = liveLayout(names)
  const book = new Float64Array(market.members.length * ROW)
  return market.members.map((member, position) =>
    liveStock(member, market, keep, layout, { book, row: position * ROW }),
  )
}

function liveStock(
  member: Member,
  market: Market,
  keep: number,
  layout: LiveLayout,
  place: Pick<LiveStock, 'book' | 'row'>,
): LiveStock {
  const { series } = member
  const source = sourceData(series, market)
  const capacity = keep * SPARE
  const held = Math.min(keep, series.length)
  const from = series.length - held
  const columns: Record<string, Float64Array> = {}
  for (const name of new Set([...Object.keys(series.columns), ...layout.order.keys()])) {
    const column = new Float64Array(capacity).fill(Number.NaN)
    const values = source.column(name)
    if (values !== undefined) column.set(values.subarray(from))
    columns[name] = column
  }
  const days = new Int32Array(capacity)
  days.set(series.days.subarray(from))
  const provisional = new Uint8Array(capacity)
  if (series.provisionalFlows !== null) provisional.set(series.provisionalFlows.subarray(from))
  const { book, row } = place
  openRow(book, row, held === 0 ? Number.NEGATIVE_INFINITY : (days[held - 1] as number))
  TRADE_COLUMNS.forEach((name, field) => {
    if (held > 0) book[row + TRADED + field] = columns[name]?.[held - 1] ?? Number.NaN
  })
  return {
    member,
    layout,
    sources: sourcesIn(columns, layout),
    book,
    row,
    capacity,
    length: held,
    total: series.length,
    days,
    columns,
    magnitudes: { ...series.magnitudes },
    provisional,
  }
}

function sourcesIn(columns: LiveStock['columns'], layout: LiveLayout): Float64Array[] {
  return Array.from(layout.order.keys(), (name) => columns[name] as Float64Array)
}

/** A copy that may change without changing the original. */
export function forkStock(stock: LiveStock): LiveStock {
  const columns: Record<string, Float64Array> = {}
  for (const [name, values] of Object.entries(stock.columns)) columns[name] = values.slice()
  return {
    ...stock,
    sources: sourcesIn(columns, stock.layout),
    book: stock.book.slice(stock.row, stock.row + ROW),
    row: 0,
    days: stock.days.slice(),
    columns,
    magnitudes: { ...stock.magnitudes },
    provisional: stock.provisional.slice(),
  }
}

/** What the strategies read of the stock. */
export function dataOf(stock: LiveStock): SourceData {
  const { capacity, sources, layout } = stock
  return {
    length: capacity,
    column: (name) => sources[layout.order.get(name) ?? -1],
    // One bar at a time gains nothing from knowing that it is whole.
    magnitude: () => Number.POSITIVE_INFINITY,
  }
}

/** The bars held, as a series; shares the stock's memory, so read it before the next tick. */
export function seriesOf(stock: LiveStock): Series {
  flushBar(stock)
  const columns: Record<string, Float64Array> = {}
  for (const [name, values] of Object.entries(stock.columns)) {
    columns[name] = values.subarray(0, stock.length)
  }
  return {
    ...stock.member.series,
    length: stock.length,
    days: stock.days.subarray(0, stock.length),
    columns,
    magnitudes: stock.magnitudes,
    provisionalFlows: stock.provisional.subarray(0, stock.length),
  }
}
