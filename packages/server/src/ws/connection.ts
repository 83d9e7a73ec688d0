import type { WebSocket } from 'ws'
import { type Channel, lastFrame } from './channel.js'
import { jsonFrame } from './frame.js'
import type { Joiner, Sink } from './joiner.js'
import { CLOSE_CODES, type ControlMessage } from './protocol.js'

/** One client's interest in one topic. */
export type Subscription = {
  readonly connection: Connection
  readonly channel: Channel
  /** False until its snapshot was given: nothing else is sent of the topic before. */
  ready: boolean
  /** Whether it is in the list of what its connection has to send. */
  waiting: boolean
  /** Number of the last message that was given. */
  sent: number
  /** Whether the client has left the topic. */
  left: boolean
}

/** What connections count together. */
export type Counters = { delivered: number; conflated: number; replies: number; bytes: number }

/**
 * One client. It holds no queue of messages: of a state it remembers that it has to send the last, of
 * events how far it came. So what a client costs does not grow with how slow it is.
 */
export interface Connection {
  readonly id: string
  readonly address: string
  readonly subscriptions: Map<string, Subscription>
  /** Pings since anything was heard of it, or it took bytes that waited. */
  unanswered: number
  /** Number of the last flush that had something for it. */
  turn: number
  /** Whether bytes wait for the client to take them. */
  readonly blocked: boolean
  readonly open: boolean
  /** Answers it, after what was answered before. */
  reply(message: ControlMessage | Buffer): void
  /** Has something of a topic to send; `pump` sends it. */
  wake(subscription: Subscription): void
  /** Writes what there is to send, as far as the client takes it. */
  pump(): void
  /** Closes it; what was not written is not sent any more. */
  end(code: number, reason: string): void
  /** Closes it once all that waits has been written. */
  finish(code: number, reason: string): void
  /** Pings it, in the protocol and as a message. Where bytes wait, taking those is answer enough. */
  ping(frame: Buffer): void
  /** Ends it without a word: nobody is there to hear one. */
  kill(): void
  /** Its socket has closed. */
  gone(code: number): void
}

/** What a connection is made of. */
export type ConnectionParts = {
  readonly id: string
  readonly address: string
  readonly ws: WebSocket
  /** The socket below `ws`: whole frames are written to it, as `ws` itself does. */
  readonly socket: Sink
  readonly joiner: Joiner
  readonly counters: Counters
  readonly replyBytes: number
  /** Called once, when nothing more is sent to it. */
  readonly onEnd: (connection: Connection, code: number) => void
}

/** The code of a connection that ended without one (RFC 6455, section 7.4.1). */
const NO_WORD = 1006

/** Makes a connection of an open socket, which must not compress. */
export function createConnection(parts: ConnectionParts): Connection {
  const { ws, socket, joiner, counters } = parts
  const replies: Buffer[] = []
  const events: Subscription[] = []
  const states: Subscription[] = []
  let replyBytes = 0
  // Writes whose end was not told yet: `pump` is called when it is.
  let underWay = 0
  let open = true
  let wasBlocked = false
  let goodbye: { readonly code: number; readonly reason: string } | null = null

  const isBlocked = (): boolean => underWay > 0 && socket.writableLength > 0

  const written = (error?: Error | null): void => {
    underWay--
    if (error != null) return
    // Bytes that waited have been taken: whoever took them lives.
    if (wasBlocked) connection.unanswered = 0
    wasBlocked = isBlocked()
    if (goodbye !== null || replies.length + events.length + states.length > 0) pump()
  }

  const take = (): void => {
    counters.replies += takeReplies(replies, joiner)
    if (replies.length > 0) return
    replyBytes = 0
    counters.delivered += takeEvents(events, joiner)
    if (events.length === 0) counters.delivered += takeStates(states, joiner)
  }

  const pump = (): void => {
    while (open && ws.readyState === ws.OPEN && !isBlocked()) {
      take()
      if (joiner.frames > 0) {
        underWay++
        counters.bytes += joiner.send(socket, written)
        wasBlocked = isBlocked()
      } else if (events.length > 0) {
        connection.end(CLOSE_CODES.tryLater, 'too far behind')
      } else {
        if (goodbye !== null) connection.end(goodbye.code, goodbye.reason)
        return
      }
    }
  }

  const stop = (code: number): void => {
    if (!open) return
    open = false
    replies.length = 0
    events.length = 0
    states.length = 0
    parts.onEnd(connection, code)
  }

  const connection: Connection = {
    id: parts.id,
    address: parts.address,
    subscriptions: new Map(),
    unanswered: 0,
    turn: 0,
    get blocked() {
      return isBlocked()
    },
    get open() {
      return open
    },
    reply: (message) => {
      if (!open) return
      const frame = Buffer.isBuffer(message) ? message : jsonFrame(message)
      replyBytes += frame.length
      replies.push(frame)
      if (replyBytes > parts.replyBytes) {
        connection.end(CLOSE_CODES.tryLater, 'answers are not read')
      }
    },
    wake: (subscription) => {
      if (subscription.waiting || !open) return
      subscription.waiting = true
      if (subscription.channel.log === null) states.push(subscription)
      else events.push(subscription)
    },
    pump,
    end: (code, reason) => {
      stop(code)
      ws.close(code, reason)
    },
    finish: (code, reason) => {
      goodbye = { code, reason }
      pump()
    },
    ping: (frame) => {
      connection.unanswered++
      if (!open || isBlocked()) return
      ws.ping()
      connection.reply(frame)
      pump()
    },
    kill: () => {
      stop(NO_WORD)
      ws.terminate()
    },
    gone: stop,
  }
  return connection
}

function takeReplies(replies: Buffer[], joiner: Joiner): number {
  let taken = 0
  for (const frame of replies) {
    if (!joiner.add(frame)) break
    taken++
  }
  if (taken > 0) replies.splice(0, taken)
  return taken
}

/** Takes events as far as they fit. Nothing fits of a topic whose next message is not kept any more. */
function takeEvents(events: Subscription[], joiner: Joiner): number {
  let messages = 0
  let done = 0
  for (const one of events) {
    const { log } = one.channel
    while (!one.left && log !== null && one.sent < log.last) {
      if (one.sent + 1 < log.oldest || !joiner.add(log.at(one.sent + 1))) {
        events.splice(0, done)
        return messages
      }
      one.sent++
      messages++
    }
    one.waiting = false
    done++
  }
  events.length = 0
  return messages
}

function takeStates(states: Subscription[], joiner: Joiner): number {
  let messages = 0
  let done = 0
  for (const one of states) {
    const { channel } = one
    const frame = one.left || one.sent === channel.seq ? null : lastFrame(channel)
    if (frame !== null) {
      if (!joiner.add(frame)) {
        states.splice(0, done)
        return messages
      }
      one.sent = channel.seq
      messages++
    }
    one.waiting = false
    done++
  }
  states.length = 0
  return messages
}
