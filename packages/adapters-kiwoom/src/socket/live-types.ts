import type { QuoteVenue, Tick } from '@ralph-stock/core'
import type { OrderBook } from '../rest/order-book.js'

/** One trade (0B): a tick of core, with what the bars are made of. */
export type Trade = Tick & {
  readonly venue: QuoteVenue
  /** Shares of this trade: above 0 when the buyer came to the market, below when the seller did. */
  readonly quantity: number
  /** 1 before the regular session, 2 in it, 3 after it. */
  readonly session: number
}

/** What an auction would give (0H). */
export type ExpectedExecution = {
  readonly ticker: string
  readonly venue: QuoteVenue
  readonly at: number
  readonly price: number
  readonly change: number | null
  readonly quantity: number | null
}

/** An index (0J). */
export type IndexTick = {
  readonly code: string
  readonly at: number
  readonly value: number
  readonly change: number | null
  readonly open: number
  readonly high: number
  readonly low: number
  readonly volume: number | null
  readonly tradedValue: number | null
}

/** The state of the market (0s), by the broker's letter. */
export type MarketState = {
  readonly at: number
  readonly code: string
  /** What the letter means; null for one that is not documented. */
  readonly meaning: MarketStateMeaning | null
  readonly remainingSeconds: number
}

/** Documented letters of 0s. */
export type MarketStateMeaning =
  | 'krx-before-open'
  | 'krx-closing-auction'
  | 'krx-open'
  | 'nxt-pre-market-open'
  | 'nxt-pre-market-end'
  | 'nxt-main-open'
  | 'nxt-main-end'
  | 'nxt-after-auction'
  | 'nxt-after-open'
  | 'nxt-closing-price-end'
  | 'nxt-after-end'

/** Program trading of a stock so far (0w). Shares and KRW. */
export type ProgramTrading = {
  readonly ticker: string
  readonly venue: QuoteVenue
  readonly at: number
  readonly sellQuantity: number | null
  readonly sellValue: number | null
  readonly buyQuantity: number | null
  readonly buyValue: number | null
  readonly netQuantity: number | null
  readonly netValue: number | null
}

/** A volatility interruption begins or ends (1h). */
export type Interruption = {
  readonly ticker: string
  readonly name: string
  readonly at: number
  readonly active: boolean
  readonly price: number | null
  readonly change: number | null
  /** 정적, 동적 or both, as the broker writes it. */
  readonly basis: string
}

/** A stock enters or leaves a saved search (02). */
export type ConditionHit = {
  readonly search: string
  readonly ticker: string
  readonly at: number
  readonly entered: boolean
}

/** An order book (0D). */
export type LiveOrderBook = OrderBook & { readonly at: number }

/** What a live feed tells, by name. */
export type LiveEvents = {
  readonly trade: Trade
  readonly orderBook: LiveOrderBook
  readonly expected: ExpectedExecution
  readonly index: IndexTick
  readonly marketState: MarketState
  readonly program: ProgramTrading
  readonly interruption: Interruption
  readonly condition: ConditionHit
}
