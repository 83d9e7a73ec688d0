import type {
  Market,
  MinuteRows,
  ScoreCard,
  StoredSignal,
  Strategy,
  Tick,
  TickRefusal,
  TickResult,
  TradeDate,
} from '@ralph-stock/core'
import type { Emitter } from 'mitt'
import type { EngineScan, ScanFilter } from '../scan-result.js'
import type { LiveFlows } from './board.js'
import type { LiveDeskEvents } from './events.js'
import type { IndexQuote, IndexTick } from './indexes.js'
import type { LiveQuote } from './quotes.js'

/** What comes in from the broker. */
export interface LiveFeed {
  /** Takes a tick of a stock. A refused one changes nothing, and is counted. */
  update(tick: Tick): TickResult
  /** Takes a value of an index; false when it is refused, which is counted. */
  index(tick: IndexTick): boolean
  /**
   * Takes the net buying of a stock in the session so far; kept for its first trade when there is none.
   *
   * @throws RalphError E_STOCK_UNKNOWN
   */
  flows(ticker: string, flows: LiveFlows): void
  /**
   * Feeds the minute bars of a time that was missed, before the ticks after it. A stop or a target
   * reached in them closes its signal; nothing is opened.
   *
   * @returns how many minutes went into the stock's bar
   * @throws RalphError E_STOCK_UNKNOWN
   */
  replay(ticker: string, minutes: MinuteRows): number
  /** How many ticks and index values were refused, by code. */
  refused(): Readonly<Partial<Record<TickRefusal, number>>>
}

/** The market as it stands. */
export interface LiveBoard {
  readonly strategies: readonly Strategy[]
  /** The session shown: the last one that anything was seen of; null in an empty market. */
  readonly date: TradeDate | null
  /** @throws RalphError E_STOCK_UNKNOWN */
  price(ticker: string): LiveQuote
  /** Of every stock, by ticker. */
  prices(): LiveQuote[]
  indexes(): IndexQuote[]
  /**
   * One card per strategy about stocks, the day trade's with its volume projected in the session.
   *
   * @throws RalphError E_STOCK_UNKNOWN; E_SESSION_NONE when the stock never traded
   */
  cards(ticker: string): ScoreCard[]
  /** In memory of its own, ready for `scanMarket`; volumes are those traded so far. */
  market(): Market
  /** The market gate as it stands; null without such a strategy, or without a session. */
  gate(): ScoreCard | null
  /** @throws RalphError E_STRATEGY_UNKNOWN, E_ENGINE_EMPTY */
  scan(strategies?: readonly string[], filter?: ScanFilter): EngineScan
  /** Who deserves a scarce live subscription, most deserving first. */
  candidates(limit: number): string[]
}

/** Signals and their store. */
export interface LiveSignals {
  /** Open signals as the store holds them. */
  signals(): StoredSignal[]
  /**
   * Takes over what the store holds. Call it before the first tick, and when others wrote signals;
   * resolves when the store has answered.
   */
  loadSignals(): Promise<void>
  /**
   * Scans the closing bet on the market as it stands and keeps the cards that pass as signals, entered
   * at the close, which the scan after the session corrects.
   *
   * @param at epoch ms, 15:10 to 15:20
   * @returns what was added, once the store has it; nothing when the session is not that of `at`
   */
  runClosingBet(at: number): Promise<readonly StoredSignal[]>
  /**
   * The session is over: volumes are as traded, and signals whose holding ends with it are closed at the
   * closing price. Resolves when the store has everything.
   *
   * @throws RalphError E_DATE_INVALID
   */
  endSession(date: string): Promise<void>
  /** Writes that the store has not taken yet. */
  pending(): number
  /** Resolves when the store has taken all that was decided so far; at once after `close`. */
  flush(): Promise<void>
}

/** Live scoring and live signals of one market. */
export interface LiveDesk extends LiveFeed, LiveBoard, LiveSignals {
  readonly events: Emitter<LiveDeskEvents>
  /**
   * Goes on with a fresh history; open signals and pending writes stay, and of each stock and index the
   * session so far where the history does not hold it yet.
   */
  rollTo(market: Market): void
  /** Stops every timer and every write; flush first. */
  close(): void
}
