import { type Column, kernelColumn } from '@ralph-stock/core'
import { over, requirePeriod, type Series, skipWarmUp } from '../../indicator.js'
import { slidingSums, windowSums } from './window-sum.js'

/**
 * Sum of the last `period` values, the bar's own included.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: `period - 1`. Units: those of the input. A missing value in the window gives missing.
 * Complexity: O(n log period); O(n) over whole-number bar columns, with the same bits.
 *
 * @param input a column, or values oldest first
 * @param period bars, integer >= 1 (default 20)
 * @throws RalphError E_PARAM_RANGE
 * @source N. J. Higham, Accuracy and Stability of Numerical Algorithms (2002), ch. 4: pairwise summation
 * @example sum(Float64Array.of(1, 2, 3, 4), 2) // NaN, 3, 5, 7
 */
export function sum(input: Column, period?: number): Column
export function sum(values: Float64Array, period?: number): Float64Array
export function sum(input: Series, period = 20): Column | Float64Array {
  requirePeriod(period)
  return over([input], (x) => windowColumn('sum', x, period, 1))
}

/** Sums over `divisor`; sums and means are this one kernel. */
export function windowColumn(name: string, x: Column, period: number, divisor: number): Column {
  return kernelColumn({
    name,
    parameters: [period],
    inputs: [x],
    reach: period,
    kernel: (out, from, to, [values]) => {
      const begin = skipWarmUp(out, from, to, period - 1)
      if (begin < to) windowSums(out, begin, to, values as Float64Array, 0, period, divisor)
    },
    whole: {
      kernel: (out, from, to, [values]) => {
        const begin = skipWarmUp(out, from, to, period - 1)
        slidingSums(out, begin, to, values as Float64Array, period, divisor)
      },
      // The differences of two pairs of values are added too, and must be exact for a period of 1.
      limit: Math.floor(Number.MAX_SAFE_INTEGER / (period + 4)),
    },
  })
}
