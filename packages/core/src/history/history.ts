import type { TradeDate } from '../krx/index.js'
import { fromDayNumber } from '../krx/index.js'
import type { Strategy } from '../strategy/define-strategy.js'
import type { Market } from '../universe/index.js'

/** Points by bar: a byte each, 255 unknown; doubles, NaN unknown, for a fractional criterion. */
export type PointsColumn = Uint8Array | Float64Array

/** Every card of a strategy as columns: all bars of all stocks, one stock after another. */
export type StrategyHistory = {
  readonly strategy: Strategy
  /** By position in `strategy.criteria`. */
  readonly points: readonly PointsColumn[]
  readonly score: Float64Array
  /** Sum of `maxPoints` of the known criteria; coverage is its share of `strategy.allPoints`. */
  readonly known: Uint16Array
  /** Position in `strategy.scale.labels`; `NO_GRADE` for the grade that unknown gives. */
  readonly grade: Uint8Array
}

/** The grade of a card whose strategy gives no grade while something is unknown. */
export const NO_GRADE = 255

/** Where the bars of each subject stand in the columns. */
export type HistoryLayout = {
  /** Tickers, ascending as in the market; the market's own rows come under `MARKET`. */
  readonly tickers: readonly string[]
  /** `offsets[m]` to `offsets[m + 1]` exclusive are the bars of `tickers[m]`. */
  readonly offsets: Int32Array
}

/** Scores of a whole market, with who was eligible on which bar. */
export type MarketHistory = {
  readonly layout: HistoryLayout
  /** Day number of every bar. */
  readonly days: Int32Array
  /** 1 where the stock was eligible on the bar's date by what is known of its listing. */
  readonly eligible: Uint8Array
  readonly strategies: ReadonlyMap<string, StrategyHistory>
}

/** One stock's part of a history. The arrays are views, aligned to the stock's bars. */
export type StockHistory = {
  readonly days: Int32Array
  readonly points: Readonly<Record<string, PointsColumn>>
  readonly score: Float64Array
  readonly known: Uint16Array
  readonly grade: Uint8Array
}

/** Lays the stocks of a market one after another. */
export function layoutOf(market: Market): HistoryLayout {
  const offsets = new Int32Array(market.members.length + 1)
  market.members.forEach(({ series }, m) => {
    offsets[m + 1] = (offsets[m] as number) + series.length
  })
  return { tickers: market.members.map(({ stock }) => stock.ticker), offsets }
}

/** How the arrays of a history are made: plain memory, or memory that worker threads share. */
export type AllocateBuffer = (bytes: number) => ArrayBufferLike

/** Plain memory of this thread. */
export const plainBuffer: AllocateBuffer = (bytes) => new ArrayBuffer(bytes)

/** Empty columns of a strategy for `bars` bars. */
export function allocateHistory(
  strategy: Strategy,
  bars: number,
  allocate: AllocateBuffer,
): StrategyHistory {
  return {
    strategy,
    points: strategy.criteria.map((criterion) =>
      criterion.fractional ? new Float64Array(allocate(bars * 8)) : new Uint8Array(allocate(bars)),
    ),
    score: new Float64Array(allocate(bars * 8)),
    known: new Uint16Array(allocate(bars * 2)),
    grade: new Uint8Array(allocate(bars)),
  }
}

/** The columns of one stock; undefined when the history has no such ticker. */
export function historyOf(
  history: MarketHistory,
  strategyId: string,
  ticker: string,
): StockHistory | undefined {
  const columns = history.strategies.get(strategyId)
  const m = history.layout.tickers.indexOf(ticker)
  if (columns === undefined || m < 0) return undefined
  const from = history.layout.offsets[m] as number
  const to = history.layout.offsets[m + 1] as number
  const points: Record<string, PointsColumn> = {}
  columns.strategy.criteria.forEach((criterion, k) => {
    points[criterion.id] = (columns.points[k] as PointsColumn).subarray(from, to)
  })
  return {
    days: history.days.subarray(from, to),
    points,
    score: columns.score.subarray(from, to),
    known: columns.known.subarray(from, to),
    grade: columns.grade.subarray(from, to),
  }
}

/** One bar of a history in words: what a card says without its evidence. */
export type HistoryCard = {
  readonly asOf: TradeDate
  readonly score: number
  readonly coverage: number
  readonly grade: string
  readonly points: Readonly<Record<string, number | null>>
}

/** Reads one bar of a stock's history. */
export function historyCard(strategy: Strategy, history: StockHistory, bar: number): HistoryCard {
  const points: Record<string, number | null> = {}
  for (const criterion of strategy.criteria) {
    const column = history.points[criterion.id] as PointsColumn
    const value = column[bar] as number
    points[criterion.id] = Number.isNaN(value) || isUnknown(column, value) ? null : value
  }
  const grade = history.grade[bar] as number
  return {
    asOf: fromDayNumber(history.days[bar] as number),
    score: history.score[bar] as number,
    coverage: (history.known[bar] as number) / strategy.allPoints,
    grade:
      grade === NO_GRADE
        ? (strategy.scale.unknown as string)
        : (strategy.scale.labels[grade] as string),
    points,
  }
}

function isUnknown(column: PointsColumn, value: number): boolean {
  return column instanceof Uint8Array && value === 255
}
