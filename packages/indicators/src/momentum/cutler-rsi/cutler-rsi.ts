import { type Column, kernelColumn } from '@ralph-stock/core'
import { over, requirePeriod, type Series, skipWarmUp } from '../../indicator.js'
import { windowSums } from '../../statistics/sum/window-sum.js'

/**
 * Cutler's relative strength index: `100 * gains / (gains + losses)` over the sums of the last `period`
 * changes. Unlike Wilder's it forgets what is older than the window.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: `period`, because `period` changes need one value more. Units: 0..100. No change in the whole
 * window gives missing, not 50; so does a missing value in it.
 * Complexity: O(n log period); O(n) over whole-number bar columns, with the same bits.
 *
 * @param input a column, or values oldest first
 * @param period changes, integer >= 1 (default 14)
 * @throws RalphError E_PARAM_RANGE
 * @source P. J. Kaufman, Trading Systems and Methods (2013), ch. 9: relative strength index on simple sums
 * @example cutlerRsi(Float64Array.of(10, 12, 11), 2) // NaN, NaN, 66.67
 */
export function cutlerRsi(input: Column, period?: number): Column
export function cutlerRsi(values: Float64Array, period?: number): Float64Array
export function cutlerRsi(input: Series, period = 14): Column | Float64Array {
  requirePeriod(period)
  return over([input], (x) =>
    kernelColumn({
      name: 'cutlerRsi',
      parameters: [period],
      inputs: [x],
      reach: period + 1,
      kernel: (out, from, to, [values]) => {
        const begin = skipWarmUp(out, from, to, period)
        if (begin < to) summed(out, begin, to, values as Float64Array, period)
      },
      whole: {
        kernel: (out, from, to, [values]) => {
          const begin = skipWarmUp(out, from, to, period)
          if (begin < to) sliding(out, begin, to, values as Float64Array, period)
        },
        limit: Math.floor(Number.MAX_SAFE_INTEGER / (4 * (period + 1))),
      },
    }),
  )
}

let gains = new Float64Array(4096)
let losses = new Float64Array(4096)
let lossSums = new Float64Array(4096)

function summed(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  period: number,
): void {
  const count = to - from
  const changes = count + period - 1
  if (gains.length < changes) {
    gains = new Float64Array(2 * changes)
    losses = new Float64Array(2 * changes)
    lossSums = new Float64Array(2 * changes)
  }
  const up = gains
  const down = losses
  const first = from - period + 1
  for (let k = 0; k < changes; k++) {
    // Half of |d| + d is d where it rises and 0 where it falls, with no branch to mispredict.
    const move = (x[first + k] as number) - (x[first + k - 1] as number)
    const size = Math.abs(move)
    up[k] = (size + move) / 2
    down[k] = (size - move) / 2
  }
  windowSums(out, from, to, up, first, period, 1)
  windowSums(lossSums, 0, count, down, 1 - period, period, 1)
  for (let k = 0; k < count; k++) {
    const gain = out[from + k] as number
    out[from + k] = (100 * gain) / (gain + (lossSums[k] as number))
  }
}

function sliding(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  period: number,
): void {
  let path = 0
  for (let j = from - period + 1; j < from; j++) {
    path += Math.abs((x[j] as number) - (x[j - 1] as number))
  }
  let leaving = 0
  let previous = x[from - 1] as number
  let base = x[from - period] as number
  for (let i = from; i < to; i++) {
    const value = x[i] as number
    path += Math.abs(value - previous) - leaving
    // The path is gains + losses and the way made is gains - losses: half their sum are the gains.
    out[i] = (100 * ((path + (value - base)) / 2)) / path
    const next = x[i - period + 1] as number
    leaving = Math.abs(next - base)
    base = next
    previous = value
  }
}
