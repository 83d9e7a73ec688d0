import type { TradeDate } from '../krx/index.js'

/** Which changes of the share count the prices of a series have been corrected for. */
export type Adjustment = 'none' | 'split' | 'split+dividend'

/** Whose trades the volume counts. Never mixed in one series. */
export type VolumeScope = 'KRX' | 'KRX+NXT'

/** What was found in the rows of a series and what became of it. */
export type BarIssue = {
  readonly date: TradeDate
  /** `repaired`: kept, high and low widened by 1 won; `inconsistent`: dropped. */
  readonly kind: 'repaired' | 'inconsistent'
}

/**
 * The traded bars of one stock (or the sessions of an index) as columns, oldest first.
 *
 * Every array has `length` entries, aligned to the bars; halts are no bars and stand apart. Missing is
 * NaN. The arrays belong to the series: read them, never write them.
 */
export type Series = {
  readonly ticker: string
  readonly length: number
  /** Trade dates as day numbers (days since 1970-01-01), ascending. */
  readonly days: Int32Array
  /** By source name: `bars.close`, `flows.foreign`, `news.positive`, or data of your own. */
  readonly columns: Readonly<Record<string, Float64Array>>
  /**
   * The largest magnitude of a column of safe integers without a gap; Infinity for any other. Below
   * a kernel's limit its sums slide exactly.
   */
  readonly magnitudes: Readonly<Record<string, number>>
  /** Day numbers on which the stock was halted, ascending. */
  readonly halts: Int32Array
  /** 1 where the flows of a bar are provisional; null when all are final. */
  readonly provisionalFlows: Uint8Array | null
  readonly adjustment: Adjustment
  readonly volumeScope: VolumeScope
  readonly issues: readonly BarIssue[]
}

/** Largest absolute value when all are safe integers; Infinity otherwise. */
export function magnitudeOf(values: Float64Array): number {
  let largest = 0
  let i = 0
  // Four at a time while they fit 32 bits, as nearly all do: that is asked for far less than whether a
  // double is a safe integer.
  for (; i < values.length - 3; i += 4) {
    const a = values[i] as number
    const b = values[i + 1] as number
    const c = values[i + 2] as number
    const d = values[i + 3] as number
    if ((a | 0) !== a || (b | 0) !== b || (c | 0) !== c || (d | 0) !== d) break
    largest = larger(larger(larger(larger(largest, a | 0), b | 0), c | 0), d | 0)
  }
  for (; i < values.length; i++) {
    const value = values[i] as number
    if (!Number.isSafeInteger(value)) return Number.POSITIVE_INFINITY
    largest = larger(largest, value)
  }
  return largest
}

function larger(largest: number, value: number): number {
  const size = value < 0 ? -value : value
  return size > largest ? size : largest
}

/** Position of `day` in ascending `days`; -1 when it is not there. */
export function findDay(days: Int32Array, day: number): number {
  const position = lastAtOrBefore(days, day)
  return position >= 0 && days[position] === day ? position : -1
}

/** Position of the last entry <= `day`; -1 when all are later. */
export function lastAtOrBefore(days: Int32Array, day: number): number {
  let low = 0
  let high = days.length - 1
  if (high < 0 || (days[high] as number) <= day) return high
  while (low <= high) {
    const middle = (low + high) >> 1
    if ((days[middle] as number) <= day) low = middle + 1
    else high = middle - 1
  }
  return high
}

/**
 * The series as it was known after `length` bars: later bars do not exist in the view. Shares memory.
 */
export function viewOf(series: Series, length: number): Series {
  if (length === series.length) return series
  return slice(series, 0, length)
}

/** The last `length` bars up to and without bar `end`, as a series of its own. Shares memory. */
export function tailOf(series: Series, end: number, length: number): Series {
  return slice(series, Math.max(0, end - length), end)
}

function slice(series: Series, from: number, to: number): Series {
  const columns: Record<string, Float64Array> = {}
  for (const name of Object.keys(series.columns)) {
    columns[name] = (series.columns[name] as Float64Array).subarray(from, to)
  }
  const { provisionalFlows } = series
  return {
    ...series,
    length: to - from,
    days: series.days.subarray(from, to),
    columns,
    provisionalFlows: provisionalFlows === null ? null : provisionalFlows.subarray(from, to),
  }
}
