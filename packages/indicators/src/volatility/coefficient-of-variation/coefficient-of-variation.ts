import { type Column, ratio } from '@ralph-stock/core'
import { over, requirePeriod, type Series } from '../../indicator.js'
import { sma } from '../../trend/sma/sma.js'
import { stdev } from '../stdev/stdev.js'

/**
 * Coefficient of variation: population standard deviation over mean, of the last `period` values.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: `period - 1`. Units: a fraction, the same for every price unit. A missing value in the
 * window or a zero mean gives missing. Complexity: that of `stdev`.
 *
 * @param input a column, or values oldest first
 * @param period bars, integer >= 1 (default 20)
 * @throws RalphError E_PARAM_RANGE
 * @source K. Pearson, Regression, Heredity and Panmixia (1896): the coefficient of variation
 * @example coefficientOfVariation(Float64Array.of(2, 4), 2) // NaN, 1/3
 */
export function coefficientOfVariation(input: Column, period?: number): Column
export function coefficientOfVariation(values: Float64Array, period?: number): Float64Array
export function coefficientOfVariation(input: Series, period = 20): Column | Float64Array {
  requirePeriod(period)
  return over([input], (x) => ratio(stdev(x, period), sma(x, period)))
}
