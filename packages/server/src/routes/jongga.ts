import { z } from 'zod'
import { datesQuery, envelope, job, signalDates, signalHistory, tradeDate } from '../api/index.js'
import { errorResponses, ok } from '../plugins/index.js'
import { foundJob } from '../services/jobs-view.js'
import { signalDatesView, signalHistoryView } from '../services/signal-lists.js'
import { type Routes, together } from './routes.js'
import { analyzeRoute, latestSignalsRoute, startScanRoute } from './strategy-routes.js'

const tag = 'closing-bet'
const tags = [tag]
const strategy = 'closing-bet'

const archiveRoutes: Routes = async (app, { context }) => {
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
    async ({ query: { limit } }) => ok(context, await signalDatesView(context, strategy, limit)),
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
    async ({ params: { date } }) => ok(context, await signalHistoryView(context, strategy, date)),
  )
}

const statusRoute: Routes = async (app, { context }) => {
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

/** The closing bet (종가베팅 V2) under the name by which it has been known. */
export const jonggaRoutes: Routes = together(
  latestSignalsRoute({ url: '/api/kr/jongga-v2/latest', tag, strategy }),
  archiveRoutes,
  analyzeRoute({ url: '/api/kr/jongga-v2/analyze', tag, strategy }),
  startScanRoute({ url: '/api/kr/jongga-v2/run', strategy }, 'the closing bet'),
  statusRoute,
)
