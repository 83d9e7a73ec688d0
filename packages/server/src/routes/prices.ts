import {
  envelope,
  realtimePrice,
  realtimePrices,
  tickerParams,
  tickersBody,
  tickersQuery,
} from '../api/index.js'
import { errorResponses, ok } from '../plugins/index.js'
import { quotedStock } from '../services/quote-view.js'
import { realtimePricesView, realtimePriceView } from '../services/realtime-prices.js'
import type { Routes } from './routes.js'

const tags = ['prices']

/** Prices of now: of the session that is on, else the last stored ones. */
export const priceRoutes: Routes = async (app, { context }) => {
  app.get(
    '/api/kr/stocks/:ticker/realtime-price',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'The price of one stock',
        params: tickerParams,
        response: { 200: envelope(realtimePrice), ...errorResponses('E_STOCK_UNKNOWN') },
      },
    },
    async ({ params }) => {
      const stock = await quotedStock(context, params.ticker)
      return ok(context, realtimePriceView(context, stock, null))
    },
  )
  app.get(
    '/api/kr/realtime-prices',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Prices of up to 200 stocks',
        querystring: tickersQuery,
        response: { 200: envelope(realtimePrices), ...errorResponses() },
      },
    },
    async ({ query }) => ok(context, await realtimePricesView(context, query.tickers, null)),
  )
  app.post(
    '/api/kr/realtime-prices',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Prices of up to 200 stocks, no older than asked',
        body: tickersBody,
        response: { 200: envelope(realtimePrices), ...errorResponses() },
      },
    },
    async ({ body: { tickers, max_age_seconds: most } }) =>
      ok(context, await realtimePricesView(context, tickers, most ?? null)),
  )
}
