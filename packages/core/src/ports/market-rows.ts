import type { Stock } from '../universe/stock.js'

/** Rows in columns: `ticker[k]` is a position in `tickers`, `day[k]` a day number. */
export type KeyColumns = {
  readonly length: number
  readonly tickers: readonly string[]
  readonly ticker: Int32Array
  readonly day: Int32Array
}

/** Daily prices as a source gave them, halts (volume 0) included. KRW and shares; missing is NaN. */
export type BarRows = KeyColumns & {
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  /** KRW; null where the source has none for any row. */
  readonly tradedValue: Float64Array | null
  /** The close as printed; null where the source does not keep it apart. */
  readonly rawClose: Float64Array | null
}

/** Net buying by date, KRW and shares; missing is NaN. */
export type FlowRows = KeyColumns & {
  readonly foreignNetValue: Float64Array
  readonly institutionNetValue: Float64Array
  readonly foreignNetVolume: Float64Array
  readonly institutionNetVolume: Float64Array
  /** 1 for an estimate made during the session; null when all are final. */
  readonly provisional: Uint8Array | null
}

/** Daily index values; `tickers` holds the names of the indexes. */
export type IndexRows = KeyColumns & {
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  /** KRW. */
  readonly tradedValue: Float64Array
}

/** What enters a store in one piece: all of it, or nothing. */
export type MarketBatch = {
  /** Who says so: `krx-files`, `kiwoom`, `demo`. */
  readonly source: string
  /**
   * Sources whose rows leave with this write, their stocks and signals with them: an invented market
   * must not stay among real stocks, which would be ranked with it.
   */
  readonly replaces?: readonly string[]
  /** When it was known, epoch ms UTC. */
  readonly knownAt: number
  readonly stocks: readonly Stock[]
  /** Day number of the stock list. */
  readonly listDay: number | null
  readonly bars: BarRows | null
  readonly flows: FlowRows | null
  readonly indexes: IndexRows | null
}

/** What became of the rows of one kind. */
export type WriteCount = {
  readonly inserted: number
  readonly updated: number
  readonly unchanged: number
}

/** What became of a batch. */
export type BatchReport = {
  readonly stocks: WriteCount
  readonly bars: WriteCount
  readonly flows: WriteCount
  readonly indexes: WriteCount
}
