import { fromDayNumber, type KeyColumns, type WriteCount } from '@ralph-stock/core'
import { sql } from 'kysely'
import type { CopyField } from '../binary/encode.js'
import type { Session } from '../engine.js'
import type { Spans } from './check-rows.js'
import { copyRows } from './copy-rows.js'
import { mergeRows } from './merge-rows.js'
import type { DailyTable } from './tables.js'

// From here on the planner's picture of a table is worth renewing; PGlite never does it by itself.
const ROWS_TO_ANALYZE = 10_000

/** Nothing written. */
export const NO_ROWS: WriteCount = { inserted: 0, updated: 0, unchanged: 0 }

/** The import that rows come with. */
export type ImportOf = {
  readonly id: number
  /** Whether anything in the store was known later than this. */
  readonly late: boolean
}

/**
 * Writes daily rows: new ones are added, changed ones corrected (what they were is kept as a revision),
 * equal ones not touched. A row that was known before the stored one changes nothing but the past.
 *
 * Rows of tickers that have nothing stored between their first and last day cannot meet a stored row:
 * they are copied straight in. The others are copied aside and merged by one statement.
 */
export async function writeRows<Rows extends KeyColumns>(
  session: Session,
  table: DailyTable<Rows>,
  rows: Rows,
  spans: Spans,
  by: ImportOf,
): Promise<WriteCount> {
  const met = await tickersMet(session, table.name, rows, spans)
  const { apart, together } = partRowsByTicker(rows, met)
  const fields = fieldsOf(table, rows, by.id)
  await copyRows(session, table.name, fields, rows.length, apart)
  const copied = apart === null ? rows.length : apart.length
  const merged =
    together.length === 0
      ? NO_ROWS
      : await mergeRows(session, table, { fields, length: rows.length, rows: together }, by)
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
