import { RalphError } from '../errors/index.js'
import type { TradeDate } from './trade-date.js'

/**
 * A row of a dated table: in force from `from` until a later row of the same subject.
 *
 * `verified` is false where the rule or its first day rests on one account, on a plan or on memory.
 */
export type DatedRow = {
  readonly from: string
  readonly source: string
  readonly verified: boolean
}

/**
 * The row in force on a date: the last one, in ascending order of `from`, that applies.
 *
 * @throws RalphError E_PARAM_RANGE when the table does not reach back to the date
 */
export function rowInForce<Row extends DatedRow>(
  rows: readonly Row[],
  date: TradeDate,
  subject: string,
  applies: (row: Row) => boolean,
): Row {
  let earliest = 'never'
  for (let i = rows.length - 1; i >= 0; i--) {
    // Sound: i is within the array.
    const row = rows[i] as Row
    if (!applies(row)) continue
    if (row.from <= date) return row
    earliest = row.from
  }
  throw new RalphError(
    'E_PARAM_RANGE',
    `date must be on or after ${earliest}, where the table of ${subject} begins; found "${date}"`,
    { name: 'date', value: date, minimum: earliest },
  )
}
