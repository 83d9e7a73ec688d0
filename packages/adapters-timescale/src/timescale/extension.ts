import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Engine } from '../engine.js'
import { storeError } from '../errors.js'
import type { StoreSchema } from '../schema.js'

/** What became of the wish for TimescaleDB. */
export type TimescaleState = {
  readonly active: boolean
  /** In a sentence, for the log at start. */
  readonly message: string
}

// Months of daily rows of the whole market are about 60,000; a chunk of a year stays in memory.
const CHUNK = '1 year'
const COMPRESS_AFTER = '1 year'

/**
 * Turns daily prices and flows into hypertables where the server has TimescaleDB, with compression and
 * a continuous aggregate of weekly bars. Safe to repeat; each step is taken when it is missing.
 *
 * @param retention drop daily rows older than this interval, such as `15 years`; kept for ever unless told
 */
export async function useTimescale(
  engine: Engine,
  where: string,
  retention: string | null,
): Promise<TimescaleState> {
  const offered = await sql<{ installed: string | null; offered: string | null }>`select
    (select extversion from pg_extension where extname = 'timescaledb') as installed,
    (select default_version from pg_available_extensions where name = 'timescaledb') as offered`.execute(
    engine.db,
  )
  const { installed, offered: version } = offered.rows[0] ?? { installed: null, offered: null }
  if (installed === null && version === null) {
    return {
      active: false,
      message: `${where} has no TimescaleDB: daily rows are kept in plain tables`,
    }
  }
  const tables = await sql<{ ready: boolean }>`
    select to_regclass('daily_prices') is not null as ready`.execute(engine.db)
  if (tables.rows[0]?.ready !== true) {
    return { active: false, message: `${where} has TimescaleDB, and no tables yet to use it for` }
  }
  try {
    // Not in the schema of this store, which may be dropped while others go on.
    if (installed === null) {
      await sql`create extension if not exists timescaledb schema public`.execute(engine.db)
    }
  } catch (error) {
    const cause = storeError(error, where).message
    return {
      active: false,
      message: `${where} offers TimescaleDB ${version}, but it could not be turned on: ${cause}`,
    }
  }
  await engine.transaction(async ({ db }) => {
    await sql`select pg_advisory_xact_lock(hashtext('ralph-stock schema ' || current_schema()))`.execute(
      db,
    )
    const fn = await functionsOf(db)
    for (const table of ['daily_prices', 'institutional_flows']) {
      const name = sql.lit(table)
      await sql`select ${fn('create_hypertable')}(${name}::regclass, 'date',
        chunk_time_interval => interval ${sql.lit(CHUNK)}, if_not_exists => true,
        migrate_data => true, create_default_indexes => false)`.execute(db)
      await sql`alter table ${sql.table(table)} set (timescaledb.compress,
        timescaledb.compress_segmentby = 'ticker', timescaledb.compress_orderby = 'date')`.execute(
        db,
      )
      await sql`select ${fn('add_compression_policy')}(${name}::regclass, interval ${sql.lit(COMPRESS_AFTER)},
        if_not_exists => true)`.execute(db)
      if (retention === null) continue
      await sql`select ${fn('add_retention_policy')}(${name}::regclass, interval ${sql.lit(retention)},
        if_not_exists => true)`.execute(db)
    }
    await sql`create materialized view if not exists weekly_prices
      with (timescaledb.continuous) as
      select ticker, ${fn('time_bucket')}('7 days', date) as week, ${fn('first')}(open, date) as open,
        max(high) as high, min(low) as low, ${fn('last')}(close, date) as close,
        sum(volume) as volume
      from daily_prices where volume > 0 group by ticker, ${fn('time_bucket')}('7 days', date)
      with no data`.execute(db)
    await sql`select ${fn('add_continuous_aggregate_policy')}('weekly_prices', start_offset => interval '60 days',
      end_offset => interval '1 day', schedule_interval => interval '1 day', if_not_exists => true)`.execute(
      db,
    )
  })
  return { active: true, message: `${where} uses TimescaleDB ${installed ?? version}` }
}

// The extension may be in a schema that the store's connections do not search.
async function functionsOf(
  db: Kysely<StoreSchema>,
): Promise<(name: string) => RawBuilder<unknown>> {
  const { rows } = await sql<{ schema: string }>`select n.nspname as schema
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'timescaledb'`.execute(db)
  const schema = rows[0]?.schema ?? 'public'
  return (name) => sql.id(schema, name)
}
