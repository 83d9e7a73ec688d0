import { randomBytes } from 'node:crypto'
import { RalphError, type Timer } from '@ralph-stock/core'
import type { RawData, WebSocket } from 'ws'
import { accept } from './channel.js'
import { createChannels } from './channels.js'
import { type Connection, type Counters, createConnection } from './connection.js'
import { createFlusher } from './flusher.js'
import { jsonFrame } from './frame.js'
import type { Hub, HubOptions, Visitor } from './hub-types.js'
import { createJoiner } from './joiner.js'
import { limitsOf } from './limits.js'
import { CLOSE_CODES } from './protocol.js'
import { readMessage } from './requests.js'
import { createTalk } from './talk.js'
import { createTokenBucket, type TokenBucket } from './token-bucket.js'
import { parseTopic, type Topic } from './topics.js'

export type {
  Hub,
  HubObserver,
  HubOptions,
  HubStats,
  TopicState,
  Visitor,
} from './hub-types.js'

/** Topics that a message names for the price of one more message. */
const TOPICS_A_PRICE = 20

/**
 * Makes a hub: topics, their numbers, and whoever reads them. Framework-free: `attach` takes an open
 * WebSocket of the `ws` package.
 *
 * A message is encoded once. States are gathered and written a few tens of times a second, events at
 * once, and all that one client gets at a moment is one write. A client that does not keep up gets the
 * last of each state when it does, and every event, or is closed to come back with its last numbers.
 *
 * @throws RalphError E_PARAM_RANGE
 */
