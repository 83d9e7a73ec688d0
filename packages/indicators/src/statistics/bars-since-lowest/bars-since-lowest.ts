import { type Column, kernelColumn } from '@ralph-stock/core'
import { over, requirePeriod, type Series } from '../../indicator.js'
import { barsSinceExtreme } from '../highest/rolling-extreme.js'
import { AGE_LIMIT, wholeAge } from '../highest/whole-age.js'

/**
 * How many bars ago the lowest of the last `period` values was: 0 when it is the bar's own. Of equal
 * lows the latest counts.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: `period - 1`. Units: bars, 0 to `period - 1`. A missing value in the window gives missing.
 * Complexity: O(n) on average; O(n log period) over whole-number bar columns, and sooner.
 *
 * @param input a column, or values oldest first
 * @param period bars, integer >= 1 (default 20)
 * @throws RalphError E_PARAM_RANGE
 * @source T. Chande, S. Kroll, The New Technical Trader (1994), ch. 6: days since the extreme, in Aroon
 * @example barsSinceLowest(Float64Array.of(3, 1, 2), 2) // NaN, 0, 1
 */
export function barsSinceLowest(input: Column, period?: number): Column
export function barsSinceLowest(values: Float64Array, period?: number): Float64Array
export function barsSinceLowest(input: Series, period = 20): Column | Float64Array {
  requirePeriod(period)
  return over([input], (x) =>
    kernelColumn({
      name: 'barsSinceLowest',
      parameters: [period],
      inputs: [x],
      reach: period,
      kernel: (out, from, to, [values]) =>
        barsSinceExtreme(out, from, to, values as Float64Array, period, -1),
      whole: {
        kernel: (out, from, to, [values]) =>
          wholeAge(out, from, to, values as Float64Array, period),
        limit: AGE_LIMIT,
      },
    }),
  )
}
