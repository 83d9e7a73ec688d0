import {
  closeTime,
  dayNumberOfEpochMs,
  fromDayNumber,
  type MarketInput,
  type Series,
  type SessionCalendar,
} from '@ralph-stock/core'

/** What a store has of one stock. Day numbers; negative infinity for nothing. */
export type Stored = {
  /** The last day with a row, a halt included. */
  readonly lastDay: number
  /** The last day with flows that are final. */
  readonly lastFlowDay: number
  /** The last traded bar, by which a later change of the past shows. */
  readonly lastBar: { readonly day: number; readonly close: number } | null
}

const NOTHING: Stored = {
  lastDay: Number.NEGATIVE_INFINITY,
  lastFlowDay: Number.NEGATIVE_INFINITY,
  lastBar: null,
}

/** What a store has, by ticker. */
export function storedOf(input: MarketInput): Map<string, Stored> {
  return new Map(input.stocks.map(({ stock, series }) => [stock.ticker, stateOf(series)]))
}

/** What a store has of a stock that it may not know. */
export function storedIn(stored: ReadonlyMap<string, Stored>, ticker: string): Stored {
  return stored.get(ticker) ?? NOTHING
}

/** The last session whose daily bars are knowable at an instant. */
export function lastFinishedSession(now: number, calendar: SessionCalendar): number {
  const today = dayNumberOfEpochMs(now)
  const over = calendar.isSession(today) && now >= closeTime(fromDayNumber(today))
  return over ? today : calendar.previous(today)
}

function stateOf(series: Series): Stored {
  const { length, days, halts } = series
  const last = length === 0 ? Number.NEGATIVE_INFINITY : (days[length - 1] ?? 0)
  const lastHalt = halts.length === 0 ? Number.NEGATIVE_INFINITY : (halts[halts.length - 1] ?? 0)
  const close = series.columns['bars.close']?.[length - 1]
  return {
    lastDay: Math.max(last, lastHalt),
    lastFlowDay: lastFinalFlow(series),
    lastBar: length === 0 || close === undefined ? null : { day: last, close },
  }
}

function lastFinalFlow(series: Series): number {
  const foreign = series.columns['flows.foreign']
  if (foreign === undefined) return Number.NEGATIVE_INFINITY
  for (let at = series.length - 1; at >= 0; at--) {
    if (Number.isNaN(foreign[at] ?? Number.NaN)) continue
    if (series.provisionalFlows?.[at] === 1) continue
    return series.days[at] ?? Number.NEGATIVE_INFINITY
  }
  return Number.NEGATIVE_INFINITY
}
