import type { Column } from '@ralph-stock/core'
import { median as medianOf } from 'simple-statistics'
import { over, requirePeriod, type Series } from '../../indicator.js'
import { windowStatistic } from './window-statistic.js'

/**
 * Median of the last `period` values: the middle one, or the mean of the two in the middle.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: `period - 1`. Units: those of the input. A missing value in the window gives missing.
 * Complexity: O(n * period).
 *
 * @param input a column, or values oldest first
 * @param period bars, integer >= 1 (default 20)
 * @throws RalphError E_PARAM_RANGE
 * @source J. W. Tukey, Exploratory Data Analysis (1977), ch. 2
 * @example median(Float64Array.of(5, 1, 3), 3) // NaN, NaN, 3
 */
export function median(input: Column, period?: number): Column
export function median(values: Float64Array, period?: number): Float64Array
export function median(input: Series, period = 20): Column | Float64Array {
  requirePeriod(period)
  return over([input], (x) => windowStatistic('median', [], x, period, medianOf))
}
