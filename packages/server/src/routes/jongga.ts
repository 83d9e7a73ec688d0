import { z } from 'zod'
import {
  analyzeOneBody,
  datesQuery,
  envelope,
  job,
  latestQuery,
  scanBody,
  signalDates,
  signalHistory,
  signalList,
  stockScore,
  tradeDate,
} from '../api/index.js'
import { errorResponses, ok } from '../plugins/index.js'
import { foundJob, startJob } from '../services/jobs-view.js'
import { latestSignalsView, signalDatesView, signalHistoryView } from '../services/signal-lists.js'
import { stockScoreView } from '../services/stock-views.js'
import type { Routes } from './routes.js'
import { accepted, scanPayload, startSchema } from './scan-routes.js'

const tags = ['closing-bet']
const CLOSING_BET = 'closing-bet'
export const analyzeErrors = errorResponses(
  'E_STOCK_UNKNOWN',
  'E_STRATEGY_UNKNOWN',
  'E_SESSION_NONE',
  'E_DATE_INVALID',
  'E_ENGINE_EMPTY',
)

/** The closing bet (종가베팅 V2) under the name by which it has been known. */
export const jonggaRoutes: Routes = async (app, { context }) => {
  app.get(
    '/api/kr/jongga-v2/latest',
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
  app.get(
    '/api/kr/jongga-v2/dates',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Dates with signals, newest first',
        querystring: datesQuery,
        response: { 200: envelope(signalDates), ...errorResponses() },
      },
    },
    async ({ query: { limit } }) => ok(context, await signalDatesView(context, CLOSING_BET, limit)),
  )
  app.get(
    '/api/kr/jongga-v2/history/:date',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Signals of a date, best first; none where none was given',
        params: z.object({ date: tradeDate }),
        response: { 200: envelope(signalHistory), ...errorResponses() },
      },
    },
    async ({ params: { date } }) =>
      ok(context, await signalHistoryView(context, CLOSING_BET, date)),
  )
  app.post(
    '/api/kr/jongga-v2/analyze',
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
  app.post(
    '/api/kr/jongga-v2/run',
    {
      config: { scope: 'scan', costly: true },
      schema: startSchema('Starts a scan of the closing bet', scanBody),
    },
    ({ body }, reply) =>
      accepted(context, reply, startJob(context, 'scan', scanPayload(CLOSING_BET, body))),
  )
  app.get(
    '/api/kr/jongga-v2/status/:id',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'A scan that was started',
        params: z.object({ id: z.string().min(1).max(150) }),
        response: { 200: envelope(job), ...errorResponses('E_JOB_UNKNOWN') },
      },
    },
    async ({ params: { id } }) => ok(context, await foundJob(context, id)),
  )
}
