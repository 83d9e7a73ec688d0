import type { Clock } from '@ralph-stock/core'
import type { WebSocket } from 'ws'
import type { Sink } from './joiner.js'
import type { HubLimits } from './limits.js'
import type { Publication } from './protocol.js'
import type { Topic } from './topics.js'

/** What a hub is made of. */
export type HubOptions = {
  /** Real time, also where the market runs faster: flushes, pings and rates are about the network. */
  readonly clock: Clock
  /**
   * What a topic is now, for a client that begins to read it: of a state the message it would publish,
   * of events what they came to (open signals, a job); null or undefined where there is nothing yet.
   * Asked of a state only while the hub has published nothing of it. It must know all that was
   * published before it was called.
   */
  readonly snapshot?: (topic: Topic) => unknown
  /** Which topics exist, beside being well spelled: a strategy or stock may be unknown. All unless said. */
  readonly accepts?: (topic: Topic) => boolean
  /** The first client began to read a topic, or the last left it: who feeds it starts and stops. */
  readonly onFirst?: (topic: Topic) => void
  readonly onLast?: (topic: Topic) => void
  /** Topics that are fed whether or not somebody reads: `onFirst` and `onLast` leave them out. */
  readonly keep?: readonly string[]
  readonly observe?: HubObserver
  readonly limits?: Partial<HubLimits>
}

/** What an operator may want to measure or log. */
export type HubObserver = {
  /** Messages that were written to clients since the last call. */
  readonly delivered?: (messages: number) => void
  /** Messages of states that a newer one replaced before a client took them. */
  readonly conflated?: (messages: number) => void
  /** From the instant that a message was published with to its write to all who keep up. */
  readonly latency?: (ms: number, topic: Topic) => void
  readonly closed?: (code: number) => void
  /** A snapshot or one of the callbacks failed. */
  readonly failed?: (error: unknown, what: string) => void
}

/** Who connects. */
export type Visitor = {
  /** The TCP or TLS socket of the upgrade request. */
  readonly socket: Sink
  readonly address: string
  /** Topics to begin with, as named in the address. */
  readonly topics?: readonly string[]
}

/** A topic somebody reads. */
export type TopicState = {
  readonly topic: string
  readonly subscribers: number
  readonly seq: number
}

/** Counts since the hub was made, and how it stands now. */
export type HubStats = {
  readonly epoch: string
  readonly clients: number
  /** Topics with at least one reader, and readers of them all together. */
  readonly topics: number
  readonly subscriptions: number
  /** Clients that have not taken what was written to them. */
  readonly behind: number
  readonly published: number
  readonly delivered: number
  readonly conflated: number
  readonly bytes: number
  /** Connections that were opened, refused, closed as too slow, and ended as dead. */
  readonly connected: number
  readonly refused: number
  readonly slow: number
  readonly dead: number
}

/** Spreads what happens to whoever reads it. */
export interface Hub {
  readonly epoch: string
  /**
   * Publishes a message, plain JSON: it gets the next number of its topic. It is kept and encoded later,
   * so it must not be changed afterwards. A hub that was closed takes it without effect.
   *
   * @param at epoch ms, on the hub's clock, of what it tells: for the latency
   * @throws RalphError E_TOPIC_UNKNOWN
   */
  publish(topic: string, message: Publication, options?: { readonly at?: number }): void
  /** Takes a client over. The socket must be open and must not compress. */
  attach(ws: WebSocket, visitor: Visitor): void
  /** Topics that somebody reads now. */
  topics(): readonly TopicState[]
  stats(): HubStats
  /** Gives every client what is pending, then closes it with 1001. */
  close(): Promise<void>
}
