import { connect as connectTcp, type Socket } from 'node:net'
import { systemClock } from '@ralph-stock/adapters-kiwoom'
import Fastify, { type FastifyInstance } from 'fastify'
import { expect } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import { createHub, type Hub, type HubOptions } from '../../src/ws/hub.js'
import { type WsPluginOptions, wsPlugin } from '../../src/ws/plugin.js'
import {
  type ControlMessage,
  type Publication,
  type ServerMessage,
  serverMessage,
} from '../../src/ws/protocol.js'

export type Service = {
  readonly app: FastifyInstance
  readonly hub: Hub
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

type PriceUpdate = Extract<Publication, { type: 'price_update' }>

/** A service on a free port with nothing but the socket. */
export async function startService(
  options: Partial<HubOptions> = {},
  plugin: Partial<WsPluginOptions> = {},
): Promise<Service> {
  const hub = createHub({ clock: systemClock, ...options })
  const app = Fastify()
  app.get('/other', async () => ({ plain: true }))
  await app.register(wsPlugin, { hub, origins: [], ...plugin })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = new URL(app.listeningOrigin)
  return {
    app,
    hub,
    port: Number(port),
    url: `ws://127.0.0.1:${port}/ws`,
    close: () => app.close(),
  }
}

/** A client that keeps what it gets, each message checked against the protocol. */
export type Client = {
  readonly ws: WebSocket
  readonly got: ServerMessage[]
  send(message: unknown): void
  /** The next message that was not taken yet, if need be once it has come. */
  next(): Promise<ServerMessage>
  /** The next of a type; what comes before is passed over. */
  until<T extends ServerMessage['type']>(type: T): Promise<Extract<ServerMessage, { type: T }>>
  /** The code that it was closed with. */
  readonly closed: Promise<number>
}

export async function connect(
  url: string,
  options: ClientOptions = {},
  protocols: string[] = [],
): Promise<Client> {
  const ws = new WebSocket(url, protocols, options)
  const got: ServerMessage[] = []
  let taken = 0
  let wake = (): void => {}
  ws.on('message', (data) => {
    got.push(serverMessage.parse(JSON.parse(String(data))))
    wake()
  })
  const closed = new Promise<number>((resolve) => {
    ws.on('close', (code) => {
      resolve(code)
      wake()
    })
  })
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve)
    ws.once('error', reject)
  })
  ws.on('error', () => {})
  const next = async (): Promise<ServerMessage> => {
    for (;;) {
      const message = got[taken]
      if (message !== undefined) {
        taken++
        return message
      }
      if (ws.readyState === WebSocket.CLOSED) throw new Error('closed before the message came')
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return {
    ws,
    got,
    send: (message) => ws.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next,
    until: async (type) => {
      for (;;) {
        const message = await next()
        if (isOf(message, type)) return message
      }
    },
    closed,
  }
}

function isOf<T extends ServerMessage['type']>(
  message: ServerMessage,
  type: T,
): message is Extract<ServerMessage, { type: T }> {
  return message.type === type
}

/** A client that has read `connected`. */
export async function arrive(url: string): Promise<Client & { epoch: string }> {
  const client = await connect(url)
  const { epoch } = await client.until('connected')
  return { ...client, epoch }
}

/** Waits for what must come to be; the time limit of the test is the only one. */
export async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
}

export function price(ticker: string, value: number): PriceUpdate {
  return {
    type: 'price_update',
    ticker,
    data: {
      price: value,
      change: null,
      change_rate: null,
      volume: null,
      traded_value: null,
      bid_price: null,
      ask_price: null,
    },
    timestamp: '2026-03-31T01:00:00.000Z',
    source: 'simulator',
  }
}

/** An event with a number, and as much text as said. */
export function event(id: number, bytes = 0): Publication {
  return {
    type: 'job_update',
    timestamp: '2026-03-31T01:00:00.000Z',
    data: {
      id: String(id),
      name: 'scan',
      status: 'running',
      payload: bytes > 0 ? { text: 'x'.repeat(bytes) } : {},
      progress: null,
      result: null,
      error: null,
      attempts: 1,
      created_at: '2026-03-31T01:00:00.000Z',
      started_at: null,
      finished_at: null,
    },
  }
}

/** The error that an answer to a wrong message is. */
export async function errorOf(client: Client): Promise<ControlMessage & { type: 'error' }> {
  const message = await client.next()
  expect(message.type).toBe('error')
  // Sound: the line above has checked it.
  return message as ControlMessage & { type: 'error' }
}

/** A socket that has upgraded by hand, to send what no client would. */
export function rawSocket(port: number, path = '/ws'): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ port, host: '127.0.0.1' })
    socket.once('error', reject)
    socket.once('data', () => {
      socket.off('error', reject)
      socket.on('error', () => {})
      resolve(socket)
    })
    const key = Buffer.alloc(16, 7).toString('base64')
    const lines = [
      `GET ${path} HTTP/1.1`,
      'Host: 127.0.0.1',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${key}`,
    ]
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  })
}
