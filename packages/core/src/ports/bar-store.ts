import type { TradeDate } from '../krx/index.js'
import type { MarketInput } from '../universe/index.js'
import type { BatchReport, MarketBatch } from './market-rows.js'

/** Which part of the store to load. */
export type LoadRequest = {
  /** Bars after this date do not exist for the reader; all when absent. */
  readonly through?: TradeDate
  /** Each stock's own last traded bars; all when absent. */
  readonly bars?: number
  /** All when absent. */
  readonly tickers?: readonly string[]
  /**
   * Prices, flows and index bars as they were known at this instant, epoch ms: a row that became known
   * later does not exist, and one that was corrected later is what it was. What is known now when
   * absent.
   */
  readonly knownAt?: number
}

/** What a store holds, at a glance. */
export type StoreSummary = {
  readonly stocks: number
  readonly bars: number
  readonly flows: number
  readonly indexBars: number
  readonly firstDate: TradeDate | null
  readonly lastDate: TradeDate | null
  /** Who wrote the bars. */
  readonly sources: readonly string[]
}

/** Keeps stocks, daily prices, flows and indexes. Whoever opens one closes it. */
export interface BarStore {
  /**
   * Writes a batch in one transaction. Rows that are there already are corrected, never doubled; the
   * same batch again changes nothing. A row that was known before the stored one changes only what a
   * reader finds at its time.
   */
  write(batch: MarketBatch): Promise<BatchReport>
  /** The market in columns, ready for `createMarket`. */
  load(request?: LoadRequest): Promise<MarketInput>
  summary(): Promise<StoreSummary>
  close(): Promise<void>
}
