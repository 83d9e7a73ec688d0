import { type Column, kernelColumn } from '@ralph-stock/core'
import { over, requirePeriod, type Series } from '../../indicator.js'
import { afterMissing, meanOf, recur, toward } from '../../recursion.js'
import { widened } from '../true-range/true-range.js'

/**
 * Average true range: Wilder's average of the true range.
 *
 * Shape: `high[n]`, `low[n]`, `close[n]` -> `Float64Array[n]`, aligned to the bar; or columns -> a
 * column that depends on all history. Warm-up: `period`, because the first bar has no true range.
 * Units: those of the input. A missing value is missing; the average begins anew after it.
 * Complexity: O(n); O(1) for one bar more.
 *
 * @param high a column, or values oldest first
 * @param low the lows of the same bars
 * @param close the closes of the same bars
 * @param period bars, integer >= 1 (default 14)
 * @throws RalphError E_PARAM_RANGE
 * @source J. W. Wilder, New Concepts in Technical Trading Systems (1978), section III
 * @example atr(bars.high, bars.low, bars.close, 14)
 */
export function atr(high: Column, low: Column, close: Column, period?: number): Column
export function atr(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period?: number,
): Float64Array
export function atr(high: Series, low: Series, close: Series, period = 14): Column | Float64Array {
  requirePeriod(period)
  return over([high, low, close], (...inputs) =>
    kernelColumn({
      name: 'atr',
      parameters: [period],
      inputs,
      reach: Number.POSITIVE_INFINITY,
      warmUp: period,
      kernel: (out, from, to, [highs, lows, closes]) => {
        const top = highs as Float64Array
        const bottom = lows as Float64Array
        const last = closes as Float64Array
        const range = (bar: number): number =>
          widened(top[bar] as number, bottom[bar] as number, last[bar - 1] as number)
        recur([out], from, to, {
          inputs: [top, bottom, last],
          bars: period + 1,
          begin: (bar) => {
            out[bar] = meanOf(period, bar, range)
          },
          goOn: (begin, end) => goOn(out, begin, end, top, bottom, last, 1 / period),
        })
      },
    }),
  )
}

function goOn(
  out: Float64Array,
  from: number,
  to: number,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  weight: number,
): number {
  let average = out[from - 1] as number
  let before = close[from - 1] as number
  let i = from
  // Four bars at a time: what reaching an array takes is spent once for all.
  for (; i < to - 3; i += 4) {
    const one = close[i] as number
    const two = close[i + 1] as number
    const three = close[i + 2] as number
    const first = weighed(average, weight, high[i] as number, low[i] as number, before)
    const second = weighed(first, weight, high[i + 1] as number, low[i + 1] as number, one)
    const third = weighed(second, weight, high[i + 2] as number, low[i + 2] as number, two)
    average = weighed(third, weight, high[i + 3] as number, low[i + 3] as number, three)
    before = close[i + 3] as number
    out[i] = first
    out[i + 1] = second
    out[i + 2] = third
    out[i + 3] = average
    if (!Number.isNaN(average)) continue
    return afterMissing(out, i)
  }
  for (; i < to; i++) {
    average = weighed(average, weight, high[i] as number, low[i] as number, before)
    before = close[i] as number
    out[i] = average
    if (Number.isNaN(average)) return i + 1
  }
  return to
}

/** The average after one range more. */
function weighed(
  average: number,
  weight: number,
  high: number,
  low: number,
  before: number,
): number {
  return toward(average, widened(high, low, before), weight)
}
