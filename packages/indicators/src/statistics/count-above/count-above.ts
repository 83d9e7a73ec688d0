import { type Column, kernelColumn, RalphError, upperEdge } from '@ralph-stock/core'
import { over, requireNumber, requirePeriod, type Series, skipWarmUp } from '../../indicator.js'
import { windowSums } from '../sum/window-sum.js'

/**
 * On how many of the last `period` bars all inputs are above `threshold`.
 *
 * A value within one part in 10^9 of the threshold is on it, not above.
 *
 * Shape: arrays of one length `n` -> `Float64Array[n]`, aligned to the bar; or columns -> a column.
 * Warm-up: `period - 1`. Units: bars, 0 to `period`. A missing value of any input among the last
 * `period` bars gives missing. Complexity: O(n * (inputs + log period)).
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
  const edge = upperEdge(threshold)
  return over(inputs, (...columns) =>
    kernelColumn({
      name: 'countAbove',
      parameters: [threshold, period],
      inputs: columns,
      reach: period,
      kernel: (out, from, to, arrays) => {
        const begin = skipWarmUp(out, from, to, period - 1)
        if (begin >= to) return
        const first = begin - period + 1
        const marks = markAll(arrays, first, to, edge)
        // Ones and zeros add up exactly, so the count is their sum.
        windowSums(out, begin, to, marks, first, period, 1)
      },
    }),
  )
}

let scratch = new Float64Array(4096)

/** By bars from `from` on: 1 where all are above `edge`, 0 where not, missing where any is. */
function markAll(
  arrays: readonly Float64Array[],
  from: number,
  to: number,
  edge: number,
): Float64Array {
  const count = to - from
  if (scratch.length < count) scratch = new Float64Array(2 * count)
  const marks = scratch
  marks.fill(1, 0, count)
  // One pass serves two inputs: of an odd number the last is looked at twice, to the same effect.
  for (let n = 0; n < arrays.length; n += 2) {
    const one = arrays[n] as Float64Array
    const other = arrays[Math.min(n + 1, arrays.length - 1)] as Float64Array
    for (let k = 0; k < count; k++) {
      const x = one[from + k] as number
      const y = other[from + k] as number
      // As a number a comparison has no branch to mispredict. Missing less itself is missing, any other
      // number less itself is 0.
      const both = Number(x > edge) & Number(y > edge)
      marks[k] = (marks[k] as number) * (both + (x - x) + (y - y))
    }
  }
  return marks
}
