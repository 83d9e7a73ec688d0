import {
  dayNumber,
  type LoadRequest,
  type Stock,
  type StockKind,
  tradeDate,
} from '@ralph-stock/core'
import { type Kysely, sql } from 'kysely'
import type { StocksTable, StoreSchema } from '../schema.js'

/** The stocks of the list in force, and what is known of all others. */
export type LoadedStocks = {
  readonly listed: readonly Stock[]
  readonly others: ReadonlyMap<string, Stock>
  /** Day number of the list; null when no list has a date. */
  readonly day: number | null
}

/**
 * The list in force on a date: the latest one up to it, or the newest of all where none is that old.
 * Without a dated list, every stock that is known.
 */
export async function loadStocks(
  db: Kysely<StoreSchema>,
  { through, tickers }: LoadRequest,
): Promise<LoadedStocks> {
  const inForce = sql<boolean>`list_date <= ${through ?? 'infinity'}::date`
  const list = await db
    .selectFrom('stock_lists')
    .select(['list_date', 'stocks'])
    .orderBy(inForce, 'desc')
    .orderBy('list_date', 'desc')
    .limit(1)
    .executeTakeFirst()
  const rows = await db.selectFrom('stocks').selectAll().execute()
  const known = new Map(rows.map((row) => [row.ticker, stockOf(row)]))
  // Sound: the list was written from an array of stocks.
  const all = list === undefined ? [...known.values()] : (list.stocks as readonly Stock[])
  const wanted = tickers === undefined ? null : new Set(tickers)
  return {
    listed: wanted === null ? all : all.filter(({ ticker }) => wanted.has(ticker)),
    others: known,
    day: list === undefined ? null : dayNumber(tradeDate(list.list_date)),
  }
}

/** A row of `stocks` as a stock. */
export function stockOf(
  row: Omit<
    StocksTable,
    'created_at' | 'updated_at' | 'is_etf' | 'is_spac' | 'is_admin' | 'import_id'
  >,
): Stock {
  return {
    ticker: row.ticker,
    name: row.name,
    market: row.market,
    sector: row.sector,
    // Sound: the column is written from a stock's kind only.
    kind: row.kind as StockKind | null,
    department: row.department,
    listedShares: row.listed_shares,
    marketCap: row.market_cap,
    listingDate: row.listing_date,
  }
}
