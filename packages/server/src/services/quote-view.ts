import type { QuotedStock } from '@ralph-stock/adapters-timescale'
import { listingReason, RalphError, tradeDateOfEpochMs } from '@ralph-stock/core'
import type { PriceView, StockDetail, StockRow } from '../api/index.js'
import type { LivePrice, ServerContext } from '../context.js'
import { isoOf } from './session-view.js'

type Source = Pick<ServerContext, 'live' | 'store'>

/** What was paid for a stock last: in the session that is on, or by its last stored bar. */
export function priceView(stock: QuotedStock, live: LivePrice | null): PriceView {
  if (live !== null) {
    const { price, previousClose, volume, tradedValue, at } = live
    return {
      price,
      change: previousClose === null ? null : price - previousClose,
      change_pct: percentFrom(previousClose, price),
      volume,
      traded_value: tradedValue,
      as_of: tradeDateOfEpochMs(at),
      price_at: isoOf(at),
      source: 'live',
    }
  }
  const { close, previousClose, volume, tradingValue, date } = stock
  return {
    price: close,
    change: close === null || previousClose === null ? null : close - previousClose,
    change_pct: close === null ? null : percentFrom(previousClose, close),
    volume,
    traded_value: tradingValue,
    as_of: date,
    price_at: null,
    source: close === null ? null : 'store',
  }
}

/** The live price of a stock; null where none is followed, or the session's own bar is stored. */
export function livePriceOf({ live }: Source, stock: QuotedStock): LivePrice | null {
  const price = live?.price(stock.ticker) ?? null
  if (price === null) return null
  // A stored bar is that of a whole session: what was heard during it says less.
  return stock.date !== null && stock.date >= tradeDateOfEpochMs(price.at) ? null : price
}

/** A stock as lists show it. */
export function stockRowView(context: Source, stock: QuotedStock): StockRow {
  const { ticker, name, market, sector, kind, marketCap } = stock
  return {
    ticker,
    name,
    market,
    sector,
    kind,
    market_cap: marketCap,
    ...priceView(stock, livePriceOf(context, stock)),
  }
}

/** A stock with all that its list says, and the session's range. */
export function stockDetailView(context: Source, stock: QuotedStock): StockDetail {
  const live = livePriceOf(context, stock)
  const { open, high, low, previousClose } = live ?? stock
  return {
    ...stockRowView(context, stock),
    department: stock.department,
    listed_shares: stock.listedShares,
    listing_date: stock.listingDate,
    listing_reason: listingReason(stock),
    previous_close: previousClose,
    open,
    high,
    low,
    updated_at: live === null ? stock.updatedAt.toISOString() : isoOf(live.at),
  }
}

/**
 * One stock with its last bars.
 *
 * @throws RalphError E_STOCK_UNKNOWN
 */
export async function quotedStock({ store }: Source, ticker: string): Promise<QuotedStock> {
  const [stock] = await store.repositories.quotes.page({ tickers: [ticker], limit: 1 })
  if (stock !== undefined) return stock
  throw new RalphError('E_STOCK_UNKNOWN', `no stock has the ticker "${ticker}"`, { ticker })
}

/** Stocks by ticker, in one statement; an unknown one is absent. */
export async function quotedStocks(
  { store }: Source,
  tickers: readonly string[],
): Promise<ReadonlyMap<string, QuotedStock>> {
  if (tickers.length === 0) return new Map()
  const stocks = await store.repositories.quotes.page({ tickers: [...new Set(tickers)] })
  return new Map(stocks.map((stock) => [stock.ticker, stock]))
}

function percentFrom(before: number | null, now: number): number | null {
  return before === null || before === 0 ? null : (now / before - 1) * 100
}
