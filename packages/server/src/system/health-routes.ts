import { envelope, health, readiness } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { type Api, errorResponses, ok } from '../plugins/index.js'
import type { Served } from '../service-names.js'
import { readinessOf } from './readiness.js'

/** Whether the process lives, and whether it can do its work: for whoever starts and stops it. */
export function healthRoutes(app: Api, context: ServerContext, service: Served): void {
  const { version, clock } = context
  for (const url of ['/health', '/api/health']) {
    app.route({
      method: 'GET',
      url,
      config: { scope: 'open' },
      schema: {
        tags: ['system'],
        summary: 'Whether the service lives',
        response: { 200: envelope(health), ...errorResponses() },
      },
      handler: async () =>
        ok(context, {
          status: 'ok' as const,
          service: service === 'all' ? 'gateway' : service,
          version,
          timestamp: new Date(clock.now()).toISOString(),
        }),
    })
  }
  app.route({
    method: 'GET',
    url: '/ready',
    config: { scope: 'open' },
    schema: {
      tags: ['system'],
      summary: 'Whether the service can do its work',
      description: 'Store, broker and the age of their data; 503 with the same data when not.',
      response: {
        200: envelope(readiness),
        ...errorResponses(),
        503: envelope(readiness).describe('Not ready: the data tell why'),
      },
    },
    handler: async (_request, reply) => {
      const state = await readinessOf(context)
      reply.header('cache-control', 'no-store').code(state.ready ? 200 : 503)
      return ok(context, state)
    },
  })
}
