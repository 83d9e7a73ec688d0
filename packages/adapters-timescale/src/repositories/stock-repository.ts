import { RalphError, type Stock } from '@ralph-stock/core'
import { sql } from 'kysely'
import { type Connection, type Page, pageOf, Repository } from './repository.js'

/** A stock as the store keeps it. Shares, KRW. */
export type StoredStock = Stock & {
  readonly isEtf: boolean
  readonly isSpac: boolean
  readonly isAdmin: boolean
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** Net buying on one date, KRW and shares; null where unknown. */
export type StoredFlow = {
  readonly ticker: string
  readonly date: string
  readonly foreignNetBuyAmount: number | null
  readonly instNetBuyAmount: number | null
  readonly foreignNetBuy: number | null
  readonly instNetBuy: number | null
  readonly provisional: boolean
}

/** Stocks as the newest list describes them. */
export class StockRepository extends Repository<StoredStock> {
  readonly #flows: FlowRows

  constructor(db: Connection) {
    super(db, 'stocks', 'ticker')
    this.#flows = new FlowRows(db)
  }

  /** The largest first; a stock without a market cap last. */
  async byMarket(market: string, page: Page = {}): Promise<StoredStock[]> {
    return this.many(sql`select * from stocks where market = ${market}
      order by market_cap desc nulls last, ticker ${pageOf(page)}`)
  }

  async bySector(sector: string, page: Page = {}): Promise<StoredStock[]> {
    return this.many(sql`select * from stocks where sector = ${sector}
      order by market_cap desc nulls last, ticker ${pageOf(page)}`)
  }

  /** Ticker or part of the name; an exact match first. */
  async search(text: string, limit = 20): Promise<StoredStock[]> {
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
    return this.many(sql`select * from stocks where ticker = ${text} or name ilike ${pattern}
      order by (ticker = ${text} or name = ${text}) desc, market_cap desc nulls last limit ${limit}`)
  }

  async etfs(): Promise<StoredStock[]> {
    return this.many(sql`select * from stocks where is_etf order by ticker`)
  }

  /** Stocks under administration. */
  async administrative(): Promise<StoredStock[]> {
    return this.many(sql`select * from stocks where is_admin order by ticker`)
  }

  /** @throws RalphError E_STOCK_UNKNOWN */
  async updateMarketCap(ticker: string, marketCap: number): Promise<void> {
    const changed =
      await this.run(sql`update stocks set market_cap = ${marketCap}, updated_at = now()
      where ticker = ${ticker}`)
    if (changed === 0) {
      throw new RalphError('E_STOCK_UNKNOWN', `no stock has the ticker "${ticker}"`, { ticker })
    }
  }

  /** The last `days` flows, oldest first. */
  async flows(ticker: string, days = 20): Promise<StoredFlow[]> {
    return this.#flows.last(ticker, days)
  }
}

class FlowRows extends Repository<StoredFlow> {
  constructor(db: Connection) {
    super(db, 'institutional_flows', 'ticker')
  }

  async last(ticker: string, days: number): Promise<StoredFlow[]> {
    const rows = await this.many(sql`select * from institutional_flows where ticker = ${ticker}
      order by date desc limit ${days}`)
    return rows.reverse()
  }
}
