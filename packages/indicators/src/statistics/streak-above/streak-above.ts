import { type Column, kernelColumn, upperEdge } from '@ralph-stock/core'
import { over, requireNumber, requirePeriod, type Series, skipWarmUp } from '../../indicator.js'

/**
 * How many of the latest bars in a row are above `threshold`, counted up to `period`.
 *
 * A value within one part in 10^9 of the threshold is on it, not above.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: `period - 1`. Units: bars, 0 to `period`. A missing value among the last `period` gives
 * missing, also where the streak is shorter. Complexity: O(n).
 *
 * @param input a column, or values oldest first
 * @param threshold any finite number (default 0)
 * @param period bars, integer >= 1 (default 5)
 * @throws RalphError E_PARAM_RANGE
 * @source W. Feller, An Introduction to Probability Theory, vol. 1 (1968), ch. XIII: success runs
 * @example streakAbove(Float64Array.of(1, -1, 2, 3), 0, 3) // NaN, NaN, 1, 2
 */
export function streakAbove(input: Column, threshold?: number, period?: number): Column
export function streakAbove(values: Float64Array, threshold?: number, period?: number): Float64Array
export function streakAbove(input: Series, threshold = 0, period = 5): Column | Float64Array {
  requireNumber('threshold', threshold, Number.NEGATIVE_INFINITY)
  requirePeriod(period)
  const edge = upperEdge(threshold)
  return over([input], (x) =>
    kernelColumn({
      name: 'streakAbove',
      parameters: [threshold, period],
      inputs: [x],
      reach: period,
      kernel: (out, from, to, [values]) => {
        const begin = skipWarmUp(out, from, to, period - 1)
        streaks(out, begin, to, values as Float64Array, edge, period)
      },
    }),
  )
}

function streaks(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  edge: number,
  period: number,
): void {
  let streak = 0
  let gap = -period
  for (let i = from - period + 1; i < to; i++) {
    const value = x[i] as number
    if (Number.isNaN(value)) gap = i
    // Whole-number bits instead of choices, which would be mispredicted: all bits are set where the
    // value is above, and none where not; likewise where the streak is over the period.
    streak = (streak + 1) & -Number(value > edge)
    if (i < from) continue
    const over = streak - period
    out[i] = streak - (over & ~(over >> 31))
    // Afterwards: choosing between the two costs more than a count that is thrown away.
    if (i - gap < period) out[i] = Number.NaN
  }
}
