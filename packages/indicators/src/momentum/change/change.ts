import { type Column, kernelColumn } from '@ralph-stock/core'
import { over, requirePeriod, type Series, skipWarmUp } from '../../indicator.js'

/**
 * Change over `bars` bars as a fraction: `x / x[-bars] - 1`.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: `bars`. Units: a fraction (0.03 is 3 %). A missing value or a zero base gives missing; bars
 * between the two are not read. Complexity: O(n).
 *
 * @param input a column, or values oldest first
 * @param bars how far back the base is, integer >= 1 (default 1)
 * @throws RalphError E_PARAM_RANGE
 * @source M. J. Pring, Technical Analysis Explained (2002), ch. 10: rate of change
 * @example change(Float64Array.of(100, 110, 99), 1) // NaN, 0.1, -0.1
 */
export function change(input: Column, bars?: number): Column
export function change(values: Float64Array, bars?: number): Float64Array
export function change(input: Series, bars = 1): Column | Float64Array {
  requirePeriod(bars, 1, 'bars')
  return over([input], (x) =>
    kernelColumn({
      name: 'change',
      parameters: [bars],
      inputs: [x],
      reach: bars + 1,
      kernel: (out, from, to, [values]) =>
        changes(out, skipWarmUp(out, from, to, bars), to, values as Float64Array, bars),
    }),
  )
}

function changes(out: Float64Array, from: number, to: number, x: Float64Array, bars: number): void {
  for (let i = from; i < to; i++) {
    const base = x[i - bars] as number
    out[i] = (x[i] as number) / base - 1
    // Written over, not chosen: a conditional value costs more than this whole loop.
    if (base === 0) out[i] = Number.NaN
  }
}
