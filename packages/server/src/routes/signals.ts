import { bestQuery, envelope, signalList, signalPage, signalQuery, topQuery } from '../api/index.js'
import { errorResponses, ok } from '../plugins/index.js'
import { bestSignalsView } from '../services/signal-lists.js'
import { signalPageView, signalQueryOf } from '../services/signal-view.js'
import type { Routes } from './routes.js'

const tags = ['signals']

/** Signals of every strategy. */
export const signalRoutes: Routes = async (app, { context }) => {
  app.get(
    '/api/kr/signals',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Signals, newest first',
        querystring: signalQuery,
        response: { 200: envelope(signalPage), ...errorResponses() },
      },
    },
    async ({ query }) =>
      ok(context, await signalPageView(context, signalQueryOf(query), query.limit)),
  )
  app.get(
    '/api/kr/signals/top',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Open signals of a strategy, best first, with prices of now',
        querystring: topQuery,
        response: { 200: envelope(signalList), ...errorResponses() },
      },
    },
    async ({ query }) => ok(context, await bestSignalsView(context, openOf(query))),
  )
}

/** Signals of the VCP. */
export const vcpSignalRoutes: Routes = async (app, { context }) => {
  app.get(
    '/api/kr/signals/vcp',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Open signals of the VCP, best first, with prices of now',
        querystring: bestQuery,
        response: { 200: envelope(signalList), ...errorResponses() },
      },
    },
    async ({ query }) =>
      ok(context, await bestSignalsView(context, openOf({ ...query, strategy: 'vcp' }))),
  )
}

function openOf(query: Parameters<typeof signalQueryOf>[0]) {
  const { limit } = query
  return {
    ...signalQueryOf({ ...query, status: 'OPEN' }),
    ...(limit === undefined ? {} : { limit }),
  }
}
