import { envelope, root } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { type Api, errorResponses, ok } from '../plugins/index.js'

/** Tells who comes to `/` what is here, where no page is served. */
export function rootRoute(app: Api, context: ServerContext): void {
  app.route({
    method: 'GET',
    url: '/',
    config: { scope: 'open' },
    schema: {
      tags: ['system'],
      summary: 'What is here',
      response: { 200: envelope(root), ...errorResponses() },
    },
    handler: async () =>
      ok(context, {
        message: 'Ralph Stock',
        version: context.version,
        docs: '/docs',
        socket: '/ws',
        status: 'ok' as const,
      }),
  })
}
