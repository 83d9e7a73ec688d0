import { type Column, kernelColumn, RalphError } from '@ralph-stock/core'
import { over, requireNumber, requirePeriod, type Series, skipWarmUp } from '../../indicator.js'

/** One term of `weightedChange`. */
export type WeightedPart = {
  /** How many bars back the base is, integer >= 1. */
  readonly bars: number
  /** Any finite number. */
  readonly weight: number
}

/** Quarters of a year, the latest twice: the weights of relative strength ratings. */
export const RELATIVE_STRENGTH_PARTS: readonly WeightedPart[] = Object.freeze([
  { bars: 63, weight: 0.4 },
  { bars: 126, weight: 0.2 },
  { bars: 189, weight: 0.2 },
  { bars: 252, weight: 0.2 },
])

/**
 * Weighted sum of changes over several spans: `sum(weight * (x / x[-bars] - 1))`.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column.
 * Warm-up: the largest `bars`. Units: a fraction (0.03 is 3 %). A missing value or a zero base in any
 * part gives missing. Complexity: O(n * parts).
 *
 * @param input a column, or values oldest first
 * @param parts spans and weights (default: the relative strength of 63, 126, 189 and 252 bars)
 * @throws RalphError E_PARAM_RANGE; E_INPUT_INVALID without a part
 * @source W. J. O'Neil, How to Make Money in Stocks (2009), ch. 4: relative price strength of 12 months
 * @example weightedChange(bars.close, [{ bars: 63, weight: 0.6 }, { bars: 126, weight: 0.4 }])
 */
export function weightedChange(input: Column, parts?: readonly WeightedPart[]): Column
export function weightedChange(values: Float64Array, parts?: readonly WeightedPart[]): Float64Array
export function weightedChange(
  input: Series,
  parts: readonly WeightedPart[] = RELATIVE_STRENGTH_PARTS,
): Column | Float64Array {
  if (parts.length === 0) {
    throw new RalphError('E_INPUT_INVALID', 'weightedChange needs one part or more; found none')
  }
  for (const { bars, weight } of parts) {
    requirePeriod(bars, 1, 'bars')
    requireNumber('weight', weight, Number.NEGATIVE_INFINITY)
  }
  const spans = Float64Array.from(parts, ({ bars }) => bars)
  const weights = Float64Array.from(parts, ({ weight }) => weight)
  const longest = Math.max(...spans)
  return over([input], (x) =>
    kernelColumn({
      name: 'weightedChange',
      parameters: parts.flatMap(({ bars, weight }) => [bars, weight]),
      inputs: [x],
      reach: longest + 1,
      kernel: (out, from, to, [array]) => {
        const values = array as Float64Array
        for (let i = skipWarmUp(out, from, to, longest); i < to; i++) {
          const value = values[i] as number
          let sum = 0
          for (let k = 0; k < spans.length; k++) {
            const base = values[i - (spans[k] as number)] as number
            sum += (weights[k] as number) * (base === 0 ? Number.NaN : value / base - 1)
          }
          out[i] = sum
        }
      },
    }),
  )
}
