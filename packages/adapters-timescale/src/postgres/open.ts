import { sql } from 'kysely'
import { Pool } from 'pg'
import type { StatementListener } from '../engine.js'
import { migrateUp } from '../migrate/migrator.js'
import { createStore, type Store } from '../store.js'
import { useTimescale } from '../timescale/extension.js'
import { PostgresEngine } from './engine.js'

/** How to open a store on a PostgreSQL server: by its address, or over a pool of yours. */
export type PostgresStoreOptions = {
  /** `postgresql://user:password@host:port/database`. */
  readonly url?: string
  /** A pool of your own, which stays yours to end. */
  readonly pool?: Pool
  /** Schema of the tables, made where it is absent; the server's default unless told. Only with `url`. */
  readonly schema?: string
  /** Connections at most; 10 unless told. Only with `url`. */
  readonly connections?: number
  /** How long to wait for a free connection; 10,000 unless told. Only with `url`. */
  readonly connectTimeoutMs?: number
  /** Whether to take pending migrations; true unless told. */
  readonly migrate?: boolean
  /** Whether to use TimescaleDB where the server has it; true unless told. */
  readonly timescale?: boolean
  /** On TimescaleDB, drop daily rows older than this, such as `15 years`; kept for ever unless told. */
  readonly retention?: string
  readonly onStatement?: StatementListener
}

/**
 * Opens a store on a PostgreSQL server.
 *
 * @throws RalphError E_STORE_CONNECTION, E_STORE_POOL_EXHAUSTED, E_STORE_SCHEMA_NEWER, E_STORE_MIGRATION
 * @example const store = await openPostgresStore({ url: process.env.DATABASE_URL })
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const pool = options.pool ?? poolOf(options)
  const where = describePool(pool)
  const engine = new PostgresEngine(
    pool,
    options.pool === undefined,
    where,
    options.onStatement ?? ignore,
  )
  try {
    if (options.schema !== undefined) {
      await engine.transaction(async ({ db }) => {
        await sql`select pg_advisory_xact_lock(hashtext('ralph-stock schema'))`.execute(db)
        await sql`create schema if not exists ${sql.id(options.schema ?? '')}`.execute(db)
      })
    }
    if (options.migrate !== false) await migrateUp(engine)
    const timescale =
      options.timescale === false
        ? { active: false, message: `${where}: TimescaleDB is not wanted` }
        : await useTimescale(engine, where, options.retention ?? null)
    const kind = timescale.active ? 'timescale' : 'postgres'
    return createStore(engine, kind, where, { notice: timescale.message })
  } catch (error) {
    await engine.close()
    throw error
  }
}

function poolOf(options: PostgresStoreOptions): Pool {
  return new Pool({
    ...(options.url === undefined ? {} : { connectionString: options.url }),
    max: options.connections ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 10_000,
    application_name: 'ralph-stock',
    ...(options.schema === undefined
      ? {}
      : { options: `-c search_path="${options.schema.replaceAll('"', '""')}"` }),
  })
}

function describePool({ options }: Pool): string {
  if (options.connectionString === undefined)
    return `${options.host ?? 'PostgreSQL'}/${options.database ?? ''}`
  try {
    const { host, pathname } = new URL(options.connectionString)
    return `${host}${pathname}`
  } catch {
    return 'PostgreSQL'
  }
}

function ignore(): void {}
