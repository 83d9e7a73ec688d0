import type { JobView, MarketGateView, ScoreCardView, SignalView } from '@ralph-stock/server/api'

/** What a topic's messages tell, as far as the page uses it. KRW, shares, percent; null where unknown. */
export type PriceData = {
  readonly price: number
  readonly change: number | null
  readonly change_rate: number | null
  readonly volume: number | null
  readonly traded_value: number | null
}
export type IndexData = {
  readonly index: number
  readonly change: number | null
  readonly change_rate: number | null
  readonly volume: number | null
}
export type SignalData = {
  readonly kind: 'opened' | 'entered' | 'updated' | 'closed'
  readonly signal_type: string
  readonly signal: SignalView
}

/** One thing that happened, without its topic and number. */
export type LiveUpdate =
  | {
      readonly type: 'price_update'
      readonly ticker: string
      readonly data: PriceData
      readonly timestamp: string
    }
  | {
      readonly type: 'index_update'
      readonly name: 'KOSPI' | 'KOSDAQ'
      readonly data: IndexData
      readonly timestamp: string
    }
  | { readonly type: 'market_gate_update'; readonly data: MarketGateView }
  | { readonly type: 'signal_update'; readonly data: SignalData }
  | {
      readonly type: 'score_update'
      readonly ticker: string
      readonly strategy: string
      readonly data: ScoreCardView
    }
  | { readonly type: 'job_update'; readonly data: JobView }

export type Numbered = { readonly topic: string; readonly seq: number }

/** Whatever the service may send. */
export type ServerMessage =
  | (LiveUpdate & Numbered)
  | { readonly type: 'connected'; readonly client_id: string; readonly epoch: string }
  | ({
      readonly type: 'subscribed'
      readonly resumed: boolean
      readonly requested?: string
    } & Numbered)
  | { readonly type: 'unsubscribed'; readonly topic: string }
  | ({ readonly type: 'snapshot'; readonly data: unknown } & Numbered)
  | ({ readonly type: 'resync'; readonly reason: string } & Numbered)
  | { readonly type: 'ping' | 'pong' }
  | {
      readonly type: 'error'
      readonly code: string
      readonly message: string
      readonly topic?: string
    }

const UPDATES: ReadonlySet<string> = new Set([
  'price_update',
  'index_update',
  'market_gate_update',
  'signal_update',
  'score_update',
  'job_update',
])

/** Whether a message or the data of a snapshot tells of something that happened. */
export function isUpdate(value: unknown): value is LiveUpdate {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    UPDATES.has(value.type) &&
    'data' in value
  )
}

/** Topics whose every message matters; of the others only the last does. */
export function isEventTopic(topic: string): boolean {
  return /^(?:signals|signal:.+|job:.+|jobs)$/.test(topic)
}

/** One message as text; null for one that is not of this protocol. */
export function readMessage(text: string): ServerMessage | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('type' in value)) return null
    // Sound: the service is of this version and types what it sends by the same schemas.
    return typeof value.type === 'string' ? (value as ServerMessage) : null
  } catch {
    return null
  }
}
