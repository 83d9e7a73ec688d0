import {
  dayNumber,
  lastAtOrBefore,
  type Market,
  type ScoreCard,
  type SignalEntry,
  type SignalExit,
  type StoredSignal,
  tradeDate,
} from '@ralph-stock/core'

/** A signal that is open, or whose end the store does not know yet. */
export type HeldSignal = {
  readonly strategyId: string
  readonly ticker: string
  readonly signalDate: string
  readonly card: ScoreCard
  /** As the store holds it; null until it does. */
  stored: StoredSignal | null
  /** Decided here, perhaps not stored yet. */
  entry: SignalEntry | null
  /** KRW, as printed when it was entered. */
  target: number | null
  stop: number | null
  exit: SignalExit | null
  /** What its prices are multiplied by to be those of today: a split may lie in between. */
  ratio: number
  /** Due to be sold, but nobody buys at a locked lower limit. */
  unsold: Unsold | null
}

/** A sale that could not be made yet. */
export type Unsold = {
  readonly reason: 'target' | 'stop' | 'expired'
  /** KRW: what it is sold at when the stock trades freely in the same session. */
  readonly price: number
  /** Day number of the session in which it was due; in a later one it is sold at the open. */
  readonly day: number
}

/** A signal that the store holds, as one to be judged. */
export function heldOf(stored: StoredSignal): HeldSignal {
  const { strategyId, ticker, signalDate, card, entry, target, stop } = stored
  const decided = { entry, target, stop, exit: null, ratio: 1, unsold: null }
  return { strategyId, ticker, signalDate, card, stored, ...decided }
}

/** Day number of an entry. */
export function dayOf(entry: SignalEntry): number {
  return dayNumber(tradeDate(entry.date))
}

/** The stock's own traded bars from one day to today, both included; today's is not in the history. */
export function barsHeld(market: Market, position: number, since: number, today: number): number {
  if (since > today) return 0
  const days = market.members[position]?.series.days ?? new Int32Array(0)
  return lastAtOrBefore(days, today - 1) - lastAtOrBefore(days, since - 1) + 1
}
