import { RalphError } from '@ralph-stock/core'
import { type Kysely, sql } from 'kysely'
import * as marketData from '../../migrations/0001-market-data.js'
import * as signals from '../../migrations/0002-signals.js'
import * as reports from '../../migrations/0003-reports.js'
import * as signalLife from '../../migrations/0004-signal-life.js'
import * as service from '../../migrations/0005-service.js'
import type { Engine, Session } from '../engine.js'

/** One step of the schema, and back. */
export type Migration = {
  readonly name: string
  up(db: Kysely<unknown>): Promise<void>
  down(db: Kysely<unknown>): Promise<void>
}

/** All steps, in order. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-market-data', ...marketData },
  { name: '0002-signals', ...signals },
  { name: '0003-reports', ...reports },
  { name: '0004-signal-life', ...signalLife },
  { name: '0005-service', ...service },
]

/** One step and whether the store has it. */
export type MigrationStatus = {
  readonly name: string
  /** Null while it is pending. */
  readonly appliedAt: Date | null
}

/**
 * Brings the tables up to date in one transaction. Of several processes that start at once, one
 * migrates and the others wait.
 *
 * @returns the names of the steps that were taken
 * @throws RalphError E_STORE_SCHEMA_NEWER, E_STORE_MIGRATION
 */
export function migrateUp(
  engine: Engine,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<string[]> {
  return engine.transaction(async (session) => {
    const applied = await appliedIn(session, migrations)
    const taken: string[] = []
    for (const migration of migrations) {
      if (applied.has(migration.name)) continue
      await take(migration, 'up', session)
      await session.db.insertInto('schema_migrations').values({ name: migration.name }).execute()
      taken.push(migration.name)
    }
    return taken
  })
}

/**
 * Takes back the last step.
 *
 * @returns its name; null when none was left
 * @throws RalphError E_STORE_SCHEMA_NEWER, E_STORE_MIGRATION
 */
export function migrateDown(
  engine: Engine,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<string | null> {
  return engine.transaction(async (session) => {
    const applied = await appliedIn(session, migrations)
    const last = migrations.findLast((migration) => applied.has(migration.name))
    if (last === undefined) return null
    await take(last, 'down', session)
    await session.db.deleteFrom('schema_migrations').where('name', '=', last.name).execute()
    return last.name
  })
}

/** Every step, with when it was taken. */
export function migrationStatus(
  engine: Engine,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<MigrationStatus[]> {
  return engine.transaction(async (session) => {
    const applied = await appliedIn(session, migrations)
    return migrations.map(({ name }) => ({ name, appliedAt: applied.get(name) ?? null }))
  })
}

async function appliedIn(
  { db }: Session,
  migrations: readonly Migration[],
): Promise<Map<string, Date>> {
  await sql`select pg_advisory_xact_lock(hashtext('ralph-stock schema ' || current_schema()))`.execute(
    db,
  )
  await db.schema
    .createTable('schema_migrations')
    .ifNotExists()
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('applied_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute()
  const rows = await db.selectFrom('schema_migrations').selectAll().execute()
  const known = new Set(migrations.map(({ name }) => name))
  const foreign = rows.map(({ name }) => name).filter((name) => !known.has(name))
  if (foreign.length > 0) {
    throw new RalphError(
      'E_STORE_SCHEMA_NEWER',
      `the store was migrated by a newer version: it has ${foreign.join(', ')}, and this one knows up to ${migrations.at(-1)?.name}; update ralph-stock`,
      { unknown: foreign },
    )
  }
  return new Map(rows.map(({ name, applied_at }) => [name, applied_at]))
}

async function take(
  migration: Migration,
  direction: 'up' | 'down',
  { db }: Session,
): Promise<void> {
  try {
    // Sound: a migration writes the schema that the type describes, so it is given no description.
    await migration[direction](db as unknown as Kysely<unknown>)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new RalphError(
      'E_STORE_MIGRATION',
      `migration ${migration.name} (${direction}) failed and was rolled back: ${cause}`,
      { migration: migration.name, direction },
      { cause: error },
    )
  }
}
