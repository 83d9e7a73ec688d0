import type { Column } from '@ralph-stock/core'
import { linearRegression } from 'simple-statistics'
import { over, requirePeriod, type Series } from '../../indicator.js'
import { windowStatistic } from '../median/window-statistic.js'

/**
 * Slope of the straight line that fits the last `period` values best, by least squares.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: `period - 1`. Units: those of the input, a bar. A missing value in the window gives missing.
 * Complexity: O(n * period).
 *
 * @param input a column, or values oldest first
 * @param period bars, integer >= 2 (default 20)
 * @throws RalphError E_PARAM_RANGE
 * @source C. F. Gauss, Theoria motus corporum coelestium (1809), section 3: least squares
 * @example slope(Float64Array.of(1, 3, 5), 3) // NaN, NaN, 2
 */
export function slope(input: Column, period?: number): Column
export function slope(values: Float64Array, period?: number): Float64Array
export function slope(input: Series, period = 20): Column | Float64Array {
  requirePeriod(period, 2)
  return over([input], (x) =>
    windowStatistic(
      'slope',
      [],
      x,
      period,
      (values) => linearRegression(values.map((value, bar) => [bar, value])).m,
    ),
  )
}
