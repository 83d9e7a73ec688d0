import type { StrategyId } from '../api/index.js'
import {
  analyzeOneBody,
  bestQuery,
  envelope,
  latestQuery,
  scanBody,
  signalList,
  stockScore,
} from '../api/index.js'
import { errorResponses, ok } from '../plugins/index.js'
import { startJob } from '../services/jobs-view.js'
import { bestSignalsView, latestSignalsView } from '../services/signal-lists.js'
import { signalQueryOf } from '../services/signal-view.js'
import { stockScoreView } from '../services/stock-views.js'
import type { Routes } from './routes.js'
import { accepted, scanPayload, startSchema } from './scan-routes.js'

/** Where a route stands, and which strategy it is about. */
export type Place = {
  readonly url: string
  readonly tag: string
  readonly strategy: StrategyId
}

/** What may go wrong where a card is made on the spot. */
export const analyzeErrors = errorResponses(
  'E_STOCK_UNKNOWN',
  'E_STRATEGY_UNKNOWN',
  'E_SESSION_NONE',
  'E_DATE_INVALID',
  'E_ENGINE_EMPTY',
)

// The routes that services have under names of their own, and the gateway under those known outside.

/** Signals of the newest date that has any. */
export function latestSignalsRoute({ url, tag, strategy }: Place): Routes {
  return async (app, { context }) => {
    app.get(
      url,
      {
        config: { scope: 'read' },
        schema: {
          tags: [tag],
          summary: 'Signals of the newest date that has any, best first, with prices of now',
          querystring: latestQuery,
          response: { 200: envelope(signalList), ...errorResponses() },
        },
      },
      async ({ query: { limit } }) =>
        ok(context, await latestSignalsView(context, { strategyId: strategy, limit })),
    )
  }
}

/** Open signals. `of` names the strategy in the summary. */
export function openSignalsRoute({ url, tag, strategy }: Place, of: string): Routes {
  return async (app, { context }) => {
    app.get(
      url,
      {
        config: { scope: 'read' },
        schema: {
          tags: [tag],
          summary: `Open signals of ${of}, best first, with prices of now`,
          querystring: bestQuery,
          response: { 200: envelope(signalList), ...errorResponses() },
        },
      },
      async ({ query }) =>
        ok(context, await bestSignalsView(context, openOf({ ...query, strategy }))),
    )
  }
}

/** The card of one stock, asked for by a body. */
export function analyzeRoute({ url, tag, strategy }: Place): Routes {
  return async (app, { context }) => {
    app.post(
      url,
      {
        config: { scope: 'read', costly: true },
        schema: {
          tags: [tag],
          summary: 'The card of one stock, made now',
          body: analyzeOneBody,
          response: { 200: envelope(stockScore), ...analyzeErrors },
        },
      },
      async ({ body: { ticker, date } }) =>
        ok(context, await stockScoreView(context, ticker, strategy, date)),
    )
  }
}

/** Starts a scan. `of` names the strategy in the summary. */
export function startScanRoute({ url, strategy }: Omit<Place, 'tag'>, of: string): Routes {
  return async (app, { context }) => {
    app.post(
      url,
      {
        config: { scope: 'scan', costly: true },
        schema: startSchema(`Starts a scan of ${of}`, scanBody),
      },
      ({ body }, reply) =>
        accepted(context, reply, startJob(context, 'scan', scanPayload(strategy, body))),
    )
  }
}

/** A filter of a request for signals that are open. */
export function openOf(query: Parameters<typeof signalQueryOf>[0]) {
  const { limit } = query
  return {
    ...signalQueryOf({ ...query, status: 'OPEN' }),
    ...(limit === undefined ? {} : { limit }),
  }
}
