import { type Column, kernelColumn } from '@ralph-stock/core'
import { over, requirePeriod, type Series } from '../../indicator.js'
import { sma } from '../../trend/sma/sma.js'
import { stdev } from '../../volatility/stdev/stdev.js'

/**
 * How many population standard deviations the value lies from the mean of the last `period`.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: `period - 1`. Units: standard deviations. A missing value in the window or a flat window
 * gives missing. Complexity: that of `stdev`.
 *
 * @param input a column, or values oldest first
 * @param period bars, integer >= 1 (default 20)
 * @throws RalphError E_PARAM_RANGE
 * @source E. Kreyszig, Advanced Engineering Mathematics (1979), ch. 24: the standardised variable
 * @example zScore(Float64Array.of(2, 4), 2) // NaN, 1
 */
export function zScore(input: Column, period?: number): Column
export function zScore(values: Float64Array, period?: number): Float64Array
export function zScore(input: Series, period = 20): Column | Float64Array {
  requirePeriod(period)
  return over([input], (x) =>
    kernelColumn({
      name: 'zScore',
      inputs: [x, sma(x, period), stdev(x, period)],
      reach: 1,
      kernel: (out, from, to, [values, means, deviations]) => {
        const value = values as Float64Array
        const mean = means as Float64Array
        const sd = deviations as Float64Array
        for (let i = from; i < to; i++) {
          const divisor = sd[i] as number
          const distance = (value[i] as number) - (mean[i] as number)
          out[i] = divisor === 0 ? Number.NaN : distance / divisor
        }
      },
    }),
  )
}
