import { fromDayNumber, type KeyColumns, RalphError } from '@ralph-stock/core'

/** The days that a ticker's rows span; `length` of rows is 0 where first is after last. */
export type Spans = { readonly first: Int32Array; readonly last: Int32Array }

/**
 * Checks the rows of a batch before anything is written.
 *
 * @param columns value columns by name, each as long as the rows
 * @param signed whether values below 0 are sound
 * @returns the first and last day of each ticker
 * @throws RalphError E_BARS_SHAPE, E_BARS_DUPLICATE, E_BARS_VALUE
 */
export function checkRows(
  what: string,
  rows: KeyColumns,
  columns: Readonly<Record<string, Float64Array | null>>,
  signed: boolean,
): Spans {
  const { length } = rows
  for (const [name, values] of Object.entries({ ticker: rows.ticker, day: rows.day, ...columns })) {
    if (values === null || values.length >= length) continue
    throw new RalphError(
      'E_BARS_SHAPE',
      `column ${name} of the ${what} must have ${length} values; found ${values.length}`,
      { what, column: name, expected: length, found: values.length },
    )
  }
  const spans = spansOf(what, rows)
  const lowest = signed ? Number.NEGATIVE_INFINITY : 0
  for (const [name, values] of Object.entries(columns)) {
    if (values !== null) checkValues(what, rows, name, values, lowest)
  }
  return spans
}

function checkValues(
  what: string,
  rows: KeyColumns,
  name: string,
  values: Float64Array,
  lowest: number,
): void {
  for (let k = 0; k < rows.length; k++) {
    const value = values[k] as number
    if ((value >= lowest && value - value === 0) || Number.isNaN(value)) continue
    const ticker = rows.tickers[rows.ticker[k] as number]
    const date = fromDayNumber(rows.day[k] as number)
    throw new RalphError(
      'E_BARS_VALUE',
      `${name} must be a finite number${lowest === 0 ? ' >= 0' : ''}; found ${value} in the ${what} of ${ticker} on ${date}`,
      { what, ticker, date, field: name, value },
    )
  }
}

function spansOf(what: string, rows: KeyColumns): Spans {
  const first = new Int32Array(rows.tickers.length).fill(1)
  const last = new Int32Array(rows.tickers.length)
  const seen = new Uint8Array(rows.tickers.length)
  let ascending = true
  for (let k = 0; k < rows.length; k++) {
    const ticker = rows.ticker[k] as number
    const day = rows.day[k] as number
    if (!(ticker >= 0 && ticker < rows.tickers.length)) {
      throw new RalphError('E_BARS_SHAPE', `row ${k} of the ${what} names no ticker`, {
        what,
        row: k,
      })
    }
    if (seen[ticker] === 0) {
      seen[ticker] = 1
      first[ticker] = day
      last[ticker] = day
      continue
    }
    if (day <= (last[ticker] as number)) ascending = false
    if (day < (first[ticker] as number)) first[ticker] = day
    if (day > (last[ticker] as number)) last[ticker] = day
  }
  if (!ascending) requireDistinct(what, rows)
  return { first, last }
}

function requireDistinct(what: string, rows: KeyColumns): void {
  const days = rows.tickers.map(() => new Set<number>())
  for (let k = 0; k < rows.length; k++) {
    const day = rows.day[k] as number
    const ticker = rows.ticker[k] as number
    const known = days[ticker] as Set<number>
    if (known.has(day)) {
      const date = fromDayNumber(day)
      throw new RalphError(
        'E_BARS_DUPLICATE',
        `the ${what} hold ${rows.tickers[ticker]} on ${date} twice`,
        { what, ticker: rows.tickers[ticker], date },
      )
    }
    known.add(day)
  }
}
