import { sql } from 'kysely'
import { type Connection, Repository, where } from './repository.js'
import type { StoredStock } from './stock-repository.js'

/** A stock with its last traded bar. KRW and shares; null where unknown or never traded. */
export type QuotedStock = Omit<StoredStock, 'isEtf' | 'isSpac' | 'isAdmin' | 'createdAt'> & {
  /** YYYY-MM-DD of the last bar that was traded. */
  readonly date: string | null
  readonly open: number | null
  readonly high: number | null
  readonly low: number | null
  readonly close: number | null
  readonly volume: number | null
  readonly tradingValue: number | null
  /** Close of the traded bar before. */
  readonly previousClose: number | null
}

/** The place of a stock in the order of a list. */
export type StockCursor = Pick<QuotedStock, 'ticker' | 'marketCap'>

/** Which stocks. All when empty. */
export type QuoteQuery = {
  readonly market?: string
  readonly sector?: string
  /** Part of the name or of the ticker. */
  readonly search?: string
  readonly tickers?: readonly string[]
  readonly limit?: number
  /** Those that come after this one in the list. */
  readonly before?: StockCursor
}

/** A stock whose bars end early. */
export type DataGap = {
  readonly ticker: string
  readonly name: string
  /** Null when it has no bar at all. */
  readonly latestDate: string | null
}

/** The largest first; a stock without a market cap last. */
const SIZE = sql`(- coalesce(market_cap, -1))`

/** Stocks and what was paid for them last, in one statement each however many. */
export class QuoteRepository extends Repository<QuotedStock> {
  constructor(db: Connection) {
    super(db, 'stocks', 'ticker')
  }

  /** The largest first, then by ticker. */
  async page(query: QuoteQuery = {}): Promise<QuotedStock[]> {
    const { market, sector, search, tickers, limit, before } = query
    const pattern = search === undefined ? '' : `%${search.replace(/[\\%_]/g, '\\$&')}%`
    return this.many(sql`select k.ticker, k.name, k.market, k.sector, k.kind, k.department,
        k.listed_shares, k.market_cap, k.listing_date, k.updated_at, p.date, p.open, p.high, p.low,
        p.close, p.volume, p.trading_value, b.close as previous_close
      from (
        select * from stocks ${where([
          market === undefined ? null : sql`market = ${market}`,
          sector === undefined ? null : sql`sector = ${sector}`,
          search === undefined ? null : sql`(ticker ilike ${pattern} or name ilike ${pattern})`,
          tickers === undefined
            ? null
            : sql`ticker in (select json_array_elements_text(${JSON.stringify(tickers)}::json))`,
          before === undefined
            ? null
            : sql`(${SIZE}, ticker) > (${-(before.marketCap ?? -1)}::double precision, ${before.ticker}::text)`,
        ])} order by ${SIZE}, ticker limit ${limit ?? null}
      ) k
      left join lateral (select * from daily_prices d
        where d.ticker = k.ticker and d.volume > 0 order by d.date desc limit 1) p on true
      left join lateral (select d.close from daily_prices d
        where d.ticker = k.ticker and d.volume > 0 and d.date < p.date
        order by d.date desc limit 1) b on true
      order by ${SIZE}, k.ticker`)
  }

  /** Stocks whose newest bar, traded or not, is older than a date; those that lag most first. */
  async gaps(olderThan: string): Promise<DataGap[]> {
    const { rows } = await sql<{ ticker: string; name: string; latest: string | null }>`
      select k.ticker, k.name, p.date as latest from stocks k
      left join lateral (select date from daily_prices d where d.ticker = k.ticker
        order by d.date desc limit 1) p on true
      where p.date is null or p.date < ${olderThan}
      order by p.date nulls first, k.ticker`.execute(this.db)
    return rows.map(({ ticker, name, latest }) => ({ ticker, name, latestDate: latest }))
  }

  /** Newest bar of any listed stock, and who wrote the list; the bars themselves are not counted. */
  async state(): Promise<{ readonly lastDate: string | null; readonly sources: string[] }> {
    const { rows } = await sql<{ last_date: string | null; sources: string[] }>`
      select (select max(p.date) from stocks k cross join lateral (
          select date from daily_prices d where d.ticker = k.ticker order by d.date desc limit 1
        ) p) as last_date,
        (select coalesce(json_agg(distinct i.source order by i.source), '[]') from imports i
          where i.id in (select import_id from stocks)) as sources`.execute(this.db)
    return { lastDate: rows[0]?.last_date ?? null, sources: rows[0]?.sources ?? [] }
  }

  /** Names by ticker; an unlisted one is absent. */
  async names(tickers: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { rows } = await sql<{ ticker: string; name: string }>`select ticker, name from stocks
      where ticker in (select json_array_elements_text(${JSON.stringify(tickers)}::json))`.execute(
      this.db,
    )
    return new Map(rows.map(({ ticker, name }) => [ticker, name]))
  }
}
