import { type Column, difference } from '@ralph-stock/core'
import { overEach, requirePeriod, type Series } from '../../indicator.js'
import { ema } from '../ema/ema.js'

/** The outputs of `macd`: columns or arrays. */
export type Macd<T> = {
  /** Fast average minus slow average. */
  readonly line: T
  /** Exponential moving average of the line. */
  readonly signal: T
  /** Line minus signal. */
  readonly histogram: T
}

/**
 * Moving average convergence/divergence: the distance of two exponential moving averages, its own
 * average, and the distance of those two. Every average begins with the mean of its first values.
 *
 * Shape: `values[n]` -> three `Float64Array[n]`, aligned to the bar; or columns that depend on all
 * history. Warm-up: `slow - 1` for the line, `slow + signal - 2` for the others. Units: those of the
 * input. A missing value is missing, and each average begins anew after it. Complexity: O(n).
 *
 * @param input a column, or values oldest first
 * @param fast bars, integer >= 1 (default 12)
 * @param slow bars, integer > `fast` (default 26)
 * @param signal bars, integer >= 1 (default 9)
 * @throws RalphError E_PARAM_RANGE
 * @source G. Appel, The Moving Average Convergence-Divergence Trading Method (1979)
 * @example const { line, signal } = macd(bars.close)
 */
export function macd(input: Column, fast?: number, slow?: number, signal?: number): Macd<Column>
export function macd(
  values: Float64Array,
  fast?: number,
  slow?: number,
  signal?: number,
): Macd<Float64Array>
export function macd(
  input: Series,
  fast = 12,
  slow = 26,
  signal = 9,
): Macd<Column> | Macd<Float64Array> {
  requirePeriod(fast, 1, 'fast')
  requirePeriod(slow, fast + 1, 'slow')
  requirePeriod(signal, 1, 'signal')
  return overEach([input], (x) => {
    const line = difference(ema(x, fast), ema(x, slow))
    const average = ema(line, signal)
    return { line, signal: average, histogram: difference(line, average) }
  })
}
