import type { BarRows, FlowRows, IndexRows, Series } from '@ralph-stock/core'

/** A row by its columns. */
export type Row = Readonly<Record<string, number>>

/** The rows of a batch by name and day. */
export function rowsOf(rows: BarRows | FlowRows | IndexRows | null): Map<string, Row> {
  const found = new Map<string, Row>()
  if (rows === null) return found
  const columns = Object.entries(rows).flatMap(([name, column]) =>
    column instanceof Float64Array ? [[name, column] as const] : [],
  )
  for (let at = 0; at < rows.length; at++) {
    const row = Object.fromEntries(
      columns.map(([name, column]) => [name, column[at] ?? Number.NaN]),
    )
    found.set(`${rows.tickers[rows.ticker[at] ?? 0]} ${rows.day[at]}`, row)
  }
  return found
}

/** The columns of a series on a day; undefined where it has no bar. */
export function dayOf(series: Series | undefined, day: number): Record<string, number> | undefined {
  const at = series?.days.indexOf(day) ?? -1
  if (series === undefined || at < 0) return undefined
  return Object.fromEntries(
    Object.entries(series.columns).map(([name, column]) => [name, column[at] ?? Number.NaN]),
  )
}
