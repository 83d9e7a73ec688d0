import type { WriteCount } from '@ralph-stock/core'
import { type RawBuilder, sql } from 'kysely'
import type { CopyField } from '../binary/encode.js'
import type { Session } from '../engine.js'
import { copyRows } from './copy-rows.js'
import type { DailyColumn, DailyTable } from './tables.js'

type Table = Omit<DailyTable, 'fieldsOf'>

/** Some rows of a batch: their fields, how many rows the batch has, and the positions of these. */
type Staged = {
  readonly fields: Readonly<Record<string, CopyField>>
  readonly length: number
  readonly rows: Int32Array
}

/**
 * Merges rows with those that are stored; what a correction replaces is kept as a revision.
 *
 * A row that was known before the stored one leaves it as it is and becomes a revision itself,
 * `replaced_by` its own import; it counts as unchanged.
 *
 * @param by `late` when anything stored was known later than this import
 */
export async function mergeRows(
  session: Session,
  table: Table,
  { fields, length, rows }: Staged,
  by: { readonly id: number; readonly late: boolean },
): Promise<WriteCount> {
  const { db } = session
  const staging = `staged_${table.name}`
  const staged = sql.table(staging)
  const target = sql.table(table.name)
  await sql`create temporary table ${staged} (like ${target}) on commit drop`.execute(db)
  await copyRows(session, staging, fields, length, rows)
  if (by.late) await keepAsPast(session, table, staging)

  const columns = table.columns.map(({ name }) => sql.ref(name))
  const merged = sql.join(table.columns.map((column) => mergedWith(table, column, 't')))
  const stored = sql.join(table.columns.map(({ name }) => sql.ref(`t.${name}`)))
  const changed = sql`row(${merged}) is distinct from row(${stored})`
  const allowed = table.provisional ? sql`not (s.provisional and not t.provisional)` : sql`true`

  const revised = await sql`
    insert into ${sql.table(`${table.name}_revisions`)}
      (ticker, date, import_id, ${sql.join(columns)}, replaced_by)
    select t.ticker, t.date, t.import_id, ${stored}, s.import_id
    from ${staged} s join ${target} t on t.ticker = s.ticker and t.date = s.date
    where ${allowed} and ${changed}`.execute(db)
  const written = await sql`
    insert into ${target} as stored (ticker, date, import_id, ${sql.join(columns)})
    select s.ticker, s.date, s.import_id, ${merged}
    from ${staged} s left join ${target} t on t.ticker = s.ticker and t.date = s.date
    where t.ticker is null or (${allowed} and ${changed})
    on conflict (ticker, date) do update set
      import_id = excluded.import_id,
      ${sql.join(table.columns.map(({ name }) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`))}`.execute(
    db,
  )
  await sql`drop table ${staged}`.execute(db)

  const updated = Number(revised.numAffectedRows ?? 0)
  const touched = Number(written.numAffectedRows ?? 0)
  return { inserted: touched - updated, updated, unchanged: rows.length - touched }
}

/**
 * Takes the rows that are older than the stored ones out of the staging table. Each becomes a revision
 * unless it says what was known at its time anyway. A final flow is never older than an estimate.
 */
async function keepAsPast({ db }: Session, table: Table, staging: string): Promise<void> {
  const columns = table.columns.map(({ name }) => sql.ref(name))
  const revisions = sql.table(`${table.name}_revisions`)
  const merged = sql.join(table.columns.map((column) => mergedWith(table, column, 'p')))
  const past = sql.join(table.columns.map(({ name }) => sql.ref(`p.${name}`)))
  const mine = table.provisional ? sql`(s.provisional or not t.provisional)` : sql`true`
  const known = table.provisional ? sql`not (s.provisional and not p.provisional)` : sql`true`
  const finalFirst = table.provisional ? sql`v.provisional,` : sql``
  await sql`
    with late as (
      delete from ${sql.table(staging)} s
      using ${sql.table(table.name)} t, imports ti, imports si
      where t.ticker = s.ticker and t.date = s.date and ti.id = t.import_id and si.id = s.import_id
        and ti.known_at > si.known_at and ${mine}
      returning s.*, si.known_at
    )
    insert into ${revisions} (ticker, date, import_id, ${sql.join(columns)}, replaced_by)
    select s.ticker, s.date, s.import_id, ${merged}, s.import_id
    from late s left join lateral (
      select v.* from ${revisions} v join imports i on i.id = v.import_id
      where v.ticker = s.ticker and v.date = s.date and i.known_at <= s.known_at
      order by ${finalFirst} i.known_at desc, i.id desc limit 1
    ) p on true
    where p.ticker is null or (${known} and row(${merged}) is distinct from row(${past}))`.execute(
    db,
  )
}

// The value that a column has after the staged row `s` came to the row `other`.
function mergedWith(table: Table, column: DailyColumn, other: string): RawBuilder<unknown> {
  const fresh = sql.ref(`s.${column.name}`)
  if (column.merge === 'replace') return fresh
  const kept = sql`coalesce(${fresh}, ${sql.ref(`${other}.${column.name}`)})`
  return table.provisional
    ? sql`case when ${sql.ref(`${other}.provisional`)} and not s.provisional then ${fresh} else ${kept} end`
    : kept
}
