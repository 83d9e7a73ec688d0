import { type Column, kernelColumn, requireInteger } from '@ralph-stock/core'
import { over, requirePeriod, type Series } from '../../indicator.js'
import { rollingExtreme } from './rolling-extreme.js'
import { WHOLE_LIMIT, wholeExtreme } from './whole-extreme.js'

/** Options of `highest` and `lowest`. */
export type ExtremeOptions = {
  /** Bars that are enough while fewer than `period` exist, 1 to `period`; `period` unless said. */
  readonly atLeast?: number
}

/**
 * Highest of the last `period` values, the bar's own included.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: `atLeast - 1`, which is `period - 1` unless said. Units: those of the input. A missing value
 * in the window gives missing.
 * Complexity: O(n).
 *
 * @param input a column, or values oldest first
 * @param period bars, integer >= 1 (default 20)
 * @param options `atLeast`: the 52-week high of a young stock is `highest(x, 252, { atLeast: 60 })`
 * @throws RalphError E_PARAM_RANGE
 * @source R. D. Donchian, Commodities: High Finance in Copper (1960): the four-week channel
 * @example highest(Float64Array.of(3, 1, 2), 2) // NaN, 3, 2
 */
export function highest(input: Column, period?: number, options?: ExtremeOptions): Column
export function highest(
  values: Float64Array,
  period?: number,
  options?: ExtremeOptions,
): Float64Array
export function highest(
  input: Series,
  period = 20,
  options: ExtremeOptions = {},
): Column | Float64Array {
  const atLeast = requireWindow(period, options)
  return over([input], (x) => {
    const window = { period, atLeast, first: x.warmUp }
    return kernelColumn({
      name: 'highest',
      parameters: atLeast === period ? [period] : [period, atLeast],
      inputs: [x],
      reach: period,
      warmUp: atLeast - 1,
      kernel: (out, from, to, [values]) =>
        rollingExtreme(out, from, to, values as Float64Array, window, 1),
      whole: {
        kernel: (out, from, to, [values]) =>
          wholeExtreme(out, from, to, values as Float64Array, window, 1),
        limit: WHOLE_LIMIT,
      },
    })
  })
}

/** Checks the options of a window that may start short; returns how many bars are enough. */
export function requireWindow(period: number, options: ExtremeOptions): number {
  requirePeriod(period)
  return requireInteger('atLeast', options.atLeast ?? period, 1, period)
}
