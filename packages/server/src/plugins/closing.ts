import { RalphError } from '@ralph-stock/core'
import fastifyPlugin from 'fastify-plugin'

/** Ends well: no new requests, those that run are finished, and whatever is late is cut off. */
export const closingPlugin = fastifyPlugin<{ readonly closeMs: number }>(
  async (app, { closeMs }) => {
    let closing = false
    app.addHook('preClose', async () => {
      closing = true
      const late = setTimeout(() => app.server.closeAllConnections(), closeMs)
      late.unref()
      app.server.once('close', () => clearTimeout(late))
    })
    app.addHook('onRequest', async (_request, reply) => {
      if (!closing) return
      reply.header('connection', 'close')
      throw new RalphError('E_SERVER_CLOSING', 'the service is stopping')
    })
  },
  { name: 'closing' },
)
