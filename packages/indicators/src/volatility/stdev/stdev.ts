import { type Column, kernelColumn } from '@ralph-stock/core'
import { over, requirePeriod, type Series, skipWarmUp } from '../../indicator.js'

/**
 * Population standard deviation of the last `period` values, the bar's own included.
 *
 * Computed as `sqrt(n * sum(d^2) - sum(d)^2) / n` with `d` the distance to the window's last value:
 * one pass, exact for whole numbers, 0 for a flat window, and never more than `n` roundings off
 * elsewhere, because the last value is no farther from the mean than `sqrt(n - 1)` deviations.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: `period - 1`. Units: those of the input. A missing value in the window gives missing.
 * Complexity: O(n * period); O(n) over whole-number bar columns, with the same bits.
 *
 * @param input a column, or values oldest first
 * @param period bars, integer >= 1 (default 20)
 * @throws RalphError E_PARAM_RANGE
 * @source T. F. Chan, G. H. Golub, R. J. LeVeque, Algorithms for Computing the Sample Variance (1983):
 * shifted data
 * @example stdev(Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9), 8) // ..., 2
 */
export function stdev(input: Column, period?: number): Column
export function stdev(values: Float64Array, period?: number): Float64Array
export function stdev(input: Series, period = 20): Column | Float64Array {
  requirePeriod(period)
  return over([input], (x) =>
    kernelColumn({
      name: 'stdev',
      parameters: [period],
      inputs: [x],
      reach: period,
      kernel: (out, from, to, [values]) => {
        const begin = skipWarmUp(out, from, to, period - 1)
        shifted(out, begin, to, values as Float64Array, period)
      },
      whole: {
        kernel: (out, from, to, [values]) => {
          const begin = skipWarmUp(out, from, to, period - 1)
          sliding(out, begin, to, values as Float64Array, period)
        },
        // Distances reach twice the magnitude; n * sum(d^2) must stay below 2^53.
        limit: Math.floor(Math.sqrt(Number.MAX_SAFE_INTEGER) / (2 * period)),
      },
    }),
  )
}

function shifted(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  period: number,
): void {
  for (let i = from; i < to; i++) {
    const last = x[i] as number
    let sumA = 0
    let sumB = 0
    let squaresA = 0
    let squaresB = 0
    let j = i - period + 1
    for (; j < i; j += 2) {
      const a = (x[j] as number) - last
      const b = (x[j + 1] as number) - last
      sumA += a
      sumB += b
      squaresA += a * a
      squaresB += b * b
    }
    // An odd window leaves its last value, whose distance is 0 (or missing).
    sumA += last - last
    const sum = sumA + sumB
    out[i] = Math.sqrt(period * (squaresA + squaresB) - sum * sum) / period
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
  let sum = 0
  let squares = 0
  for (let j = from - period + 1; j <= from; j++) {
    const value = x[j] as number
    sum += value
    squares += value * value
  }
  out[from] = Math.sqrt(period * squares - sum * sum) / period
  for (let i = from + 1; i < to; i++) {
    const entering = x[i] as number
    const leaving = x[i - period] as number
    sum += entering - leaving
    squares += (entering - leaving) * (entering + leaving)
    out[i] = Math.sqrt(period * squares - sum * sum) / period
  }
}
