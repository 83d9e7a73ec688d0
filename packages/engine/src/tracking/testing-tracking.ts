import {
  type Bar,
  epochMsOfKst,
  type FinishedScan,
  krxCalendar,
  type ScoreCard,
  type SignalStore,
  type StoredSignal,
  type Strategy,
} from '@ralph-stock/core'
import { netReturn } from './costs.js'
import {
  barStoreOf,
  cardOf,
  type DayPrices,
  rowsOf,
  SIGNAL_DATE,
  sessionAfter,
  strategyOf,
} from './testing-signals.js'
import { type TrackingReport, type TrackingRequest, trackSignals } from './track-signals.js'

// Strategies and runs for the tests of tracking; no part of the package.

/** A session in which nothing happens. */
export const CALM: DayPrices = [10_000, 10_100, 9_900, 10_000]
/** A session that reaches the target. */
export const UP: DayPrices = [10_200, 11_600, 10_100, 11_000]

export const atClose: Strategy = strategyOf('at-close')
export const atOpen: Strategy = strategyOf('at-open', { fill: 'next-open' })
export const dayTrade: Strategy = strategyOf('daytrade', {
  fill: 'next-open',
  holdingBars: 1,
  targetPercent: 105,
  stopPercent: 97,
})
export const STRATEGIES: readonly Strategy[] = [atClose, atOpen, dayTrade]
const FILLS = Object.fromEntries(STRATEGIES.map(({ id, plan }) => [id, plan?.fill ?? 'close']))

/** After the close of a session, epoch ms. */
export function evening(session: number): number {
  return epochMsOfKst(sessionAfter(session), '16:00')
}

/** Keeps a signal of a strategy. */
export async function openSignal(
  signals: SignalStore,
  strategy: Strategy,
  ticker = '000010',
  more: Partial<FinishedScan> = {},
  facts: Partial<ScoreCard> = {},
): Promise<StoredSignal> {
  const cards = [cardOf(strategy, ticker, facts)]
  const scan = { asOf: SIGNAL_DATE, strategies: [strategy.id], eligible: 1, fills: FILLS, cards }
  const saved = await signals.saveScan({ ...scan, ...more })
  // Sound: no stock has an open signal of the strategy yet.
  return saved.signals[0] as StoredSignal
}

/** The prices of stocks by ticker, or their rows. */
export type Stocks = Readonly<Record<string, readonly DayPrices[] | readonly Bar[]>>

/** Follows signals on the evening of a session. */
export function track(
  signals: SignalStore,
  stocks: Stocks,
  session: number,
  more: Partial<TrackingRequest> = {},
): Promise<TrackingReport> {
  const rows = Object.entries(stocks).map(([ticker, days]) => [ticker, rowsIn(days)] as const)
  const store = barStoreOf(Object.fromEntries(rows), 40)
  return trackSignals({ store, signals, strategies: STRATEGIES, now: evening(session), ...more })
}

/** Fraction after costs of a sale in a session. */
export function afterCosts(entry: number, exit: number, session: number): number {
  const date = sessionAfter(session)
  return netReturn(entry, exit, { date, market: 'KOSPI', calendar: krxCalendar() })
}

function rowsIn(days: Stocks[string]): readonly Bar[] {
  return days.flatMap((day, k): readonly Bar[] => {
    if (day !== null && typeof day === 'object' && 'date' in day) return [day]
    const before = Array.from({ length: k }, () => null)
    return rowsOf(...before, day)
  })
}
