import { z } from 'zod'
import { scoreCard } from '../api/card.js'
import { marketGate } from '../api/market.js'
import { instant, strategyId, ticker } from '../api/scalars.js'
import { job } from '../api/scans.js'
import { signal } from '../api/signals.js'

/**
 * The messages of the socket `/ws`: JSON texts, one message each. What a client sends is checked against
 * `clientMessage`; what it gets is a `serverMessage`.
 */

const topicName = z.string().min(1).max(128)
const seq = z.number().int().nonnegative()

/** A topic, and what a client that comes back saw of it last. */
export const topicRequest = z.union([
  topicName,
  z.object({ topic: topicName, seq: seq.optional() }),
])

/** The most topics that one message names. */
export const MOST_TOPICS_A_MESSAGE = 1000

const topics = z.array(topicRequest).max(MOST_TOPICS_A_MESSAGE)

/** What a client may send. */
export const clientMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('subscribe'),
    topic: topicName.optional(),
    topics: topics.optional(),
    seq: seq.optional().describe('Of the last message of `topic` that came before'),
    epoch: z.string().max(64).optional().describe('What `connected` said when that message came'),
  }),
  z.object({
    type: z.literal('unsubscribe'),
    topic: topicName.optional(),
    topics: z.array(topicName).max(MOST_TOPICS_A_MESSAGE).optional(),
  }),
  z.object({ type: z.literal('ping') }),
  z.object({ type: z.literal('pong') }),
])
export type ClientMessage = z.infer<typeof clientMessage>

const source = z.string().describe('kiwoom_ws, kiwoom_rest, simulator, db')
const numbered = { topic: topicName, seq }

/** The last trade of a stock. KRW, shares, percent; null where it is not known. */
export const priceUpdate = z.object({
  type: z.literal('price_update'),
  ...numbered,
  ticker,
  data: z.object({
    price: z.number(),
    change: z.number().nullable().describe('KRW from the last close'),
    change_rate: z.number().nullable().describe('Percent from the last close'),
    volume: z.number().nullable().describe('Shares in this session'),
    traded_value: z.number().nullable().describe('KRW in this session'),
    bid_price: z.number().nullable(),
    ask_price: z.number().nullable(),
  }),
  timestamp: instant,
  source,
})

/** The last value of an index. */
export const indexUpdate = z.object({
  type: z.literal('index_update'),
  ...numbered,
  code: z.string().describe('001 is KOSPI, 101 is KOSDAQ'),
  name: z.enum(['KOSPI', 'KOSDAQ']),
  data: z.object({
    index: z.number(),
    change: z.number().nullable().describe('Points from the last close'),
    change_rate: z.number().nullable().describe('Percent from the last close'),
    volume: z.number().nullable(),
  }),
  timestamp: instant,
  source,
})

/** The market gate with its card. */
export const marketGateUpdate = z.object({
  type: z.literal('market_gate_update'),
  ...numbered,
  timestamp: instant,
  data: marketGate,
})

/** What happened to a signal. */
export const SIGNAL_EVENTS = ['opened', 'entered', 'updated', 'closed'] as const

/** One signal that was opened, entered, changed or closed. */
export const signalUpdate = z.object({
  type: z.literal('signal_update'),
  ...numbered,
  timestamp: instant,
  data: z.object({ kind: z.enum(SIGNAL_EVENTS), signal_type: strategyId, signal }),
})

/** The card of a stock as it stands. */
export const scoreUpdate = z.object({
  type: z.literal('score_update'),
  ...numbered,
  ticker,
  strategy: z.string(),
  timestamp: instant,
  data: scoreCard,
})

/** A job as it stands. */
export const jobUpdate = z.object({
  type: z.literal('job_update'),
  ...numbered,
  timestamp: instant,
  data: job,
})

/** Messages of topics: numbered one by one within their topic. */
export const dataMessage = z.discriminatedUnion('type', [
  priceUpdate,
  indexUpdate,
  marketGateUpdate,
  signalUpdate,
  scoreUpdate,
  jobUpdate,
])
export type DataMessage = z.infer<typeof dataMessage>

/** Messages about the conversation itself. */
export const controlMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('connected'),
    client_id: z.string(),
    epoch: z.string().describe('Numbers of topics hold within one epoch'),
    message: z.string(),
  }),
  z.object({
    type: z.literal('subscribed'),
    ...numbered,
    resumed: z.boolean().describe('Whether what was missed follows, with no snapshot'),
    requested: z.string().optional().describe('The name that was asked for, where it is another'),
  }),
  z.object({ type: z.literal('unsubscribed'), topic: topicName }),
  z.object({
    type: z.literal('snapshot'),
    ...numbered,
    data: z.unknown().describe('The last message of a state; what the service holds of events'),
  }),
  z.object({
    type: z.literal('resync'),
    ...numbered,
    reason: z.enum(['epoch', 'gap']).describe('Why what was missed cannot be had any more'),
  }),
  z.object({ type: z.literal('ping'), timestamp: instant }),
  z.object({ type: z.literal('pong'), timestamp: instant }),
  z.object({
    type: z.literal('error'),
    code: z.string(),
    message: z.string(),
    topic: z.string().optional(),
  }),
])
export type ControlMessage = z.infer<typeof controlMessage>

/** Whatever a client may get. */
export const serverMessage = z.union([dataMessage, controlMessage])
export type ServerMessage = DataMessage | ControlMessage

/** A message before the hub has numbered it. */
export type Publication = DataMessage extends infer M
  ? M extends DataMessage
    ? Omit<M, 'topic' | 'seq'>
    : never
  : never

/** Why the service closes a connection: codes of RFC 6455, and what a client does then. */
export const CLOSE_CODES = {
  /** The service stops: come back later. */
  goingAway: 1001,
  /** A binary message: speak text. */
  unsupported: 1003,
  /** Too many messages. */
  policy: 1008,
  /** Too slow for events, or no room: come back with the last numbers. */
  tryLater: 1013,
} as const

const count = z.number().int().nonnegative()

/** What `GET /ws/stats` tells. */
export const hubStats = z
  .object({
    epoch: z.string(),
    clients: count,
    topics: count.describe('With a reader'),
    subscriptions: count,
    behind: count.describe('Clients that have not taken what was written to them'),
    published: count,
    delivered: count,
    conflated: count.describe('Replaced by a newer message before they were taken'),
    bytes: count,
    connected: count,
    refused: count,
    slow: count.describe('Closed as too slow'),
    dead: count.describe('Ended without a sign of life'),
    busiest: z.array(z.object({ topic: topicName, subscribers: count, seq })),
  })
  .meta({ id: 'SocketStats' })
