import { above, type Column, kernelColumn, RalphError } from '@ralph-stock/core'
import { over, requireNumber, requirePeriod, type Series, skipWarmUp } from '../../indicator.js'

/**
 * On how many of the last `period` bars all inputs are above `threshold`.
 *
 * A value within one part in 10^9 of the threshold is on it, not above.
 *
 * Shape: arrays of one length `n` -> `Float64Array[n]`, aligned to the bar; or columns -> a column.
 * Warm-up: `period - 1`. Units: bars, 0 to `period`. A missing value of any input among the last
 * `period` bars gives missing. Complexity: O(n * inputs).
 *
 * @param inputs one or more columns, or arrays oldest first
 * @param threshold any finite number (default 0)
 * @param period bars, integer >= 1 (default 5)
 * @throws RalphError E_PARAM_RANGE; E_INPUT_INVALID without an input
 * @source W. Feller, An Introduction to Probability Theory, vol. 1 (1968), ch. VI: number of successes
 * @example countAbove([flows.foreign, flows.institution], 0, 5)
 */
export function countAbove(inputs: readonly Column[], threshold?: number, period?: number): Column
export function countAbove(
  inputs: readonly Float64Array[],
  threshold?: number,
  period?: number,
): Float64Array
export function countAbove(
  inputs: readonly Series[],
  threshold = 0,
  period = 5,
): Column | Float64Array {
  requireNumber('threshold', threshold, Number.NEGATIVE_INFINITY)
  requirePeriod(period)
  if (inputs.length === 0) {
    throw new RalphError('E_INPUT_INVALID', 'countAbove needs one input or more; found none')
  }
  return over(inputs, (...columns) =>
    kernelColumn({
      name: 'countAbove',
      parameters: [threshold, period],
      inputs: columns,
      reach: period,
      kernel: (out, from, to, arrays) => {
        const begin = skipWarmUp(out, from, to, period - 1)
        counts(out, begin, to, arrays, threshold, period)
      },
    }),
  )
}

const MISSING = -1

function counts(
  out: Float64Array,
  from: number,
  to: number,
  arrays: readonly Float64Array[],
  threshold: number,
  period: number,
): void {
  let count = 0
  let missing = 0
  for (let i = from - period + 1; i < to; i++) {
    const entering = state(arrays, i, threshold)
    if (entering === MISSING) missing++
    else count += entering
    if (i < from) continue
    out[i] = missing > 0 ? Number.NaN : count
    const leaving = state(arrays, i - period + 1, threshold)
    if (leaving === MISSING) missing--
    else count -= leaving
  }
}

/** 1 when all are above at a bar, 0 when not, `MISSING` when any is missing. */
function state(arrays: readonly Float64Array[], i: number, threshold: number): number {
  let all = 1
  for (let k = 0; k < arrays.length; k++) {
    const value = (arrays[k] as Float64Array)[i] as number
    if (Number.isNaN(value)) return MISSING
    if (!above(value, threshold)) all = 0
  }
  return all
}
