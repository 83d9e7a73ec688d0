import type { Column } from '@ralph-stock/core'
import { over, requirePeriod, type Series } from '../../indicator.js'
import { windowColumn } from '../../statistics/sum/sum.js'

/**
 * Simple moving average: the mean of the last `period` values, the bar's own included.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: `period - 1`. Units: those of the input. A missing value in the window gives missing.
 * Complexity: O(n log period); O(n) over whole-number bar columns, with the same bits.
 *
 * @param input a column, or values oldest first
 * @param period bars, integer >= 1 (default 20)
 * @throws RalphError E_PARAM_RANGE
 * @source P. J. Kaufman, Trading Systems and Methods (2013), ch. 7: the simple moving average
 * @example sma(Float64Array.of(1, 2, 3, 4), 2) // NaN, 1.5, 2.5, 3.5
 */
export function sma(input: Column, period?: number): Column
export function sma(values: Float64Array, period?: number): Float64Array
export function sma(input: Series, period = 20): Column | Float64Array {
  requirePeriod(period)
  return over([input], (x) => windowColumn('sma', x, period, period))
}
