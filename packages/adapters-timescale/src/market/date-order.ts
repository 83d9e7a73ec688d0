/**
 * Columns in ascending order of their days. Rows come as they were written, which is by date but for
 * corrections and late arrivals; those few stocks are sorted here instead of all in the database.
 */
export function inDateOrder(
  days: Int32Array,
  columns: readonly Float64Array[],
): [Int32Array, ...Float64Array[]] {
  let ordered = true
  for (let i = 1; i < days.length && ordered; i++) {
    ordered = (days[i] as number) > (days[i - 1] as number)
  }
  if (ordered) return [days, ...columns]
  const positions = Int32Array.from(days, (_, i) => i).sort(
    (a, b) => (days[a] as number) - (days[b] as number),
  )
  return [
    Int32Array.from(positions, (position) => days[position] as number),
    ...columns.map((values) =>
      Float64Array.from(positions, (position) => values[position] as number),
    ),
  ]
}
