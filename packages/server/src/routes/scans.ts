import { z } from 'zod'
import { envelope, scanStatus } from '../api/index.js'
import { errorResponses, ok } from '../plugins/index.js'
import { scanStatusView, startJob } from '../services/jobs-view.js'
import type { Routes } from './routes.js'
import { accepted, startSchema } from './scan-routes.js'
import { startScanRoute } from './strategy-routes.js'

/** What runs and what ran last, and the sync of the list of stocks. */
export const scanStatusRoutes: Routes = async (app, { context }) => {
  app.get(
    '/api/kr/scan/status',
    {
      config: { scope: 'read' },
      schema: {
        tags: ['scan'],
        summary: 'What runs now, and the last of each kind',
        response: { 200: envelope(scanStatus), ...errorResponses() },
      },
    },
    async () => ok(context, await scanStatusView(context)),
  )
  app.post(
    '/api/kr/scan/sync-stocks',
    {
      config: { scope: 'scan', costly: true },
      schema: startSchema('Starts a sync of the list of stocks', z.object({}).prefault({})),
    },
    (_request, reply) => accepted(context, reply, startJob(context, 'sync-list', {})),
  )
}

/** The older name of the closing bet's scan. */
export const signalScanRoutes: Routes = startScanRoute(
  { url: '/api/kr/scan/signals', strategy: 'closing-bet' },
  'the closing bet',
)
