import { z } from 'zod'
import type { StrategyId } from '../api/index.js'
import {
  envelope,
  type ScanBody,
  type StartedJobView,
  scanBody,
  scanQuery,
  scanResult,
  scanState,
  startedJob,
} from '../api/index.js'
import type { JobPayload, ServerContext } from '../context.js'
import { errorResponses, ok } from '../plugins/index.js'
import { scanStateView, startJob } from '../services/jobs-view.js'
import { scanResultView } from '../services/scan-view.js'
import { namesOf, strategyOfName } from '../services/strategy-names.js'
import type { Routes } from './routes.js'

const tags = ['scan']
const startErrors = errorResponses('E_JOB_RUNNING', 'E_STRATEGY_UNKNOWN')

/** What a scan of a strategy is asked to do. */
export function scanPayload(strategy: StrategyId, body: ScanBody): JobPayload {
  const { date, market, min_grade, save } = body
  return {
    strategy,
    market,
    save,
    ...(date === undefined ? {} : { date }),
    ...(min_grade === undefined ? {} : { min_grade }),
  }
}

/** Schema of a route that starts a job. */
export function startSchema<Body extends z.ZodType>(summary: string, body: Body) {
  return { tags, summary, body, response: { 202: envelope(startedJob), ...startErrors } }
}

type Reply = {
  code(status: 202): { header(name: string, value: string): unknown }
}

/** Answers 202 with the address of a job that was started. */
export async function accepted(
  context: ServerContext,
  reply: Reply,
  started: Promise<StartedJobView>,
) {
  const view = await started
  reply.code(202).header('location', view.href)
  return ok(context, view)
}

/** The routes of one strategy's scan, under all of its names. */
export function scanRoutesOf(strategy: StrategyId): Routes {
  return async (app, options) => {
    for (const name of namesOf(strategy)) {
      await app.register(
        scanRoutesAt(`/api/kr/scan/${name}`, () => strategy, z.object({})),
        options,
      )
    }
  }
}

/** The routes of every other strategy's scan. */
export const anyScanRoutes: Routes = scanRoutesAt(
  '/api/kr/scan/:strategy',
  ({ strategy = '' }) => strategyOfName(strategy),
  z.object({ strategy: z.string().max(50).describe('Id of a strategy') }),
)

function scanRoutesAt(
  url: string,
  strategyOf: (params: { strategy?: string }) => StrategyId,
  params: z.ZodType<{ strategy?: string }>,
): Routes {
  return async (app, { context }) => {
    app.post(
      url,
      {
        config: { scope: 'scan', costly: true },
        schema: { ...startSchema('Starts a scan of the market', scanBody), params },
      },
      ({ params, body }, reply) => {
        const strategy = strategyOf(params)
        return accepted(context, reply, startJob(context, 'scan', scanPayload(strategy, body)))
      },
    )
    app.get(
      url,
      {
        config: { scope: 'read' },
        schema: {
          tags,
          summary: 'The scan under way, and the last one',
          params,
          response: { 200: envelope(scanState), ...errorResponses('E_STRATEGY_UNKNOWN') },
        },
      },
      async ({ params }) => ok(context, await scanStateView(context, strategyOf(params))),
    )
    app.get(
      `${url}/result`,
      {
        config: { scope: 'read', costly: true },
        schema: {
          tags,
          summary: 'The cards of a session, made now, best first',
          params,
          querystring: scanQuery,
          response: {
            200: envelope(scanResult),
            ...errorResponses(
              'E_STRATEGY_UNKNOWN',
              'E_SESSION_NONE',
              'E_DATE_INVALID',
              'E_ENGINE_EMPTY',
            ),
          },
        },
      },
      async ({ params, query }) =>
        ok(context, await scanResultView(context, strategyOf(params), query)),
    )
  }
}
