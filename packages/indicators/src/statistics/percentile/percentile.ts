import { type Column, RalphError } from '@ralph-stock/core'
import { quantile } from 'simple-statistics'
import { over, requireNumber, requirePeriod, type Series } from '../../indicator.js'
import { windowStatistic } from '../median/window-statistic.js'

/**
 * Percentile of the last `period` values: of the values in order, the place `percent` % of the way from
 * the lowest to the highest, on the straight line between its two neighbours.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: `period - 1`. Units: those of the input. A missing value in the window gives missing.
 * Complexity: O(n * period).
 *
 * @param input a column, or values oldest first
 * @param period bars, integer >= 1 (default 20)
 * @param percent 0 to 100 (default 50)
 * @throws RalphError E_PARAM_RANGE
 * @source R. J. Hyndman, Y. Fan, Sample Quantiles in Statistical Packages (1996): definition 7
 * @example percentile(Float64Array.of(5, 1, 3, 9), 4, 75) // ..., 6
 */
export function percentile(input: Column, period?: number, percent?: number): Column
export function percentile(values: Float64Array, period?: number, percent?: number): Float64Array
export function percentile(input: Series, period = 20, percent = 50): Column | Float64Array {
  requirePeriod(period)
  requireNumber('percent', percent, 0)
  if (percent > 100) {
    throw new RalphError('E_PARAM_RANGE', `percent must be from 0 to 100; found "${percent}"`)
  }
  const share = percent / 100
  return over([input], (x) =>
    windowStatistic('percentile', [percent], x, period, (values) => quantile(values, share)),
  )
}
