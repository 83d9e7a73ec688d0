import { type Column, kernelColumn } from '@ralph-stock/core'
import { over, requirePeriod, type Series, skipWarmUp } from '../../indicator.js'

/**
 * Linearly weighted moving average: the latest value counts `period` times, the oldest once.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: `period - 1`. Units: those of the input. A missing value in the window gives missing.
 * Complexity: O(n * period); O(n) over whole-number bar columns, with the same bits.
 *
 * @param input a column, or values oldest first
 * @param period bars, integer >= 1 (default 20)
 * @throws RalphError E_PARAM_RANGE
 * @source P. J. Kaufman, Trading Systems and Methods (2013), ch. 7: the weighted moving average
 * @example wma(Float64Array.of(1, 2, 4), 3) // NaN, NaN, 17/6
 */
export function wma(input: Column, period?: number): Column
export function wma(values: Float64Array, period?: number): Float64Array
export function wma(input: Series, period = 20): Column | Float64Array {
  requirePeriod(period)
  return over([input], (x) =>
    kernelColumn({
      name: 'wma',
      parameters: [period],
      inputs: [x],
      reach: period,
      kernel: (out, from, to, [values]) => {
        const begin = skipWarmUp(out, from, to, period - 1)
        weighted(out, begin, to, values as Float64Array, period)
      },
      whole: {
        kernel: (out, from, to, [values]) => {
          const begin = skipWarmUp(out, from, to, period - 1)
          sliding(out, begin, to, values as Float64Array, period)
        },
        limit: Math.floor(Number.MAX_SAFE_INTEGER / (2 * period * (period + 1))),
      },
    }),
  )
}

function weighted(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  period: number,
): void {
  const weights = (period * (period + 1)) / 2
  for (let i = from; i < to; i++) {
    const start = i - period
    let sum = 0
    for (let weight = 1; weight <= period; weight++) sum += weight * (x[start + weight] as number)
    out[i] = sum / weights
  }
}

function sliding(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  period: number,
): void {
  if (from >= to) return
  const weights = (period * (period + 1)) / 2
  // As if a bar stood before the first: the loop turns its window into the first one.
  let plain = 0
  let sum = 0
  for (let weight = 1; weight < period; weight++) {
    const value = x[from - period + weight] as number
    plain += value
    sum += weight * value
  }
  for (let i = from; i < to; i++) {
    const value = x[i] as number
    sum += period * value
    plain += value
    out[i] = sum / weights
    sum -= plain
    plain -= x[i - period + 1] as number
  }
}
