import { type Column, kernelColumn } from '@ralph-stock/core'
import { over, type Series } from '../../indicator.js'
import { type ExtremeOptions, requireWindow } from '../highest/highest.js'
import { rollingExtreme } from '../highest/rolling-extreme.js'
import { WHOLE_LIMIT, wholeExtreme } from '../highest/whole-extreme.js'

/**
 * Lowest of the last `period` values, the bar's own included.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: `atLeast - 1`, which is `period - 1` unless said. Units: those of the input. A missing value
 * in the window gives missing.
 * Complexity: O(n).
 *
 * @param input a column, or values oldest first
 * @param period bars, integer >= 1 (default 20)
 * @param options `atLeast`: bars that are enough while fewer than `period` exist
 * @throws RalphError E_PARAM_RANGE
 * @source R. D. Donchian, Commodities: High Finance in Copper (1960): the four-week channel
 * @example lowest(Float64Array.of(3, 1, 2), 2) // NaN, 1, 1
 */
export function lowest(input: Column, period?: number, options?: ExtremeOptions): Column
export function lowest(
  values: Float64Array,
  period?: number,
  options?: ExtremeOptions,
): Float64Array
export function lowest(
  input: Series,
  period = 20,
  options: ExtremeOptions = {},
): Column | Float64Array {
  const atLeast = requireWindow(period, options)
  return over([input], (x) => {
    const window = { period, atLeast, first: x.warmUp }
    return kernelColumn({
      name: 'lowest',
      parameters: atLeast === period ? [period] : [period, atLeast],
      inputs: [x],
      reach: period,
      warmUp: atLeast - 1,
      kernel: (out, from, to, [values]) =>
        rollingExtreme(out, from, to, values as Float64Array, window, -1),
      whole: {
        kernel: (out, from, to, [values]) =>
          wholeExtreme(out, from, to, values as Float64Array, window, -1),
        limit: WHOLE_LIMIT,
      },
    })
  })
}
