import { sql } from 'kysely'
import type { Engine, EngineKind } from '../engine.js'
import { type MigrationStatus, migrationStatus } from '../migrate/migrator.js'

/** A stock whose rows leave out sessions on which its market traded. */
export type SessionGap = {
  readonly ticker: string
  /** Sessions from the stock's first row to the market's last. */
  readonly sessions: number
  readonly missing: number
  readonly lastDate: string
}

/** A stored row that no market prints. */
export type SuspiciousBar = {
  readonly ticker: string
  readonly date: string
  readonly why: 'inconsistent' | 'beyond-price-limit'
}

/** The state of a store. */
export type StoreReport = {
  readonly kind: EngineKind
  readonly where: string
  /** As the server words it. */
  readonly version: string
  /** Version of TimescaleDB; null without it. */
  readonly timescale: string | null
  readonly migrations: readonly MigrationStatus[]
  readonly rows: Readonly<Record<string, number>>
  readonly gaps: readonly SessionGap[]
  /** Days of halt of all stocks. */
  readonly haltedDays: number
  readonly suspicious: readonly SuspiciousBar[]
}

const TABLES = [
  'stocks',
  'stock_lists',
  'daily_prices',
  'institutional_flows',
  'index_bars',
  'signals',
  'daytrading_signals',
  'market_status',
  'ai_analyses',
  'backtest_results',
  'news',
  'jobs',
] as const

/**
 * Looks a store over. The sessions of a market are the dates on which its stocks have rows, since an
 * index may lack a day.
 *
 * @param limit rows of a list at most
 */
export async function inspect(
  engine: Engine,
  kind: EngineKind,
  where: string,
  limit = 20,
): Promise<StoreReport> {
  const migrations = await migrationStatus(engine)
  return engine.transaction(async ({ db }) => {
    const version = await sql<{ version: string; timescale: string | null }>`select version(),
      (select extversion from pg_extension where extname = 'timescaledb') as timescale`.execute(db)
    const counts = await sql<{ name: string; n: number }>`${sql.join(
      TABLES.map(
        (name) => sql`select ${sql.lit(name)} as name, count(*) as n from ${sql.table(name)}`,
      ),
      sql` union all `,
    )}`.execute(db)
    const gaps = await sql<SessionGap>`
      with days as (
        select p.date, s.market, count(*) as stocks from daily_prices p
        join stocks s on s.ticker = p.ticker group by p.date, s.market
      ), sessions as (
        select market, date, row_number() over (partition by market order by date) as n,
          count(*) over (partition by market) as total
        from days
      ), held as (
        select p.ticker, s.market, count(*) as held, min(p.date) as first, max(p.date) as last
        from daily_prices p join stocks s on s.ticker = p.ticker group by p.ticker, s.market
      )
      select h.ticker, (f.total - f.n + 1) as sessions, (f.total - f.n + 1 - h.held) as missing,
        h.last as "lastDate"
      from held h join sessions f on f.market = h.market and f.date = h.first
      where f.total - f.n + 1 > h.held order by missing desc, h.ticker limit ${limit}`.execute(db)
    const halts = await sql<{ n: number }>`select count(*) as n from daily_prices
      where volume = 0`.execute(db)
    const suspicious = await sql<SuspiciousBar>`
      select ticker, date, case when wrong then 'inconsistent' else 'beyond-price-limit' end as why
      from (
        select ticker, date, close, before,
          not coalesce(open > 0 and close > 0 and low > 0
            and low - least(open, close) <= 1 and greatest(open, close) - high <= 1, false) as wrong
        from (select *, lag(close) over (partition by ticker order by date) as before
          from daily_prices where volume > 0) traded
      ) judged
      where wrong or abs(close / nullif(before, 0) - 1) > 0.305
      order by date desc, ticker limit ${limit}`.execute(db)
    return {
      kind,
      where,
      version: version.rows[0]?.version ?? '',
      timescale: version.rows[0]?.timescale ?? null,
      migrations,
      rows: Object.fromEntries(counts.rows.map(({ name, n }) => [name, Number(n)])),
      gaps: gaps.rows,
      haltedDays: Number(halts.rows[0]?.n ?? 0),
      suspicious: suspicious.rows,
    }
  }, 'read')
}
