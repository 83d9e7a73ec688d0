import { dateQuery, envelope, marketGate, sectors, sessionState, universe } from '../api/index.js'
import { errorResponses, ok } from '../plugins/index.js'
import { gateView, sectorsView } from '../services/gate-view.js'
import { universeView } from '../services/scan-view.js'
import { sessionView } from '../services/session-view.js'
import type { Routes } from './routes.js'

const tags = ['market']
const dated = errorResponses(
  'E_SESSION_NONE',
  'E_DATE_INVALID',
  'E_STRATEGY_UNKNOWN',
  'E_ENGINE_EMPTY',
)

/** The market as a whole: its gate, its sectors, its session, and who is considered. */
export const marketRoutes: Routes = async (app, { context }) => {
  app.get(
    '/api/kr/market-gate',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'The market gate: GREEN, YELLOW, RED, or UNKNOWN',
        querystring: dateQuery,
        response: { 200: envelope(marketGate), ...dated },
      },
    },
    async ({ query }) => ok(context, await gateView(context, query.date)),
  )
  app.get(
    '/api/kr/market-gate/sectors',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Sectors from strongest to weakest',
        querystring: dateQuery,
        response: { 200: envelope(sectors), ...dated },
      },
    },
    async ({ query }) => ok(context, await sectorsView(context, query.date)),
  )
  app.get(
    '/api/kr/session',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Which session it is',
        response: { 200: envelope(sessionState), ...errorResponses() },
      },
    },
    async () => ok(context, await sessionView(context)),
  )
  app.get(
    '/api/kr/universe',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'How many stocks are considered, and why the others are not',
        querystring: dateQuery,
        response: {
          200: envelope(universe),
          ...errorResponses('E_SESSION_NONE', 'E_DATE_INVALID', 'E_ENGINE_EMPTY'),
        },
      },
    },
    async ({ query }) => ok(context, await universeView(context, query.date)),
  )
}
