import { sql } from 'kysely'
import { type Connection, Repository } from './repository.js'

/** One session of one stock, KRW and shares; null where unknown. */
export type StoredPrice = {
  readonly ticker: string
  readonly date: string
  readonly importId: number
  readonly open: number | null
  readonly high: number | null
  readonly low: number | null
  readonly close: number | null
  readonly volume: number | null
  readonly tradingValue: number | null
  readonly rawClose: number | null
}

/** The same with what became of it later. */
export type PriceRevision = StoredPrice & { readonly source: string; readonly knownAt: Date }

/** Daily prices of single stocks. A whole market is read by `load`. */
export class DailyPriceRepository extends Repository<StoredPrice> {
  constructor(db: Connection) {
    super(db, 'daily_prices', 'ticker')
  }

  /** Both dates included, oldest first. */
  async byDateRange(ticker: string, from: string, to: string): Promise<StoredPrice[]> {
    return this.many(sql`select * from daily_prices
      where ticker = ${ticker} and date between ${from} and ${to} order by date`)
  }

  /** The last `count` rows, newest first. */
  async latest(ticker: string, count = 1): Promise<StoredPrice[]> {
    return this.many(sql`select * from daily_prices where ticker = ${ticker}
      order by date desc limit ${count}`)
  }

  /** The newest row of each ticker, in one statement; a ticker without rows is absent. */
  async latestOf(tickers: readonly string[]): Promise<StoredPrice[]> {
    return this.many(sql`select p.* from json_array_elements_text(${JSON.stringify(tickers)}::json) as t(ticker)
      cross join lateral (
        select * from daily_prices d where d.ticker = t.ticker order by d.date desc limit 1
      ) p`)
  }

  /** Volume of the newest row, shares; null where unknown. */
  async latestVolume(ticker: string): Promise<number | null> {
    return (await this.latest(ticker))[0]?.volume ?? null
  }

  /**
   * A row as it was known at an instant: the stored one, or the one that a later import replaced.
   * Null when nothing was known.
   */
  async asKnownAt(ticker: string, date: string, at: Date): Promise<PriceRevision | null> {
    const columns = sql`ticker, date, import_id, open, high, low, close, volume, trading_value, raw_close`
    // Sound: the row carries the two columns of its import beside its own.
    return this.one(sql`select r.*, i.source, i.known_at from (
        select ${columns} from daily_prices where ticker = ${ticker} and date = ${date}
        union all
        select ${columns} from daily_prices_revisions where ticker = ${ticker} and date = ${date}
      ) r join imports i on i.id = r.import_id
      where i.known_at <= ${at.toISOString()}
      order by i.known_at desc, i.id desc limit 1`) as Promise<PriceRevision | null>
  }

  /**
   * Takes a trade into the bar of its session: the open stays, high and low widen, volume is the
   * session's so far.
   */
  async updateRealtimeBar(
    bar: Pick<StoredPrice, 'ticker' | 'date' | 'importId'> & {
      readonly price: number
      readonly volume: number
    },
  ): Promise<void> {
    const { ticker, date, importId, price, volume } = bar
    await this.run(sql`insert into daily_prices as p
        (ticker, date, import_id, open, high, low, close, volume)
      values (${ticker}, ${date}, ${importId}, ${price}, ${price}, ${price}, ${price}, ${volume})
      on conflict (ticker, date) do update set
        high = greatest(p.high, excluded.high), low = least(p.low, excluded.low),
        close = excluded.close, volume = excluded.volume, import_id = excluded.import_id`)
  }
}
