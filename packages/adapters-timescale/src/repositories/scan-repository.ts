import { sql } from 'kysely'
import { type Connection, Repository } from './repository.js'

/** One scan of the market. */
export type ScanRun = {
  readonly id: number
  /** YYYY-MM-DD. */
  readonly asOf: string
  /** Ids of the strategies. */
  readonly strategies: readonly string[]
  /** Stocks considered. */
  readonly eligible: number
  /** Cards that passed. */
  readonly found: number
  readonly finishedAt: Date
}

/** Scans that were finished. One that was not has left nothing. */
export class ScanRepository extends Repository<ScanRun> {
  constructor(db: Connection) {
    super(db, 'scan_runs', 'id')
  }

  async add(run: Omit<ScanRun, 'id' | 'finishedAt'>): Promise<ScanRun> {
    return this.upsert(run, [])
  }

  /** Newest first. */
  async latest(limit = 1): Promise<ScanRun[]> {
    return this.many(sql`select * from scan_runs order by id desc limit ${limit}`)
  }
}
