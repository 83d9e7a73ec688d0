import { fromDayNumber, type KeyColumns, type WriteCount } from '@ralph-stock/core'
import { sql } from 'kysely'
import { type CopyField, encodeCopy } from '../binary/encode.js'
import type { Session } from '../engine.js'
import type { Spans } from './check-rows.js'
import type { DailyTable } from './tables.js'

// A piece of a COPY that an engine may hold in memory at once: about 25 MB.
const ROWS_PER_COPY = 262_144

// From here on the planner's picture of a table is worth renewing; PGlite never does it by itself.
const ROWS_TO_ANALYZE = 10_000

/** Nothing written. */
export const NO_ROWS: WriteCount = { inserted: 0, updated: 0, unchanged: 0 }

/**
 * Writes daily rows: new ones are added, changed ones corrected (what they were is kept as a revision),
 * equal ones not touched.
 *
 * Rows of tickers that have nothing stored between their first and last day cannot meet a stored row:
 * they are copied straight in. The others are copied aside and merged by one statement.
 */
export async function writeRows<Rows extends KeyColumns>(
  session: Session,
  table: DailyTable<Rows>,
  rows: Rows,
  spans: Spans,
  importId: number,
): Promise<WriteCount> {
  const met = await tickersMet(session, table.name, rows, spans)
  const { apart, together } = partRowsByTicker(rows, met)
  const fields = fieldsOf(table, rows, importId)
  await copyRows(session, table.name, fields, rows.length, apart)
  const copied = apart === null ? rows.length : apart.length
  const merged =
    together.length === 0 ? NO_ROWS : await mergeRows(session, table, fields, rows.length, together)
  const inserted = copied + merged.inserted
  if (inserted >= ROWS_TO_ANALYZE) await sql`analyze ${sql.table(table.name)}`.execute(session.db)
  return { ...merged, inserted }
}

function fieldsOf<Rows extends KeyColumns>(
  table: DailyTable<Rows>,
  rows: Rows,
  importId: number,
): Record<string, CopyField> {
  return {
    ticker: { kind: 'text', values: rows.tickers, at: rows.ticker },
    date: { kind: 'date', days: rows.day },
    import_id: { kind: 'constant', value: importId },
    ...table.fieldsOf(rows),
  }
}

async function tickersMet(
  { db }: Session,
  table: DailyTable['name'],
  rows: KeyColumns,
  { first, last }: Spans,
): Promise<Uint8Array> {
  const met = new Uint8Array(rows.tickers.length)
  const spans: Array<{ n: number; t: string; a: string; z: string }> = []
  for (const [n, ticker] of rows.tickers.entries()) {
    const from = first[n] as number
    const to = last[n] as number
    if (from <= to) spans.push({ n, t: ticker, a: fromDayNumber(from), z: fromDayNumber(to) })
  }
  const { rows: found } = await sql<{ n: number }>`
    select s.n from json_to_recordset(${JSON.stringify(spans)}::json) as s(n int, t text, a date, z date)
    where exists (
      select from ${sql.table(table)} p where p.ticker = s.t and p.date between s.a and s.z
    )`.execute(db)
  for (const { n } of found) met[n] = 1
  return met
}

function partRowsByTicker(
  rows: KeyColumns,
  met: Uint8Array,
): { readonly apart: Int32Array | null; readonly together: Int32Array } {
  if (!met.includes(1)) return { apart: null, together: new Int32Array(0) }
  const apart = new Int32Array(rows.length)
  const together = new Int32Array(rows.length)
  let free = 0
  let shared = 0
  for (let k = 0; k < rows.length; k++) {
    if (met[rows.ticker[k] as number] === 1) together[shared++] = k
    else apart[free++] = k
  }
  return { apart: apart.subarray(0, free), together: together.subarray(0, shared) }
}

async function copyRows(
  session: Session,
  table: string,
  fields: Readonly<Record<string, CopyField>>,
  length: number,
  rows: Int32Array | null,
): Promise<void> {
  const target = `${table} (${Object.keys(fields).join(', ')})`
  const columns = Object.values(fields)
  const count = rows === null ? length : rows.length
  if (rows === null && count <= ROWS_PER_COPY) {
    if (count > 0) await session.copyIn(target, encodeCopy(columns, length))
    return
  }
  const all = rows ?? Int32Array.from({ length }, (_, k) => k)
  for (let from = 0; from < count; from += ROWS_PER_COPY) {
    const piece = all.subarray(from, from + ROWS_PER_COPY)
    await session.copyIn(target, encodeCopy(columns, length, piece))
  }
}

async function mergeRows(
  session: Session,
  table: Omit<DailyTable, 'fieldsOf'>,
  fields: Readonly<Record<string, CopyField>>,
  length: number,
  rows: Int32Array,
): Promise<WriteCount> {
  const { db } = session
  const staging = `staged_${table.name}`
  const target = sql.table(table.name)
  await sql`create temporary table ${sql.table(staging)} (like ${target}) on commit drop`.execute(
    db,
  )
  await copyRows(session, staging, fields, length, rows)

  const columns = table.columns.map(({ name }) => sql.ref(name))
  const value = (column: DailyTable['columns'][number]) => {
    const fresh = sql.ref(`s.${column.name}`)
    if (column.merge === 'replace') return fresh
    const kept = sql`coalesce(${fresh}, ${sql.ref(`t.${column.name}`)})`
    return table.provisional
      ? sql`case when t.provisional and not s.provisional then ${fresh} else ${kept} end`
      : kept
  }
  const merged = sql.join(table.columns.map(value))
  const stored = sql.join(table.columns.map(({ name }) => sql.ref(`t.${name}`)))
  const changed = sql`row(${merged}) is distinct from row(${stored})`
  const allowed = table.provisional ? sql`not (s.provisional and not t.provisional)` : sql`true`

  const revised = await sql`
    insert into ${sql.table(`${table.name}_revisions`)}
      (ticker, date, import_id, ${sql.join(columns)}, replaced_by)
    select t.ticker, t.date, t.import_id, ${stored}, s.import_id
    from ${sql.table(staging)} s join ${target} t on t.ticker = s.ticker and t.date = s.date
    where ${allowed} and ${changed}`.execute(db)
  const written = await sql`
    insert into ${target} as stored (ticker, date, import_id, ${sql.join(columns)})
    select s.ticker, s.date, s.import_id, ${merged}
    from ${sql.table(staging)} s left join ${target} t on t.ticker = s.ticker and t.date = s.date
    where t.ticker is null or (${allowed} and ${changed})
    on conflict (ticker, date) do update set
      import_id = excluded.import_id,
      ${sql.join(table.columns.map(({ name }) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`))}`.execute(
    db,
  )
  await sql`drop table ${sql.table(staging)}`.execute(db)

  const updated = Number(revised.numAffectedRows ?? 0)
  const touched = Number(written.numAffectedRows ?? 0)
  return { inserted: touched - updated, updated, unchanged: rows.length - touched }
}
