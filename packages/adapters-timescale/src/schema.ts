import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

/** A date column: `YYYY-MM-DD` on both ways. */
export type DateText = string

/** An instant: a `Date` when read, a `Date` or ISO text when written. */
export type Instant = ColumnType<Date, Date | string, Date | string>

/** Who wrote rows, and when they were known. */
export type ImportsTable = {
  id: GeneratedAlways<number>
  source: string
  known_at: Instant
  written_at: Generated<Date>
  has_trading_value: Generated<boolean>
  has_raw_close: Generated<boolean>
}

/** Listings as the newest list describes them. Shares, KRW. */
export type StocksTable = {
  ticker: string
  name: string
  market: string
  sector: string | null
  kind: string | null
  department: string | null
  listed_shares: number | null
  market_cap: number | null
  listing_date: DateText | null
  is_etf: GeneratedAlways<boolean>
  is_spac: GeneratedAlways<boolean>
  is_admin: GeneratedAlways<boolean>
  import_id: number
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

/** Whole lists of stocks by their date. */
export type StockListsTable = {
  list_date: DateText
  import_id: number
  stocks: ColumnType<unknown, string, string>
}

type DailyRow = {
  ticker: string
  date: DateText
  import_id: number
}

type PriceRow = DailyRow & {
  open: number | null
  high: number | null
  low: number | null
  close: number | null
  volume: number | null
  trading_value: number | null
}

/** Daily prices, adjusted; `raw_close` is the close as printed. KRW and shares. */
export type DailyPricesTable = PriceRow & { raw_close: number | null }

/** Daily index values. */
export type IndexBarsTable = PriceRow

/** Net buying: amounts in KRW, the others in shares. */
export type InstitutionalFlowsTable = DailyRow & {
  foreign_net_buy_amount: number | null
  inst_net_buy_amount: number | null
  foreign_net_buy: number | null
  inst_net_buy: number | null
  provisional: boolean
}

type Revision = { replaced_by: number }

/** Every table of the store. */
export type StoreSchema = {
  imports: ImportsTable
  stocks: StocksTable
  stock_lists: StockListsTable
  daily_prices: DailyPricesTable
  institutional_flows: InstitutionalFlowsTable
  index_bars: IndexBarsTable
  daily_prices_revisions: DailyPricesTable & Revision
  institutional_flows_revisions: InstitutionalFlowsTable & Revision
  index_bars_revisions: IndexBarsTable & Revision
  schema_migrations: { name: string; applied_at: Generated<Date> }
}