export function createHub(options: HubOptions): Hub {
  const { clock } = options
  const limits = limitsOf(options.limits)
  const observe = options.observe ?? {}
  const epoch = randomBytes(9).toString('base64url')
  const now = (): number => clock.now()
  const counters: Counters = { delivered: 0, conflated: 0, replies: 0, bytes: 0 }
  const totals = { published: 0, connected: 0, refused: 0, slow: 0, dead: 0 }
  const channels = createChannels(limits)
  const flusher = createFlusher({ clock, limits, counters, observe })
  const talk = createTalk({ epoch, channels, limits, options, now })
  const joiner = createJoiner()
  const connections = new Set<Connection>()
  // Sockets until they are closed, also those that are only waiting to be.
  const sockets = new Map<WebSocket, string>()
  const perAddress = new Map<string, number>()
  let closing: Promise<void> | null = null

  const beat = (): void => {
    const at = now()
    const frame = jsonFrame({ type: 'ping', timestamp: new Date(at).toISOString() })
    for (const connection of connections) {
      if (connection.unanswered * limits.pingEveryMs >= limits.silenceMs) {
        totals.dead++
        connection.kill()
      } else connection.ping(frame)
    }
    channels.sweep(at)
    pulse = clock.after(limits.pingEveryMs, beat)
  }
  let pulse: Timer = clock.after(limits.pingEveryMs, beat)

  const refusalOf = (address: string): { code: number; text: string } | null => {
    if (closing !== null) return { code: CLOSE_CODES.goingAway, text: 'the service stops' }
    if (sockets.size >= limits.clients) {
      return { code: CLOSE_CODES.tryLater, text: 'too many connections' }
    }
    if ((perAddress.get(address) ?? 0) >= limits.clientsPerAddress) {
      return { code: CLOSE_CODES.tryLater, text: 'too many connections from this address' }
    }
    return null
  }

  const enter = (ws: WebSocket, address: string): void => {
    sockets.set(ws, address)
    perAddress.set(address, (perAddress.get(address) ?? 0) + 1)
    ws.once('close', () => {
      sockets.delete(ws)
      const others = (perAddress.get(address) ?? 1) - 1
      if (others > 0) perAddress.set(address, others)
      else perAddress.delete(address)
    })
  }

  const onEnd = (connection: Connection, code: number): void => {
    if (!connections.delete(connection)) return
    talk.leave(connection)
    if (code === CLOSE_CODES.tryLater) totals.slow++
    observe.closed?.(code)
  }

  const hear = (connection: Connection, bucket: TokenBucket, data: RawData): void => {
    connection.unanswered = 0
    const read = readMessage(String(data))
    const names = read.ok && 'topics' in read.message ? (read.message.topics?.length ?? 0) : 0
    if (!bucket.spend(1 + Math.floor(names / TOPICS_A_PRICE))) {
      flood(connection)
      return
    }
    if (read.ok) {
      talk.hear(connection, read.message)
      return
    }
    connection.reply({ type: 'error', code: 'E_SOCKET_MESSAGE', message: read.problem })
    connection.pump()
  }

  const flood = (connection: Connection): void => {
    const message = `at most ${limits.messages.perSecond} messages a second`
    connection.reply({ type: 'error', code: 'E_RATE_LIMIT', message })
    connection.pump()
    connection.end(CLOSE_CODES.policy, message)
  }

  const attach = (ws: WebSocket, visitor: Visitor): void => {
    const { address, socket, topics = [] } = visitor
    // What is wrong with a socket closes it; that is told by its close.
    ws.on('error', () => {})
    const refusal = refusalOf(address)
    enter(ws, address)
    if (refusal !== null) {
      totals.refused++
      ws.close(refusal.code, refusal.text)
      return
    }
    totals.connected++
    const id = randomBytes(9).toString('base64url')
    const { replyBytes } = limits
    const parts = { id, address, ws, socket, joiner, counters, replyBytes, onEnd }
    const connection = createConnection(parts)
    connections.add(connection)
    const bucket = createTokenBucket(limits.messages, now)
    ws.on('message', (data, isBinary) => {
      if (!connection.open) return
      if (!isBinary) {
        hear(connection, bucket, data)
        return
      }
      const message = 'a message must be text'
      connection.reply({ type: 'error', code: 'E_SOCKET_MESSAGE', message })
      connection.pump()
      connection.end(CLOSE_CODES.unsupported, message)
    })
    ws.on('ping', () => {
      if (connection.open && !bucket.spend(1)) flood(connection)
      connection.unanswered = 0
    })
    ws.on('pong', () => {
      connection.unanswered = 0
    })
    ws.on('close', (code) => connection.gone(code))
    const message = 'Ralph Stock: subscribe to topics'
    connection.reply({ type: 'connected', client_id: id, epoch, message })
    const asked = topics.slice(0, limits.topicsPerClient).map((name) => ({ name, seq: null }))
    talk.subscribe(connection, asked, null)
    connection.pump()
  }

  const shut = async (): Promise<void> => {
    pulse.stop()
    flusher.flush()
    flusher.stop()
    for (const connection of connections) {
      connection.finish(CLOSE_CODES.goingAway, 'the service stops')
    }
    if (sockets.size === 0) return
    await new Promise<void>((resolve) => {
      const late = clock.after(limits.closeMs, () => {
        for (const connection of connections) connection.kill()
        for (const ws of sockets.keys()) ws.terminate()
      })
      const left = (): void => {
        if (sockets.size > 0) return
        late.stop()
        resolve()
      }
      for (const ws of sockets.keys()) ws.once('close', left)
    })
  }

  const topicOf = (name: string): Topic => {
    const topic = parseTopic(name)
    if (topic !== null) return topic
    const text = `a topic must be such as price:005930 or signals; found "${name}"`
    throw new RalphError('E_TOPIC_UNKNOWN', text, { topic: name })
  }

  return {
    epoch,
    publish: (name, message, { at } = {}) => {
      const channel = channels.find(name) ?? channels.open(topicOf(name))
      if (closing !== null) return
      totals.published++
      accept(channel, message)
      channel.at = at ?? null
      channel.usedAt = now()
      flusher.mark(channel)
    },
    attach,
    topics: () =>
      [...channels.all()]
        .filter((channel) => channel.subscriptions.size > 0)
        .map(({ topic, subscriptions, seq }) => ({
          topic: topic.name,
          subscribers: subscriptions.size,
          seq,
        })),
    stats: () => {
      let topics = 0
      let subscriptions = 0
      for (const channel of channels.all()) {
        if (channel.subscriptions.size > 0) topics++
        subscriptions += channel.subscriptions.size
      }
      let behind = 0
      for (const connection of connections) if (connection.blocked) behind++
      const { delivered, conflated, bytes } = counters
      const flow = { delivered, conflated, bytes }
      return { epoch, clients: connections.size, topics, subscriptions, behind, ...flow, ...totals }
    },
    close: () => {
      closing ??= shut()
      return closing
    },
  }
}
