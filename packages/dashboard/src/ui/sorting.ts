/** A column and a direction to sort by. */
export type Sorting = { readonly column: string; readonly descending: boolean }

/** What a row is sorted by; null goes last in both directions. */
export type SortValue = string | number | null

/**
 * Rows in order; equal ones keep theirs.
 *
 * @param by what a row has in the column that is sorted by
 */
export function sortRows<Row>(
  rows: readonly Row[],
  by: (row: Row) => SortValue,
  descending: boolean,
): Row[] {
  const keyed = rows.map((row) => ({ row, value: by(row) }))
  const sign = descending ? -1 : 1
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) {
      return a.value === b.value ? 0 : a.value === null ? 1 : -1
    }
    return sign * compare(a.value, b.value)
  })
  return keyed.map(({ row }) => row)
}

/** The sorting after a column's header was pressed: numbers begin with the largest. */
export function pressed(sorting: Sorting, column: string, descendingFirst: boolean): Sorting {
  if (sorting.column !== column) return { column, descending: descendingFirst }
  return { column, descending: !sorting.descending }
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
}
