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
}

/** What became of the cards of a scan. */
export type SavedScan = {
  readonly scanId: number
  readonly added: number
  /** Signals of the same date that the scan corrected. */
  readonly corrected: number
  /** Cards whose stock has an open signal, or had one of this date, already. */
  readonly kept: number
}

/** How a signal ended. */
export type SignalExit = {
  /** YYYY-MM-DD. */
  readonly exitDate: string
  /** KRW. */
  readonly exitPrice: number
  /** `target`, `stop` or `expired`. */
  readonly reason: string
  /** Fraction, after costs. */
  readonly returnRate: number
}

/** A card that passed its strategy's screen, with its life. */
export type StoredSignal = {
  /** Unique within a strategy. */
  readonly id: number
  readonly strategyId: string
  readonly ticker: string
  /** YYYY-MM-DD. */
  readonly signalDate: string
  readonly status: 'OPEN' | 'CLOSED'
  readonly card: ScoreCard
  /** Null while open. */
  readonly exit: SignalExit | null
}

/** Which signals. All when empty. */
export type SignalQuery = {
  readonly strategyId?: string
  readonly status?: 'OPEN' | 'CLOSED'
  readonly ticker?: string
}

/** Keeps signals. One open signal per stock and strategy. Whoever opens one closes it. */
export interface SignalStore {
  /** Keeps a scan and its signals, together or not at all; the same scan again adds nothing. */
  saveScan(scan: FinishedScan): Promise<SavedScan>
  /** Newest first. */
  findSignals(query?: SignalQuery): Promise<StoredSignal[]>
  /**
   * Closes an open signal.
   *
   * @throws RalphError E_STORE_NOT_FOUND when it is not open
   */
  closeSignal(signal: Pick<StoredSignal, 'id' | 'strategyId'>, exit: SignalExit): Promise<void>
  close(): Promise<void>
}
