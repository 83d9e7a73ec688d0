import type { SignalListQuery, SignalQuery } from '@ralph-stock/adapters-timescale'
import type {
  SignalDatesView,
  SignalHistoryView,
  SignalListView,
  SignalPageQuery,
  StockSignalsView,
} from '../api/index.js'
import type { ServerContext } from '../context.js'
import { quotedStock } from './quote-view.js'
import { isoOf } from './session-view.js'
import { pricedSignals, signalPageView, signalQueryOf, signalView } from './signal-view.js'

/** The best signals of a strategy with what their stocks cost now. */
export async function bestSignalsView(
  context: ServerContext,
  query: SignalListQuery,
): Promise<SignalListView> {
  const rows = await context.store.repositories.signalLists.best(query)
  const dates = rows.map(({ signal_date }) => signal_date)
  return {
    signals: await pricedSignals(context, rows),
    count: rows.length,
    date: dates.length === 0 ? null : dates.reduce((a, b) => (a > b ? a : b)),
    generated_at: isoOf(context.clock.now()),
  }
}

/** The signals of the newest date that has any, best first; open or closed by now. */
export async function latestSignalsView(
  context: ServerContext,
  query: SignalQuery,
): Promise<SignalListView> {
  const { limit, ...filter } = query
  const [newest] = await context.store.repositories.signalLists.dates({ ...filter, limit: 1 })
  if (newest === undefined) {
    return { signals: [], count: 0, date: null, generated_at: isoOf(context.clock.now()) }
  }
  return bestSignalsView(context, { ...query, from: newest.date, to: newest.date })
}

/** Dates on which a strategy gave signals, newest first. */
export async function signalDatesView(
  { store }: ServerContext,
  strategyId: string,
  limit: number,
): Promise<SignalDatesView> {
  const dates = await store.repositories.signalLists.dates({ strategyId, limit })
  return { dates: dates.map(({ date }) => date), count: dates.length }
}

/** All signals that a strategy gave on a date, best first. */
export async function signalHistoryView(
  { store }: ServerContext,
  strategyId: string,
  date: string,
): Promise<SignalHistoryView> {
  const rows = await store.repositories.signalLists.best({ strategyId, from: date, to: date })
  return { date, signals: rows.map(signalView), count: rows.length }
}

/**
 * Signals of one stock, newest first, and what those that ended came to.
 *
 * @throws RalphError E_STOCK_UNKNOWN
 */
export async function stockSignalsView(
  context: ServerContext,
  ticker: string,
  { limit, ...filter }: SignalPageQuery,
): Promise<StockSignalsView> {
  await quotedStock(context, ticker)
  const totals = await context.store.repositories.signalLists.totals({ ticker })
  const query = { ...signalQueryOf(filter), ticker }
  return {
    ticker,
    total_signals: totals.total,
    open_signals: totals.open,
    closed_signals: totals.closed,
    avg_return_pct: totals.avgReturn === null ? null : totals.avgReturn * 100,
    win_rate: totals.winRate,
    ...(await signalPageView(context, query, limit)),
  }
}
