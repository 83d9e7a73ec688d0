import { dayNumber, fromDayNumber, RalphError, tradeDate } from '@ralph-stock/core'
import type { DataGapsView, StockFilter, StockPageView } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { cutPage, parseStockCursor, stockCursor } from './pages.js'
import { quotedStocks, stockRowView } from './quote-view.js'
import { lastClosed } from './session-view.js'

/** A page of stocks with their prices, the largest first, in one statement. */
export async function stockPageView(
  context: ServerContext,
  { market, sector, search, limit, cursor }: StockFilter,
): Promise<StockPageView> {
  const read = await context.store.repositories.quotes.page({
    ...(market === 'ALL' ? {} : { market }),
    ...(sector === undefined ? {} : { sector }),
    ...(search === undefined || search === '' ? {} : { search }),
    ...(cursor === undefined ? {} : { before: parseStockCursor(cursor) }),
    limit: limit + 1,
  })
  const { entries, nextCursor } = cutPage(read, limit, stockCursor)
  return {
    stocks: entries.map((stock) => stockRowView(context, stock)),
    next_cursor: nextCursor,
  }
}

/** Stocks that a text may mean, an exact ticker or name first: two statements. */
export async function foundStocks(
  context: ServerContext,
  text: string,
  limit: number,
): Promise<StockPageView> {
  const found = await context.store.repositories.stocks.search(text, limit)
  const order = found.map(({ ticker }) => ticker)
  const stocks = await quotedStocks(context, order)
  const rows = order.flatMap((ticker) => stocks.get(ticker) ?? [])
  return { stocks: rows.map((stock) => stockRowView(context, stock)), next_cursor: null }
}

/**
 * Stocks without the bars of so many sessions or more, to the last one that has closed.
 *
 * @throws RalphError E_SESSION_NONE where the calendar does not reach now
 */
export async function dataGapsView(
  context: ServerContext,
  sessions: number,
): Promise<DataGapsView> {
  const { calendar, store } = context
  const last = lastClosed(context)
  if (last === null) {
    throw new RalphError('E_SESSION_NONE', 'the calendar of sessions does not reach today')
  }
  const day = dayNumber(last)
  const since = fromDayNumber(calendar.shift(day, 1 - sessions))
  const gaps = await store.repositories.quotes.gaps(since)
  return {
    total_count: gaps.length,
    days_threshold: sessions,
    gaps: gaps.map(({ ticker, name, latestDate }) => ({
      ticker,
      name,
      latest_date: latestDate,
      days_since_update: latestDate === null ? null : missed(latestDate),
    })),
  }

  function missed(date: string): number | null {
    const from = dayNumber(tradeDate(date))
    return from < calendar.first ? null : calendar.ordinal(day) - calendar.ordinal(from)
  }
}
