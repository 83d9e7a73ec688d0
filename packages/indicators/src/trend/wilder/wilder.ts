import type { Column } from '@ralph-stock/core'
import { over, requirePeriod, type Series } from '../../indicator.js'
import { smoothingColumn } from '../ema/smoothing.js'

/**
 * Wilder's moving average with weight `1 / period`, begun with the mean of the first `period` values:
 * what his relative strength index, average true range and directional movement are made of.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column that depends on all history.
 * Warm-up: `period - 1`. Units: those of the input. A missing value is missing at its bar; the average
 * begins anew with the mean of the next `period` values in a row. Complexity: O(n); O(1) for one bar
 * more.
 *
 * @param input a column, or values oldest first
 * @param period bars, integer >= 1 (default 14)
 * @throws RalphError E_PARAM_RANGE
 * @source J. W. Wilder, New Concepts in Technical Trading Systems (1978), section III
 * @example wilder(Float64Array.of(1, 3, 6), 2) // NaN, 2, 4
 */
export function wilder(input: Column, period?: number): Column
export function wilder(values: Float64Array, period?: number): Float64Array
export function wilder(input: Series, period = 14): Column | Float64Array {
  requirePeriod(period)
  return over([input], (x) => smoothingColumn('wilder', x, period, 1 / period))
}
