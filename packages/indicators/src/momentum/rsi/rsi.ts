import { type Column, kernelColumn } from '@ralph-stock/core'
import { over, requirePeriod, type Series, skipWarmUp } from '../../indicator.js'
import { wilder } from '../../trend/wilder/wilder.js'

/**
 * Wilder's relative strength index: `100 * gain / (gain + loss)` on Wilder's averages of the rises and
 * of the falls.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column that depends on all history.
 * Warm-up: `period`, because `period` changes need one value more; the seed's trace fades below 0.01
 * after some `10 * period`. Units: 0..100. No movement in all history gives missing, not 50. A missing
 * value is missing; the averages begin anew after it. Complexity: O(n); O(1) for one bar more.
 *
 * @param input a column, or values oldest first
 * @param period changes, integer >= 1 (default 14)
 * @throws RalphError E_PARAM_RANGE
 * @source J. W. Wilder, New Concepts in Technical Trading Systems (1978), section VI
 * @example rsi(Float64Array.of(10, 12, 11), 2) // NaN, NaN, 66.67
 */
export function rsi(input: Column, period?: number): Column
export function rsi(values: Float64Array, period?: number): Float64Array
export function rsi(input: Series, period = 14): Column | Float64Array {
  requirePeriod(period)
  return over([input], (x) =>
    kernelColumn({
      name: 'rsi',
      inputs: [wilder(moves('rise', x, 1), period), wilder(moves('fall', x, -1), period)],
      reach: 1,
      kernel: (out, from, to, [gains, losses]) => {
        const gain = gains as Float64Array
        const loss = losses as Float64Array
        for (let i = from; i < to; i++) {
          const up = gain[i] as number
          out[i] = (100 * up) / (up + (loss[i] as number))
        }
      },
    }),
  )
}

/** The size of each change in one direction, 0 in the other. */
function moves(name: string, x: Column, sign: 1 | -1): Column {
  return kernelColumn({
    name,
    inputs: [x],
    reach: 2,
    kernel: (out, from, to, [values]) => {
      oneSided(out, skipWarmUp(out, from, to, 1), to, values as Float64Array, sign)
    },
  })
}

function oneSided(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  sign: 1 | -1,
): void {
  for (let i = from; i < to; i++) {
    const change = (x[i] as number) - (x[i - 1] as number)
    // The change itself or 0, with no branch to mispredict.
    out[i] = (Math.abs(change) + sign * change) / 2
  }
}
