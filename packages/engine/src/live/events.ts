import type { ScoreCard, StoredSignal, TickRefusal } from '@ralph-stock/core'
import type { IndexQuote } from './indexes.js'
import type { LiveQuote } from './quotes.js'

/** What happened to a signal. */
export type SignalNews = {
  readonly kind: 'opened' | 'entered' | 'updated' | 'closed'
  /** As the store holds it. */
  readonly signal: StoredSignal
}

/** What a live desk tells those who listen. */
export type LiveDeskEvents = {
  /** Every accepted tick; a slow listener may skip to the latest of a ticker. */
  price: LiveQuote
  index: IndexQuote
  /** A card whose session, score, grade, coverage or screen differs from what was told last. */
  card: { readonly ticker: string; readonly strategyId: string; readonly card: ScoreCard }
  /** The market gate, when its session, score, grade or coverage differs from what was told last. */
  gate: ScoreCard
  /** Told once the store has it. */
  signal: SignalNews
  refused: { readonly ticker: string; readonly code: TickRefusal; readonly message: string }
  /** The store does not take a write; it is tried again. */
  'store:failed': { readonly error: unknown; readonly pending: number; readonly retryMs: number }
  /** The store takes writes again. */
  'store:recovered': { readonly pending: number }
}
