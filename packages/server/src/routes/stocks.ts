import { z } from 'zod'
import {
  dataGaps,
  envelope,
  gapQuery,
  plainText,
  signalLifeQuery,
  stockDetail,
  stockPage,
  stockQuery,
  stockSignals,
  tickerParams,
} from '../api/index.js'
import { errorResponses, ok } from '../plugins/index.js'
import { quotedStock, stockDetailView } from '../services/quote-view.js'
import { stockSignalsView } from '../services/signal-lists.js'
import { dataGapsView, foundStocks, stockPageView } from '../services/stock-lists.js'
import type { Routes } from './routes.js'

const tags = ['stocks']

/** Stocks by list and by ticker. */
export const stockRoutes: Routes = async (app, { context }) => {
  app.get(
    '/api/kr/stocks',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Stocks with their prices, the largest first',
        querystring: stockQuery,
        response: { 200: envelope(stockPage), ...errorResponses() },
      },
    },
    async ({ query }) => ok(context, await stockPageView(context, query)),
  )
  app.get(
    '/api/kr/stocks/search',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Stocks by a ticker or a part of the name, an exact match first',
        querystring: z.object({
          q: plainText(50).trim().min(1),
          limit: z.coerce.number().int().min(1).max(50).default(10),
        }),
        response: { 200: envelope(stockPage), ...errorResponses() },
      },
    },
    async ({ query: { q, limit } }) => ok(context, await foundStocks(context, q, limit)),
  )
  app.get(
    '/api/kr/stocks/:ticker',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'One stock',
        params: tickerParams,
        response: { 200: envelope(stockDetail), ...errorResponses('E_STOCK_UNKNOWN') },
      },
    },
    async ({ params }) => {
      const stock = await quotedStock(context, params.ticker)
      return ok(context, stockDetailView(context, stock))
    },
  )
  app.get(
    '/api/kr/stocks/:ticker/signals',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Signals of one stock, newest first',
        params: tickerParams,
        querystring: signalLifeQuery,
        response: { 200: envelope(stockSignals), ...errorResponses('E_STOCK_UNKNOWN') },
      },
    },
    async ({ params, query }) => ok(context, await stockSignalsView(context, params.ticker, query)),
  )
  app.get(
    '/api/kr/data-gap-monitor',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Stocks whose bars end early, or that have none',
        querystring: gapQuery,
        response: { 200: envelope(dataGaps), ...errorResponses('E_SESSION_NONE') },
      },
    },
    async ({ query }) => ok(context, await dataGapsView(context, query.days_threshold)),
  )
}
