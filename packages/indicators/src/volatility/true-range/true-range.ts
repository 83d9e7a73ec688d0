import { type Column, kernelColumn } from '@ralph-stock/core'
import { over, type Series, skipWarmUp } from '../../indicator.js'

/**
 * True range: the day's range, widened to the close before where that lies outside it.
 *
 * Shape: `high[n]`, `low[n]`, `close[n]` -> `Float64Array[n]`, aligned to the bar; or columns -> a
 * column. Warm-up: 1, because the first bar has no close before it. Units: those of the input, >= 0. A
 * missing high, low or close before gives missing. Complexity: O(n).
 *
 * @param high a column, or values oldest first
 * @param low the lows of the same bars
 * @param close the closes of the same bars
 * @source J. W. Wilder, New Concepts in Technical Trading Systems (1978), section III
 * @example trueRange(bars.high, bars.low, bars.close)
 */
export function trueRange(high: Column, low: Column, close: Column): Column
export function trueRange(high: Float64Array, low: Float64Array, close: Float64Array): Float64Array
export function trueRange(high: Series, low: Series, close: Series): Column | Float64Array {
  return over([high, low, close], (highs, lows, closes) =>
    kernelColumn({
      name: 'trueRange',
      inputs: [highs, lows, closes],
      reach: 2,
      kernel: (out, from, to, [highValues, lowValues, closeValues]) => {
        const top = highValues as Float64Array
        const bottom = lowValues as Float64Array
        const last = closeValues as Float64Array
        ranges(out, skipWarmUp(out, from, to, 1), to, top, bottom, last)
      },
    }),
  )
}

function ranges(
  out: Float64Array,
  from: number,
  to: number,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
): void {
  for (let i = from; i < to; i++) {
    out[i] = widened(high[i] as number, low[i] as number, close[i - 1] as number)
  }
}

/** From `low` to `high`, and on to the close before where that lies outside. */
export function widened(high: number, low: number, before: number): number {
  const up = high - before
  const down = before - low
  // max(up, 0) + max(down, 0), free of branches; where one is negative the other has it all.
  return (Math.abs(up) + up + Math.abs(down) + down) / 2
}
