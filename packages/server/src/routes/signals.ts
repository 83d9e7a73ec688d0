import {
  bestQuery,
  envelope,
  type SignalPageView,
  signalList,
  signalPage,
  signalQuery,
  topQuery,
} from '../api/index.js'
import { errorResponses, type Good, ok } from '../plugins/index.js'
import { bestSignalsView } from '../services/signal-lists.js'
import { signalPageView, signalQueryOf } from '../services/signal-view.js'
import { signalPageText } from '../services/signal-writer.js'
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
    async ({ query }, reply) => {
      const { limit, include } = query
      const filter = signalQueryOf(query)
      if (include === 'card') return ok(context, await signalPageView(context, filter, limit))
      reply.type('application/json; charset=utf-8')
      // Sound: it is that answer, written already.
      return (await signalPageText(context, filter, limit)) as unknown as Good<SignalPageView>
    },
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
