import type { ScoreCard } from '@ralph-stock/core'
import type { JobView, MarketGateView, SignalView } from '../api/index.js'
import type { LiveIndex, LivePrice } from '../context.js'
import { cardView } from '../services/card-view.js'
import type { Publication } from '../ws/protocol.js'
import { INDEX_CODES } from './index-ticks.js'

/** What one kind of message looks like before the hub numbers it. */
type Message<Type extends Publication['type']> = Extract<Publication, { type: Type }>

/** What happened to a signal. */
export type SignalKind = Message<'signal_update'>['data']['kind']

/** The last price of a stock. */
export function priceMessage(
  { ticker, price, previousClose, change, volume, tradedValue, at }: LivePrice,
  source: string,
): Message<'price_update'> {
  return {
    type: 'price_update',
    ticker,
    data: {
      price,
      change: previousClose === null ? null : price - previousClose,
      change_rate: percent(change),
      volume,
      traded_value: tradedValue,
      bid_price: null,
      ask_price: null,
    },
    timestamp: textOf(at),
    source,
  }
}

/** The last value of an index. */
export function indexMessage(
  { name, value, change, volume, at }: LiveIndex,
  source: string,
): Message<'index_update'> {
  return {
    type: 'index_update',
    code: INDEX_CODES[name],
    name,
    data: {
      index: value,
      change: change === null ? null : value - value / (1 + change),
      change_rate: percent(change),
      volume,
    },
    timestamp: textOf(at),
    source,
  }
}

/** The market's gate. */
export function gateMessage(data: MarketGateView, at: number): Message<'market_gate_update'> {
  return { type: 'market_gate_update', timestamp: textOf(at), data }
}

/** The card of a stock. */
export function cardMessage(card: ScoreCard, at: number): Message<'score_update'> {
  const { ticker, strategyId: strategy } = card
  return {
    type: 'score_update',
    ticker,
    strategy,
    timestamp: textOf(at),
    data: cardView(card),
  }
}

/** What became of a signal. */
export function signalMessage(
  kind: SignalKind,
  signal: SignalView,
  at: number,
): Message<'signal_update'> {
  const data = { kind, signal_type: signal.signal_type, signal }
  return { type: 'signal_update', timestamp: textOf(at), data }
}

/** How a job is. */
export function jobMessage(data: JobView, at: number): Message<'job_update'> {
  return { type: 'job_update', timestamp: textOf(at), data }
}

function percent(fraction: number | null): number | null {
  return fraction === null ? null : fraction * 100
}

function textOf(epochMs: number): string {
  return new Date(epochMs).toISOString()
}
