import type { SocketEvents, SocketLike, Timers } from '../../src/live/socket.js'

type Message = { readonly [field: string]: unknown }
type Asked = { readonly topic: string; readonly seq: number | null }

/** Time that passes when a test says so. */
export interface FakeTimers extends Timers {
  pass(ms: number): void
}

export function fakeTimers(): FakeTimers {
  let now = 0
  let next = 1
  const waiting = new Map<number, { readonly at: number; readonly callback: () => void }>()
  return {
    now: () => now,
    set: (callback, ms) => {
      waiting.set(next, { at: now + ms, callback })
      return next++
    },
    clear: (timer) => {
      if (typeof timer === 'number') waiting.delete(timer)
    },
    pass: (ms) => {
      const end = now + ms
      for (;;) {
        const due = [...waiting]
          .filter(([, { at }]) => at <= end)
          .sort(([, a], [, b]) => a.at - b.at)[0]
        if (due === undefined) break
        waiting.delete(due[0])
        now = Math.max(now, due[1].at)
        due[1].callback()
      }
      now = end
    },
  }
}

/** The service's side of a topic of events: it keeps the latest, as the real one does. */
export interface FakeService {
  open(events: SocketEvents): SocketLike
  readonly sockets: number
  readonly said: readonly Message[]
  /** Every value that was published, in order. */
  readonly published: readonly number[]
  publish(value: number): void
  /** Sends what waits in the wire. */
  deliver(): void
  /** The connection breaks; what is in the wire is lost. */
  drop(): void
  /** Numbers begin anew and nothing of the past is kept. */
  restart(): void
  refuse(refuses: boolean): void
}

const TOPIC = 'signals'
const KEPT = 5

/** Makes a service with one topic, `signals`. */
export function fakeService(): FakeService {
  let epoch = 1
  let seq = 1000
  let log: { readonly seq: number; readonly value: number }[] = []
  let events: SocketEvents | null = null
  let reads = false
  let wire: Message[] = []
  let sockets = 0
  let refuses = false
  const said: Message[] = []
  const published: number[] = []

  const subscribe = ({ topic, seq: last }: Asked, of: unknown): void => {
    if (topic !== TOPIC) return
    reads = true
    const known = last !== null && of === String(epoch) && last >= seq - log.length
    if (last !== null && !known) {
      wire.push({ type: 'resync', topic, seq, reason: of === String(epoch) ? 'gap' : 'epoch' })
    }
    wire.push({ type: 'subscribed', topic, seq, resumed: known })
    if (!known) wire.push({ type: 'snapshot', topic, seq, data: null })
    else for (const one of log) if (one.seq > (last ?? 0)) wire.push(updateOf(one))
  }

  const hear = (text: string): void => {
    const message: Message = JSON.parse(text)
    said.push(message)
    if (message['type'] !== 'subscribe' || !Array.isArray(message['topics'])) return
    for (const one of message['topics']) {
      const asked: Asked = typeof one === 'string' ? { topic: one, seq: null } : one
      subscribe(asked, message['epoch'])
    }
  }

  const drop = (): void => {
    const old = events
    events = null
    reads = false
    wire = []
    old?.closed()
  }

  return {
    get sockets() {
      return sockets
    },
    said,
    published,
    open: (given) => {
      sockets++
      if (refuses) {
        events = given
        return { send: () => {}, close: () => {} }
      }
      events = given
      wire = [{ type: 'connected', client_id: 'one', epoch: String(epoch), message: '' }]
      return {
        send: (text) => {
          if (events === given) hear(text)
        },
        close: () => {
          if (events === given) {
            events = null
            reads = false
          }
        },
      }
    },
    publish: (value) => {
      seq++
      published.push(value)
      log = [...log, { seq, value }].slice(-KEPT)
      if (reads && events !== null) wire.push(updateOf({ seq, value }))
    },
    deliver: () => {
      // What is heard may be answered at once.
      for (let sent = 0; sent < 50 && wire.length > 0 && events !== null; sent++) {
        const [message, ...rest] = wire
        wire = rest
        events.message(JSON.stringify(message))
      }
    },
    drop,
    restart: () => {
      drop()
      epoch++
      seq = 1
      log = []
    },
    refuse: (value) => {
      refuses = value
    },
  }
}

function updateOf({ seq, value }: { readonly seq: number; readonly value: number }): Message {
  return { type: 'job_update', topic: TOPIC, seq, data: { id: String(value) } }
}
