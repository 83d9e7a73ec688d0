import { EventEmitter } from 'node:events'
import { type IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'

/**
 * Lets only upgrades to one path reach the WebSocket plugin, which listens to what this gives.
 *
 * Every other request that names an upgrade is answered as a plain one, and its connection ended: the
 * server no longer watches a connection that asked for an upgrade, so it would stay open for ever.
 */
export function upgradesTo(app: FastifyInstance, path: string): EventEmitter {
  const ours = new EventEmitter()
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    if (isSocketRequest(request, path)) {
      ours.emit('upgrade', request, socket, head)
      return
    }
    socket.on('error', () => socket.destroy())
    const response = new ServerResponse(request)
    response.shouldKeepAlive = false
    // Sound: an HTTP server hands over the TCP or TLS socket itself.
    response.assignSocket(socket as Parameters<ServerResponse['assignSocket']>[0])
    response.on('finish', () => socket.end())
    app.routing(request, response)
  }
  const server: Server = app.server
  server.on('upgrade', onUpgrade)
  app.addHook('onClose', async () => {
    server.off('upgrade', onUpgrade)
  })
  return ours
}

function isSocketRequest(request: IncomingMessage, path: string): boolean {
  const [asked] = (request.url ?? '').split('?')
  return asked === path && request.headers.upgrade?.toLowerCase() === 'websocket'
}
