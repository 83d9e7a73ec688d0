import type { QuotedStock } from '@ralph-stock/adapters-timescale'
import type { PriceView, RealtimePrice, RealtimePricesView } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { livePriceOf, priceView, quotedStocks } from './quote-view.js'

type Source = Pick<ServerContext, 'live' | 'store' | 'clock'>

const UNKNOWN: PriceView = {
  price: null,
  change: null,
  change_pct: null,
  volume: null,
  traded_value: null,
  as_of: null,
  price_at: null,
  source: null,
}

/** The price of a stock; unknown where it is older than `mostSeconds`, or its age is. */
export function realtimePriceView(
  context: Source,
  stock: QuotedStock,
  mostSeconds: number | null,
): RealtimePrice {
  const live = livePriceOf(context, stock)
  const isOld =
    mostSeconds !== null && (live === null || context.clock.now() - live.at > mostSeconds * 1000)
  const { ticker, name } = stock
  return { ticker, name, ...(isOld ? UNKNOWN : priceView(stock, live)) }
}

/** Prices by ticker, in one statement; the tickers that no stock has are listed. */
export async function realtimePricesView(
  context: Source,
  tickers: readonly string[],
  mostSeconds: number | null,
): Promise<RealtimePricesView> {
  const stocks = await quotedStocks(context, tickers)
  const prices: Record<string, RealtimePrice> = {}
  for (const [ticker, stock] of stocks) {
    prices[ticker] = realtimePriceView(context, stock, mostSeconds)
  }
  return { prices, unknown: [...new Set(tickers)].filter((ticker) => !stocks.has(ticker)) }
}
