import type { BatchReport } from '@ralph-stock/core'

/** A row that was repaired, dropped or flagged. */
export type RowNote = {
  readonly ticker: string
  readonly date: string
  /** Line of the file; null for what concerns two rows. */
  readonly line: number | null
  /** What stood there. */
  readonly found: string
}

type FileReport = {
  readonly file: string
  readonly read: number
  readonly kept: number
}

type Extent = {
  readonly firstDate: string | null
  readonly lastDate: string | null
  /** Whether the last line has its line end. */
  readonly complete: boolean
}

export type StocksReport = FileReport & {
  readonly markets: Readonly<Record<string, number>>
  readonly blankSectors: number
  readonly refused: { readonly duplicate: number }
}

export type BarsReport = FileReport &
  Extent & {
    readonly tickers: number
    /** Kept as halts: volume 0, the open 0 or all prices carried. */
    readonly halts: { readonly openZero: number; readonly flat: number }
    /** Kept, high and low widened by 1 won. */
    readonly repaired: readonly RowNote[]
    readonly refused: {
      readonly unknownTicker: number
      readonly duplicate: number
      readonly inconsistent: number
    }
    readonly unknownTickers: readonly string[]
    readonly inconsistent: readonly RowNote[]
    /** Kept: a close further from the last than the price limit allows. */
    readonly beyondLimit: readonly RowNote[]
  }

export type FlowsReport = FileReport &
  Extent & {
    readonly tickers: number
    readonly refused: {
      readonly unknownTicker: number
      readonly duplicate: number
      readonly blank: number
    }
    readonly unknownTickers: readonly string[]
  }

export type IndexesReport = FileReport &
  Extent & {
    readonly names: readonly string[]
    readonly refused: { readonly duplicate: number }
  }

/** A session that other data show and that a market (or an index) has no row of. */
export type MissingSession = { readonly of: string; readonly date: string }

/** What an import found in its files. */
export type FilesReport = {
  readonly folder: string
  /** Date of the list of stocks, and whether it was told or taken from the last bar. */
  readonly listDate: string
  readonly listDateGiven: boolean
  readonly stocks: StocksReport
  readonly bars: BarsReport
  readonly flows: FlowsReport | null
  readonly indexes: IndexesReport | null
  readonly missingSessions: readonly MissingSession[]
  /** Dates with rows on which the exchange's calendar has no session. */
  readonly offCalendar: readonly string[]
}

/** What an import found, and what became of it. */
export type ImportReport = FilesReport & {
  /** Where the rows went: a folder, or the database without its password. */
  readonly store: string
  /** Whether anything in the store is different now. */
  readonly changed: boolean
  /** Whether the invented demo market made room. */
  readonly demoRemoved: boolean
  readonly written: BatchReport
}
