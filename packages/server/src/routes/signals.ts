import {
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
import { openOf, openSignalsRoute } from './strategy-routes.js'

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
export const vcpSignalRoutes: Routes = openSignalsRoute(
  { url: '/api/kr/signals/vcp', tag: 'signals', strategy: 'vcp' },
  'the VCP',
)
