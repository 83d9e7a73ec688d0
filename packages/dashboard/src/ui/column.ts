import type { ReactNode } from 'react'

/** A column: what it is called and what it shows of a row. */
export type Column<Row> = {
  readonly id: string
  readonly label: string
  /** CSS width on a wide screen. */
  readonly width: string
  readonly end?: boolean
  /** Which way the first press sorts; a column without it does not sort. */
  readonly sorts?: 'up' | 'down'
  readonly cell: (row: Row) => ReactNode
}
