import { type KeyColumns, RalphError } from '@ralph-stock/core'
import { named } from './field-reader.js'
import type { NumericTable } from './numeric-table.js'

/** Positions of the rows to keep, in the order to keep them. */
export type RowSelection = {
  readonly rows: Int32Array
  /** Rows of a key that the list does not hold. */
  readonly unknown: number
  /** Those keys, ascending. */
  readonly unknownKeys: readonly string[]
  /** Rows that repeat another in every number. */
  readonly duplicates: number
}

/**
 * Orders rows by key and date, drops exact repeats and the rows of keys that are not known.
 *
 * @throws RalphError E_IMPORT_CONFLICT when two rows of one key and date differ
 */
export function selectRows(
  table: NumericTable,
  isKnown: (key: string) => boolean = () => true,
): RowSelection {
  const { tickers, ticker, day, length } = table.rows
  const known = tickers.map(isKnown)
  const rank = rankOf(tickers)
  const rows = new Int32Array(length)
  let kept = 0
  let ordered = true
  for (let row = 0; row < length; row++) {
    const key = ticker[row] as number
    if (!known[key]) continue
    const previous = kept === 0 ? -1 : (rows[kept - 1] as number)
    if (previous >= 0 && ordered) ordered = isBefore(rank, ticker, day, previous, row)
    rows[kept++] = row
  }
  const unknownKeys = tickers.filter((_, key) => !known[key]).sort()
  const selected = rows.subarray(0, kept)
  const unknown = length - kept
  if (ordered) return { rows: selected, unknown, unknownKeys, duplicates: 0 }
  selected.sort((a, b) => {
    const byKey = (rank[ticker[a] as number] as number) - (rank[ticker[b] as number] as number)
    return byKey || (day[a] as number) - (day[b] as number) || a - b
  })
  const distinct = dropRepeats(table, selected)
  return { rows: distinct, unknown, unknownKeys, duplicates: kept - distinct.length }
}

/** A column of the selected rows; the column itself when all rows are selected in their order. */
export function pick<T extends Int32Array | Float64Array>(column: T, rows: Int32Array): T {
  // Sound: both kinds of array make one of their own kind.
  const make = column.constructor as new (length: number) => T
  const result = new make(rows.length)
  for (let k = 0; k < rows.length; k++) result[k] = column[rows[k] as number] as number
  return result
}

/** The key columns of the selected rows. */
export function pickKeys(table: NumericTable, rows: Int32Array): KeyColumns {
  const { tickers, ticker, day } = table.rows
  return { length: rows.length, tickers, ticker: pick(ticker, rows), day: pick(day, rows) }
}

function isBefore(
  rank: Int32Array,
  ticker: Int32Array,
  day: Int32Array,
  first: number,
  second: number,
): boolean {
  const a = ticker[first] as number
  const b = ticker[second] as number
  return a === b
    ? (day[first] as number) < (day[second] as number)
    : (rank[a] as number) < (rank[b] as number)
}

function rankOf(keys: readonly string[]): Int32Array {
  const rank = new Int32Array(keys.length)
  const order = keys.map((_, k) => k)
  order.sort((a, b) => ((keys[a] as string) < (keys[b] as string) ? -1 : 1))
  order.forEach((key, place) => {
    rank[key] = place
  })
  return rank
}

function dropRepeats(table: NumericTable, ordered: Int32Array): Int32Array {
  const { tickers, ticker, day } = table.rows
  let kept = 0
  for (const row of ordered) {
    const previous = kept === 0 ? -1 : (ordered[kept - 1] as number)
    const repeats = previous >= 0 && ticker[row] === ticker[previous] && day[row] === day[previous]
    if (!repeats) {
      ordered[kept++] = row
      continue
    }
    if (table.values.every((column) => Object.is(column[row], column[previous]))) continue
    const key = tickers[ticker[row] as number] as string
    throw new RalphError(
      'E_IMPORT_CONFLICT',
      `${table.file} lines ${previous + 2} and ${row + 2} differ for ${key} on ${named(day[row] as number)}; keep one`,
      { file: table.file, lines: [previous + 2, row + 2] },
    )
  }
  return ordered.subarray(0, kept)
}
