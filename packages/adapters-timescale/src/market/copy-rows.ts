import { type CopyField, encodeCopy } from '../binary/encode.js'
import type { Session } from '../engine.js'

// A piece of a COPY that an engine may hold in memory at once: about 25 MB.
const ROWS_PER_COPY = 262_144

/** Copies rows into a table, in pieces; all rows when `rows` is null. */
export async function copyRows(
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
