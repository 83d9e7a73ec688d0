import type { QuoteVenue, SessionCalendar, TickSubscription } from '@ralph-stock/core'
import type { TokenSource } from '../auth/token-source.js'
import type { Clock } from '../clock.js'
import type { EventListener } from '../events.js'
import type { RandomSource } from '../limits/back-off.js'
import type { MinuteBar } from '../map/columns.js'
import type { Refusals } from '../refusals.js'
import type { BackfillOptions } from './backfill.js'
import type { ConditionSearch } from './conditions.js'
import type { ConnectionState } from './connection.js'
import type { LiveEvents, Trade } from './live-types.js'
import type { OpenSocket } from './socket.js'
import type { Verdict } from './watchdog.js'

/** How a feed is set up. */
export type FeedSettings = {
  /** Whose trades are followed; one feed never mixes venues. KRX unless said. */
  readonly venue?: QuoteVenue
  /** How many registrations may be spent on stocks; 200 unless said. The broker states no number. */
  readonly slots?: number
  /** Frames registered for each stock: 0B (always), 0D, 0H, 0w. */
  readonly stockTypes?: readonly string[]
  /** Industry codes whose index is followed; 001 and 101 unless said. */
  readonly indexes?: readonly string[]
  readonly itemsPerGroup?: number
  /** Whether every stock's day is compared with the broker's after the close; true unless said. */
  readonly checkAtClose?: boolean
}

/** What a feed is made of. */
export type FeedOptions = FeedSettings & {
  readonly url: string
  readonly clock: Clock
  readonly random: RandomSource
  readonly tokens: TokenSource
  readonly openSocket: OpenSocket
  readonly calendar: SessionCalendar
  readonly refusals: Refusals
  readonly clean: (text: string) => string
  readonly onEvent: EventListener
  readonly chart: BackfillOptions['chart']
}

/** How a feed is. `closed-market`: connected, and nothing to hear. */
export type FeedHealth = {
  readonly connection: ConnectionState
  readonly market: Verdict
  readonly registrations: { readonly wanted: number; readonly held: number }
  readonly trades: number
  readonly incompleteStocks: number
}

/** Live data of one venue. */
export interface LiveFeed {
  readonly conditions: ConditionSearch
  on<Name extends keyof LiveEvents>(
    name: Name,
    listener: (event: LiveEvents[Name]) => void,
  ): () => void
  /** Follows stocks, the most wanted first; several subscriptions share the slots. */
  subscribe(tickers: readonly string[], listener: (trade: Trade) => void): TickSubscription
  /** Bars of today made of trades and, where those were missing, of the broker's own. */
  minuteBars(ticker: string): readonly MinuteBar[]
  /** Whether nothing is missing from a stock's bars so far. */
  complete(ticker: string): boolean
  health(): FeedHealth
  /** Resolves when the connection is ready. */
  ready(): Promise<void>
  close(): void
}
