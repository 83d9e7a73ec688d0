import {
  analyzeOneBody,
  envelope,
  latestQuery,
  scanBody,
  signalList,
  stockScore,
} from '../api/index.js'
import { errorResponses, ok } from '../plugins/index.js'
import { startJob } from '../services/jobs-view.js'
import { latestSignalsView } from '../services/signal-lists.js'
import { stockScoreView } from '../services/stock-views.js'
import { analyzeErrors } from './jongga.js'
import type { Routes } from './routes.js'
import { accepted, scanPayload, startSchema } from './scan-routes.js'

const tags = ['signal-engine']
const CLOSING_BET = 'closing-bet'

/** The signal engine's own routes, when it runs alone: the closing bet. */
export const signalEngineRoutes: Routes = async (app, { context }) => {
  app.get(
    '/signals/latest',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Signals of the newest date that has any, best first, with prices of now',
        querystring: latestQuery,
        response: { 200: envelope(signalList), ...errorResponses() },
      },
    },
    async ({ query: { limit } }) =>
      ok(context, await latestSignalsView(context, { strategyId: CLOSING_BET, limit })),
  )
  app.post(
    '/generate',
    {
      config: { scope: 'scan', costly: true },
      schema: startSchema('Starts a scan of the closing bet', scanBody),
    },
    ({ body }, reply) =>
      accepted(context, reply, startJob(context, 'scan', scanPayload(CLOSING_BET, body))),
  )
  app.post(
    '/analyze',
    {
      config: { scope: 'read', costly: true },
      schema: {
        tags,
        summary: 'The card of one stock, made now',
        body: analyzeOneBody,
        response: { 200: envelope(stockScore), ...analyzeErrors },
      },
    },
    async ({ body: { ticker, date } }) =>
      ok(context, await stockScoreView(context, ticker, CLOSING_BET, date)),
  )
}
