import {
  chart,
  chartQuery,
  envelope,
  flow,
  flowQuery,
  scoreQuery,
  stockScore,
  tickerParams,
} from '../api/index.js'
import { errorResponses, ok } from '../plugins/index.js'
import { chartView } from '../services/chart-view.js'
import { flowView, stockScoreView } from '../services/stock-views.js'
import type { Routes } from './routes.js'

const tags = ['stocks']
const unknownStock = errorResponses('E_STOCK_UNKNOWN')

/** What is known of one stock: bars, flows, cards. */
export const stockDataRoutes: Routes = async (app, { context }) => {
  // The second name is the older one.
  for (const url of ['/api/kr/stocks/:ticker/chart', '/api/kr/stock-chart/:ticker']) {
    app.get(
      url,
      {
        config: { scope: 'read' },
        schema: {
          tags,
          summary: 'Daily bars with their averages and bands',
          params: tickerParams,
          querystring: chartQuery,
          response: { 200: envelope(chart), ...unknownStock },
        },
      },
      async ({ params: { ticker }, query: { period, live } }) =>
        ok(context, await chartView(context, ticker, period, live)),
    )
  }
  app.get(
    '/api/kr/stocks/:ticker/flow',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Net buying of foreigners and institutions, newest first',
        params: tickerParams,
        querystring: flowQuery,
        response: { 200: envelope(flow), ...unknownStock },
      },
    },
    async ({ params, query }) => ok(context, await flowView(context, params.ticker, query.days)),
  )
  app.get(
    '/api/kr/stocks/:ticker/score',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'The cards of one stock',
        params: tickerParams,
        querystring: scoreQuery,
        response: {
          200: envelope(stockScore),
          ...errorResponses(
            'E_STOCK_UNKNOWN',
            'E_STRATEGY_UNKNOWN',
            'E_MARKET_NEEDED',
            'E_SESSION_NONE',
            'E_DATE_INVALID',
            'E_ENGINE_EMPTY',
          ),
        },
      },
    },
    async ({ params: { ticker }, query: { strategy, date } }) =>
      ok(context, await stockScoreView(context, ticker, strategy, date)),
  )
}
