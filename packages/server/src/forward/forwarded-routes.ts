import type { FastifyRequest } from 'fastify'
import type { Api } from '../plugins/index.js'
import type { Forwarder } from './forwarder.js'

/**
 * Makes the routes that are registered on an instance afterwards pass their requests on, as they came:
 * the service itself reads and checks them. The documentation keeps what they say of themselves.
 *
 * @param app an instance of its own
 * @param prefix what the service does not have before its paths
 */
export function forwardRoutes(app: Api, forwarder: Forwarder, prefix = ''): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  app.setValidatorCompiler(() => (value) => ({ value }))
  app.addHook('onRoute', (route) => {
    route.handler = (request, reply) => forwarder.forward(request, reply, pathOf(request, prefix))
    // What a route does around its handler is done by the service.
    for (const hook of ['preParsing', 'preValidation', 'preHandler', 'onSend'] as const) {
      delete route[hook]
    }
  })
}

function pathOf({ url }: FastifyRequest, prefix: string): string {
  const path = url.split('?')[0] ?? '/'
  return prefix !== '' && path.startsWith(prefix) ? path.slice(prefix.length) || '/' : path
}
