import { type Column, kernelColumn } from '@ralph-stock/core'
import { overEach, requirePeriod, type Series } from '../../indicator.js'
import { highest } from '../../statistics/highest/highest.js'
import { lowest } from '../../statistics/lowest/lowest.js'
import { sma } from '../../trend/sma/sma.js'

/** The outputs of `stochastic`: columns or arrays. */
export type Stochastic<T> = {
  /** Place of the close between the lowest low and the highest high, 0..100. */
  readonly k: T
  /** Mean of the last values of `k`. */
  readonly d: T
}

/**
 * Stochastic oscillator: where the close stands between the lowest low and the highest high of the last
 * `period` bars, and the mean of that over `smoothing` bars.
 *
 * Shape: `high[n]`, `low[n]`, `close[n]` -> two `Float64Array[n]`, aligned to the bar; or columns.
 * Warm-up: `period - 1` for `k`, `period + smoothing - 2` for `d`. Units: 0..100. A missing value in the
 * window, or a period without any range, gives missing. Complexity: O(n).
 *
 * @param high a column, or values oldest first
 * @param low the lows of the same bars
 * @param close the closes of the same bars
 * @param period bars, integer >= 1 (default 14)
 * @param smoothing bars, integer >= 1 (default 3)
 * @throws RalphError E_PARAM_RANGE
 * @source G. C. Lane, Lane's Stochastics (1984)
 * @example const { k, d } = stochastic(bars.high, bars.low, bars.close, 14, 3)
 */
export function stochastic(
  high: Column,
  low: Column,
  close: Column,
  period?: number,
  smoothing?: number,
): Stochastic<Column>
export function stochastic(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period?: number,
  smoothing?: number,
): Stochastic<Float64Array>
export function stochastic(
  high: Series,
  low: Series,
  close: Series,
  period = 14,
  smoothing = 3,
): Stochastic<Column> | Stochastic<Float64Array> {
  requirePeriod(period)
  requirePeriod(smoothing, 1, 'smoothing')
  return overEach([high, low, close], (highs, lows, closes) => {
    const k = place(closes, lowest(lows, period), highest(highs, period))
    return { k, d: sma(k, smoothing) }
  })
}

function place(value: Column, bottom: Column, top: Column): Column {
  return kernelColumn({
    name: 'stochastic.k',
    inputs: [value, bottom, top],
    reach: 1,
    kernel: (out, from, to, [values, bottoms, tops]) => {
      const x = values as Float64Array
      const low = bottoms as Float64Array
      const high = tops as Float64Array
      for (let i = from; i < to; i++) {
        const base = low[i] as number
        const span = (high[i] as number) - base
        if (span === 0) out[i] = Number.NaN
        else out[i] = (100 * ((x[i] as number) - base)) / span
      }
    },
  })
}
