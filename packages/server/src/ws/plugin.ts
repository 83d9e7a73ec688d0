import websocket from '@fastify/websocket'
import type { ErrorCode } from '@ralph-stock/core'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { envelope, errorEnvelope } from '../api/envelope.js'
import type { Hub } from './hub.js'
import { chooseProtocol, keyOf } from './key.js'
import { MOST_MESSAGE_BYTES } from './limits.js'
import { type MissingOrigin, originAllowed } from './origin.js'
import { hubStats } from './protocol.js'
import { upgradesTo } from './upgrades.js'

/** Who may connect, and to what. */
export type WsPluginOptions = {
  readonly hub: Hub
  /** Origins whose pages may connect, letter for letter: `http://127.0.0.1:5111`. */
  readonly origins: readonly string[]
  /** Whether pages of the very address that is asked may too: where its Host header was looked at. */
  readonly ownPages?: boolean
  /**
   * Who asks, by the key that is shown; null refuses. `id` is null for whoever needs none. What it
   * throws goes to the error handler of the app. Everybody may connect unless given.
   */
  readonly authorize?: (request: FastifyRequest, key: string | null) => Promise<WsVisitor | null>
  /** `loopback-or-key` unless said. */
  readonly missingOrigin?: MissingOrigin
}

/** Who connects: the id of the key, or null where none was needed. */
export type WsVisitor = { readonly id: number | null }

const PATH = '/ws'
const NOBODY: WsVisitor = { id: null }
const query = z.object({
  subscribe: z.string().max(20_000).optional().describe('Topics to begin with, by commas'),
  key: z.string().max(200).optional().describe('The key, where no header can be set'),
})

/**
 * Serves the hub at `/ws`, and its counts at `GET /ws/stats`. Origin and key are checked before the
 * upgrade: who is refused gets an answer in HTTP. When the app closes, so does the hub.
 */
export const wsPlugin: FastifyPluginAsync<WsPluginOptions> = async (app, options) => {
  const { hub, missingOrigin = 'loopback-or-key' } = options
  const origins = new Set(options.origins)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)

  const authorize = async (request: FastifyRequest, reply: FastifyReply) => {
    const key = keyOf(request.headers, request.url)
    const visitor = await (options.authorize?.(request, key) ?? NOBODY)
    if (visitor !== null) return visitor
    if (key === null) refuse(reply, 401, 'E_KEY_MISSING', 'the socket needs a key')
    else refuse(reply, 401, 'E_KEY_INVALID', 'the key is not known or not valid any more')
    return null
  }

  const admit = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const visitor = await authorize(request, reply)
    if (visitor === null) return reply
    const { origin, host } = request.headers
    const own = origin === `http://${host}` || origin === `https://${host}`
    if (own && options.ownPages === true) return undefined
    const check = { origin, address: request.ip, hasKey: visitor.id !== null }
    if (originAllowed(check, origins, missingOrigin)) return undefined
    const found = origin === undefined ? 'none' : `"${origin.slice(0, 100)}"`
    const message = `the origin must be an allowed one; found ${found}`
    return refuse(reply, 403, 'E_ORIGIN_REFUSED', message)
  }

  await app.register(websocket, {
    options: {
      maxPayload: MOST_MESSAGE_BYTES,
      perMessageDeflate: false,
      handleProtocols: chooseProtocol,
      // Sound: the plugin only listens for upgrades on it.
      server: upgradesTo(app, PATH) as FastifyInstance['server'],
    },
    // The hub hears of errors itself, and who is cut off is no error of ours.
    errorHandler: (_error, socket) => socket.terminate(),
    preClose: async () => {
      await hub.close()
    },
  })

  app.route<{ Querystring: z.infer<typeof query> }>({
    method: 'GET',
    url: PATH,
    exposeHeadRoute: false,
    schema: {
      tags: ['socket'],
      summary: 'The socket: an upgrade to WebSocket, not a request',
      querystring: query,
      response: { 400: errorEnvelope, 401: errorEnvelope, 403: errorEnvelope, 426: errorEnvelope },
    },
    preValidation: admit,
    handler: (_request, reply) => {
      reply.header('upgrade', 'websocket')
      return refuse(reply, 426, 'E_UPGRADE_NEEDED', 'this path speaks WebSocket')
    },
    wsHandler: (socket, request) => {
      const topics = request.query.subscribe?.split(',').filter((one) => one !== '') ?? []
      hub.attach(socket, { socket: request.raw.socket, address: request.ip, topics })
    },
  })

  app.route({
    method: 'GET',
    url: `${PATH}/stats`,
    schema: {
      tags: ['socket'],
      summary: 'Clients, topics and messages of the socket',
      response: { 200: envelope(hubStats), 401: errorEnvelope },
    },
    preValidation: async (request, reply) =>
      (await authorize(request, reply)) === null ? reply : undefined,
    handler: async () => ({
      success: true as const,
      data: { ...hub.stats(), busiest: busiest(hub) },
      error: null,
      timestamp: new Date().toISOString(),
    }),
  })
}

/** The topics that most clients read. */
function busiest(hub: Hub): z.infer<typeof hubStats>['busiest'] {
  const topics = [...hub.topics()].sort((a, b) => b.subscribers - a.subscribers)
  return topics.slice(0, 20)
}

function refuse(reply: FastifyReply, status: number, code: ErrorCode, message: string) {
  const error = { code, message, details: {} }
  const timestamp = new Date().toISOString()
  return reply.code(status).send({ success: false, data: null, error, timestamp })
}
