import { sql } from 'kysely'
import { type Connection, Repository } from './repository.js'

/** The market on a date: indexes in points, changes in percent; null where unknown. */
export type MarketStatus = {
  readonly date: string
  readonly kospi: number | null
  readonly kospiChangePct: number | null
  readonly kosdaq: number | null
  readonly kosdaqChangePct: number | null
  readonly usdKrw: number | null
  readonly usdKrwChangePct: number | null
  /** GREEN, YELLOW or RED; null when the gate could not be told. */
  readonly gate: string | null
  readonly gateScore: number | null
  readonly gateReasons: unknown
  readonly sectorScores: unknown
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** The market's gate by date. The score itself is the market-gate strategy's. */
export class MarketRepository extends Repository<MarketStatus> {
  constructor(db: Connection) {
    super(db, 'market_status', 'date')
  }

  /** The newest, or null. */
  async latest(): Promise<MarketStatus | null> {
    return this.one(sql`select * from market_status order by date desc limit 1`)
  }

  /** The status of a date, added or corrected. What is not given stays as it is. */
  async save(
    status: Pick<MarketStatus, 'date'> & Partial<Omit<MarketStatus, 'createdAt' | 'updatedAt'>>,
  ): Promise<MarketStatus> {
    return this.upsert({ ...status, updatedAt: new Date() }, ['date'])
  }
}
