import {
  bestQuery,
  envelope,
  scanBody,
  signalList,
  stockScore,
  tickerParams,
} from '../api/index.js'
import { errorResponses, ok } from '../plugins/index.js'
import { startJob } from '../services/jobs-view.js'
import { bestSignalsView } from '../services/signal-lists.js'
import { signalQueryOf } from '../services/signal-view.js'
import { stockScoreView } from '../services/stock-views.js'
import { analyzeErrors } from './jongga.js'
import type { Routes } from './routes.js'
import { accepted, scanPayload, startSchema } from './scan-routes.js'

const tags = ['vcp-scanner']

/** The VCP scanner's own routes, when it runs alone. */
export const vcpScannerRoutes: Routes = async (app, { context }) => {
  app.get(
    '/signals',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Open signals of the VCP, best first, with prices of now',
        querystring: bestQuery,
        response: { 200: envelope(signalList), ...errorResponses() },
      },
    },
    async ({ query: { limit, ...query } }) => {
      const filter = signalQueryOf({ ...query, strategy: 'vcp', status: 'OPEN' })
      return ok(context, await bestSignalsView(context, { ...filter, limit }))
    },
  )
  app.post(
    '/scan',
    {
      config: { scope: 'scan', costly: true },
      schema: startSchema('Starts a scan of the VCP', scanBody),
    },
    ({ body }, reply) =>
      accepted(context, reply, startJob(context, 'scan', scanPayload('vcp', body))),
  )
  app.get(
    '/analyze/:ticker',
    {
      config: { scope: 'read', costly: true },
      schema: {
        tags,
        summary: 'The card of one stock, made now',
        params: tickerParams,
        response: { 200: envelope(stockScore), ...analyzeErrors },
      },
    },
    async ({ params: { ticker } }) =>
      ok(context, await stockScoreView(context, ticker, 'vcp', undefined)),
  )
}
