import type { ListedSignal, SignalListQuery } from '@ralph-stock/adapters-timescale'
import type { PricedSignal, SignalFilter, SignalView } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { cardView } from './card-view.js'
import { cutPage, parseSignalCursor, signalCursor } from './pages.js'
import { livePriceOf, priceView, quotedStocks } from './quote-view.js'

type Source = Pick<ServerContext, 'live' | 'store'>

/** A signal as lists show it. */
export function signalView(row: ListedSignal): SignalView {
  return {
    id: row.id,
    // Sound: the service saves signals of its own strategies alone.
    signal_type: row.strategy_id as SignalView['signal_type'],
    strategy_version: row.strategy_version,
    ticker: row.ticker,
    name: row.name,
    market: row.market,
    sector: row.sector,
    signal_date: row.signal_date,
    status: row.status,
    score: row.score,
    max_score: row.max_score,
    coverage: row.coverage,
    grade: row.grade,
    entry_price: row.entry_price,
    target_price: row.target_price,
    stop_price: row.stop_price,
    quantity: row.quantity,
    entered: row.entered,
    entry_date: row.entry_date,
    entry_time: row.entry_time,
    exit_date: row.exit_date,
    exit_time: row.exit_time,
    exit_price: row.exit_price,
    // Sound: nothing else closes a signal.
    exit_reason: row.exit_reason as SignalView['exit_reason'],
    return_pct: row.return_rate === null ? null : row.return_rate * 100,
    // Sound: the store writes it so.
    criteria: JSON.parse(row.criteria) as SignalView['criteria'],
    created_at: row.created_at,
    updated_at: row.updated_at,
    ...(row.card === undefined ? {} : { card: cardView(row.card) }),
  }
}

/** A filter of a request as the store reads it. */
export function signalQueryOf(filter: Partial<SignalFilter>): SignalListQuery {
  const { strategy, status, market, ticker, grade, min_score, from, to, cursor, include } = filter
  return {
    ...(strategy === undefined ? {} : { strategyId: strategy }),
    ...(status === undefined ? {} : { status }),
    ...(market === undefined || market === 'ALL' ? {} : { market }),
    ...(ticker === undefined ? {} : { ticker }),
    ...(grade === undefined ? {} : { grade }),
    ...(min_score === undefined ? {} : { minimumScore: min_score }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(cursor === undefined ? {} : { before: parseSignalCursor(cursor) }),
    ...(include === 'card' ? { cards: true } : {}),
  }
}

/** A page of signals, newest first, in one statement. */
export async function signalPageView(
  { store }: Pick<Source, 'store'>,
  query: SignalListQuery,
  limit: number,
): Promise<{ signals: SignalView[]; next_cursor: string | null }> {
  const read = await store.repositories.signalLists.newest({ ...query, limit: limit + 1 })
  const { entries, nextCursor } = cutPage(read, limit, cursorOf)
  return { signals: entries.map(signalView), next_cursor: nextCursor }
}

/** Signals with what their stocks cost now: two statements, however many. */
export async function pricedSignals(
  context: Source,
  rows: readonly ListedSignal[],
): Promise<PricedSignal[]> {
  const stocks = await quotedStocks(
    context,
    rows.map(({ ticker }) => ticker),
  )
  return rows.map((row) => {
    const stock = stocks.get(row.ticker)
    const now = stock === undefined ? null : priceView(stock, livePriceOf(context, stock))
    return {
      ...signalView(row),
      current_price: now?.price ?? null,
      change_pct: now?.change_pct ?? null,
      price_as_of: now?.as_of ?? null,
      price_at: now?.price_at ?? null,
      price_source: now?.source ?? null,
    }
  })
}

/** The cursor of the page that begins after a signal. */
export function cursorOf({ signal_date, id, strategy_id }: ListedSignal): string {
  return signalCursor({ signalDate: signal_date, id, strategyId: strategy_id })
}
