import type { Column } from '@ralph-stock/core'
import { over, requirePeriod, type Series } from '../../indicator.js'
import { smoothingColumn } from './smoothing.js'

/**
 * Exponential moving average with weight `2 / (period + 1)`, begun with the mean of the first `period`
 * values.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column that depends on all history.
 * Warm-up: `period - 1`. Units: those of the input. A missing value is missing at its bar; the average
 * begins anew with the mean of the next `period` values in a row. Complexity: O(n); O(1) for one bar
 * more.
 *
 * @param input a column, or values oldest first
 * @param period bars, integer >= 1 (default 20)
 * @throws RalphError E_PARAM_RANGE
 * @source P. N. Haurlan, Measuring Trend Values (1968): exponential smoothing of prices
 * @example ema(Float64Array.of(1, 2, 3, 4), 3) // NaN, NaN, 2, 3
 */
export function ema(input: Column, period?: number): Column
export function ema(values: Float64Array, period?: number): Float64Array
export function ema(input: Series, period = 20): Column | Float64Array {
  requirePeriod(period)
  return over([input], (x) => smoothingColumn('ema', x, period, 2 / (period + 1)))
}
