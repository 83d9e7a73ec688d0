import { analyses, analyzeBody, daytradeQuery, daytradeSignals, envelope } from '../api/index.js'
import { errorResponses, ok } from '../plugins/index.js'
import { analysesView } from '../services/many-cards.js'
import { latestSignalsView } from '../services/signal-lists.js'
import { signalQueryOf } from '../services/signal-view.js'
import { type Routes, together } from './routes.js'
import { startScanRoute } from './strategy-routes.js'

const tags = ['daytrading']
const DAY_TRADE = 'daytrade'

const cardRoutes: Routes = async (app, { context }) => {
  app.get(
    '/api/daytrading/signals',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Signals of the newest date that has any, best first, with prices of now',
        querystring: daytradeQuery,
        response: { 200: envelope(daytradeSignals), ...errorResponses() },
      },
    },
    async ({ query: { min_score, market, limit, format } }) => {
      const filter = signalQueryOf({ strategy: DAY_TRADE, market, min_score })
      const list = await latestSignalsView(context, { ...filter, limit })
      return ok(context, format === 'list' ? list.signals : list)
    },
  )
  app.post(
    '/api/daytrading/analyze',
    {
      config: { scope: 'read', costly: true },
      schema: {
        tags,
        summary: 'Cards of up to 100 stocks, made now, or why one has none',
        body: analyzeBody,
        response: {
          200: envelope(analyses),
          ...errorResponses('E_STRATEGY_UNKNOWN', 'E_ENGINE_EMPTY'),
        },
      },
    },
    async ({ body: { tickers } }) => ok(context, await analysesView(context, DAY_TRADE, tickers)),
  )
}

/** The day trade (단타). The service alone and the gateway serve it under one name. */
export const daytradingRoutes: Routes = together(
  cardRoutes,
  startScanRoute({ url: '/api/daytrading/scan', strategy: DAY_TRADE }, 'the day trade'),
)
