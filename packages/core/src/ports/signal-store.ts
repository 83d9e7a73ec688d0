import type { TradeDate } from '../krx/index.js'
import type { ScoreCard } from '../scoring/index.js'

/** A finished scan: the cards that passed, to be kept as signals. */
export type FinishedScan = {
  readonly asOf: TradeDate
  /** Ids of the strategies that were asked. */
  readonly strategies: readonly string[]
  /** Stocks considered. */
  readonly eligible: number
  readonly cards: readonly ScoreCard[]
  /** Live: epoch ms at which every card is entered, at its plan's entry. */
  readonly enteredAt?: number
  /**
   * By strategy id, when not live: entered at once at the plan's entry, which is the close of `asOf`,
   * or waiting for the next open. `close` for a strategy that is not named.
   */
  readonly fills?: Readonly<Record<string, 'close' | 'next-open'>>
}

/** What became of the cards of a scan. */
export type SavedScan = {
  readonly scanId: number
  readonly added: number
  /** Signals of the same date that the scan corrected. */
  readonly corrected: number
  /**
   * Cards whose stock has an open signal, or had one of this date, already. A signal that was entered
   * live or at a later open keeps the card that it was entered on.
   */
  readonly kept: number
  /** The signals that were added. */
  readonly signals: readonly StoredSignal[]
}

/** How a signal was entered. */
export type SignalEntry = {
  /** YYYY-MM-DD. */
  readonly date: string
  /** KRW, as printed on the date. */
  readonly price: number
  /** Epoch ms when it was entered live; null for a close or an open. */
  readonly at: number | null
}

/** An entry with the target and the stop that follow from its price. */
export type SignalFill = Omit<SignalEntry, 'at'> & {
  readonly at?: number | null
  /** KRW. */
  readonly target: number
  /** KRW. */
  readonly stop: number
}

/** How a signal ended. */
export type SignalExit = {
  /** YYYY-MM-DD. */
  readonly exitDate: string
  /** KRW, as printed on the date; null for a signal that was never entered. */
  readonly exitPrice: number | null
  /** `target`, `stop`, `expired`, `delisted`, or `unfilled` for one that was never entered. */
  readonly reason: string
  /** Fraction, after costs; null for a signal that was never entered. */
  readonly returnRate: number | null
  /** Epoch ms when it was closed live; null when it was closed from a daily bar. */
  readonly at: number | null
}

/** What names a signal. */
export type SignalKey = {
  /** Unique within a strategy. */
  readonly id: number
  readonly strategyId: string
}

/** A card that passed its strategy's screen, with its life. */
export type StoredSignal = SignalKey & {
  readonly ticker: string
  /** YYYY-MM-DD. */
  readonly signalDate: string
  readonly status: 'OPEN' | 'CLOSED'
  readonly card: ScoreCard
  /** Null while it waits for the next open, and for a card without a plan. */
  readonly entry: SignalEntry | null
  /** KRW: the plan's until a later open fills it, then that of the fill. Null without a plan. */
  readonly target: number | null
  readonly stop: number | null
  /** Null while open. */
  readonly exit: SignalExit | null
  /** Epoch ms. */
  readonly createdAt: number
}

/** The place of a signal in the order of a list. */
export type SignalCursor = SignalKey & { readonly signalDate: string }

/** Which signals. All when empty. */
export type SignalQuery = {
  readonly strategyId?: string
  readonly status?: 'OPEN' | 'CLOSED'
  readonly ticker?: string
  readonly market?: string
  readonly grade?: string
  readonly minimumScore?: number
  /** Signal dates, YYYY-MM-DD, both included. */
  readonly from?: string
  readonly to?: string
  readonly limit?: number
  /** Those that come after this one in the list: the last signal of the page before. */
  readonly before?: SignalCursor
}

/** Keeps signals. One open signal per stock and strategy. Whoever opens one closes it. */
export interface SignalStore {
  /** Keeps a scan and its signals, together or not at all; the same scan again adds nothing. */
  saveScan(scan: FinishedScan): Promise<SavedScan>
  /** Newest first: by date, then id, then strategy, all descending, so that no two are equal. */
  findSignals(query?: SignalQuery): Promise<StoredSignal[]>
  /**
   * Enters an open signal that waits for it; resolves to the signal as it is stored.
   *
   * @throws RalphError E_STORE_NOT_FOUND when it is not open, or entered already
   */
  enterSignal(signal: SignalKey, fill: SignalFill): Promise<StoredSignal>
  /**
   * Closes an open signal; resolves to the signal as it is stored.
   *
   * @throws RalphError E_STORE_NOT_FOUND when it is not open
   */
  closeSignal(signal: SignalKey, exit: SignalExit): Promise<StoredSignal>
  close(): Promise<void>
}
