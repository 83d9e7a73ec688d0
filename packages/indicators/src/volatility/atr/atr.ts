import type { Column } from '@ralph-stock/core'
import { over, requirePeriod, type Series } from '../../indicator.js'
import { wilder } from '../../trend/wilder/wilder.js'
import { trueRange } from '../true-range/true-range.js'

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
  return over([high, low, close], (highs, lows, closes) =>
    wilder(trueRange(highs, lows, closes), period),
  )
}
