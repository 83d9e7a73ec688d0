import { createStore, type Store } from '../settings/store.js'
import { waitBefore } from './back-off.js'
import { isUpdate, readMessage, type ServerMessage } from './protocol.js'
import { createTopicBook, type TopicListener } from './topic-book.js'

/** An open or opening socket. */
export interface SocketLike {
  send(text: string): void
  close(): void
}

/** What a socket tells. */
export type SocketEvents = {
  readonly message: (text: string) => void
  /** It was closed, or never opened. */
  readonly closed: () => void
}

/** Time, as the client needs it. */
export interface Timers {
  now(): number
  set(callback: () => void, ms: number): unknown
  clear(timer: unknown): void
}

export type LiveParts = {
  readonly open: (events: SocketEvents) => SocketLike
  readonly timers: Timers
  /** In [0, 1). */
  readonly random: () => number
}

/** How the connection stands. */
export type Connection = {
  readonly state: 'connecting' | 'live' | 'waiting' | 'stopped'
  /** Tries since the connection was last live. */
  readonly attempt: number
  /** Whether it has been live since the page was opened. */
  readonly wasLive: boolean
  /** What the service last refused, as code and sentence. */
  readonly problem: { readonly code: string; readonly message: string } | null
}

/** One socket for the whole page. */
export interface LiveClient {
  readonly connection: Store<Connection>
  /** Reads a topic until the function that it gives back is called. Topics are shared and counted. */
  subscribe(topic: string, listener: TopicListener): () => void
  start(): void
  stop(): void
  /** Tries at once instead of waiting: the network is back, or a person looks again. */
  nudge(): void
}

// Rows come and go while a list is scrolled: a topic is kept for a while after its last listener.
const LINGER_MS = 3000
// Rows that only flew by are not asked about.
const GATHER_MS = 100
const TOPICS_A_MESSAGE = 200
// The service says something at least every 30 seconds.
const SILENCE_MS = 70_000

/** Makes the client; it connects when it is started. */
export function createLiveClient({ open, timers, random }: LiveParts): LiveClient {
  const book = createTopicBook()
  const connection = createStore<Connection>({
    state: 'stopped',
    attempt: 0,
    wasLive: false,
    problem: null,
  })
  const joining = new Set<string>()
  // What this connection was asked for.
  const joined = new Set<string>()
  const leaving = new Map<string, unknown>()
  let socket: SocketLike | null = null
  let epoch: string | null = null
  let gathering: unknown = null
  let retry: unknown = null
  let watchdog: unknown = null

  const change = (next: Partial<Connection>): void => {
    connection.set({ ...connection.get(), ...next })
  }
  const isLive = (): boolean => connection.get().state === 'live'
  const send = (message: object): void => socket?.send(JSON.stringify(message))

  const join = (): void => {
    gathering = null
    if (!isLive()) return
    const names = [...joining].filter((name) => book.isRead(name))
    joining.clear()
    for (const name of names) joined.add(name)
    for (let at = 0; at < names.length; at += TOPICS_A_MESSAGE) {
      const topics = names.slice(at, at + TOPICS_A_MESSAGE).map((topic) => {
        const seq = book.topics.get(topic)?.seq ?? null
        return seq === null ? topic : { topic, seq }
      })
      send({ type: 'subscribe', topics, epoch })
    }
  }
  const gather = (name: string): void => {
    joining.add(name)
    if (gathering === null) gathering = timers.set(join, GATHER_MS)
  }

  const leave = (name: string): void => {
    leaving.delete(name)
    book.forget(name)
    joining.delete(name)
    if (joined.delete(name) && isLive()) send({ type: 'unsubscribe', topic: name })
  }

  const lost = (): void => {
    if (socket === null) return
    const { attempt } = connection.get()
    drop()
    change({ state: 'waiting' })
    retry = timers.set(connect, waitBefore(attempt, random()))
  }
  const heard = (): void => {
    timers.clear(watchdog)
    watchdog = timers.set(lost, SILENCE_MS)
  }
  const drop = (): void => {
    timers.clear(watchdog)
    timers.clear(retry)
    const old = socket
    socket = null
    old?.close()
  }

  const connect = (): void => {
    drop()
    change({ state: 'connecting', attempt: connection.get().attempt + 1 })
    // What an older socket still says is not heard.
    let mine: SocketLike | null = null
    mine = open({
      message: (text) => {
        if (mine === null || mine !== socket) return
        heard()
        const message = readMessage(text)
        if (message !== null) take(message)
      },
      closed: () => {
        if (mine !== null && mine === socket) lost()
      },
    })
    socket = mine
    heard()
  }

  const connected = (name: string): void => {
    if (epoch !== name) book.startAgain()
    epoch = name
    change({ state: 'live', attempt: 0, wasLive: true, problem: null })
    joined.clear()
    for (const topic of book.topics.keys()) joining.add(topic)
    join()
  }

  const take = (message: ServerMessage): void => {
    if (isUpdate(message)) {
      book.update(message)
      return
    }
    switch (message.type) {
      case 'connected':
        connected(message.epoch)
        break
      case 'subscribed':
        book.subscribed(message.topic, message.seq, message.resumed)
        break
      case 'snapshot':
        book.snapshot(message.topic, message.seq, message.data)
        break
      case 'resync':
        book.resync(message.topic, message.seq)
        break
      case 'ping':
        send({ type: 'pong' })
        break
      case 'error':
        change({ problem: { code: message.code, message: message.message } })
        break
      default:
    }
  }

  return {
    connection,
    subscribe: (name, listener) => {
      book.add(name, listener)
      timers.clear(leaving.get(name))
      leaving.delete(name)
      if (!joined.has(name)) gather(name)
      return () => {
        if (book.remove(name, listener) && !leaving.has(name)) {
          leaving.set(
            name,
            timers.set(() => leave(name), LINGER_MS),
          )
        }
      }
    },
    start: () => {
      if (connection.get().state === 'stopped') connect()
    },
    stop: () => {
      drop()
      change({ state: 'stopped' })
    },
    nudge: () => {
      if (connection.get().state === 'waiting') connect()
    },
  }
}
