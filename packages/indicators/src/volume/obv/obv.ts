import { type Column, kernelColumn } from '@ralph-stock/core'
import { over, type Series } from '../../indicator.js'

/**
 * On-balance volume: the volume of days that closed higher minus that of days that closed lower, from
 * the first bar on. Its level depends on where the data begin; its course does not.
 *
 * Shape: `close[n]`, `volume[n]` -> `Float64Array[n]`, aligned to the bar; or columns -> a column that
 * depends on all history. Warm-up: none, the first bar is 0. Units: shares. A missing close or volume is
 * missing; the balance begins anew at 0 after it. Complexity: O(n); O(1) for one bar more.
 *
 * @param close a column, or values oldest first
 * @param volume the volumes of the same bars
 * @source J. E. Granville, Granville's New Key to Stock Market Profits (1963)
 * @example obv(Float64Array.of(10, 11, 10), Float64Array.of(5, 7, 2)) // 0, 7, 5
 */
export function obv(close: Column, volume: Column): Column
export function obv(close: Float64Array, volume: Float64Array): Float64Array
export function obv(close: Series, volume: Series): Column | Float64Array {
  return over([close, volume], (closes, volumes) =>
    kernelColumn({
      name: 'obv',
      inputs: [closes, volumes],
      reach: Number.POSITIVE_INFINITY,
      kernel: (out, from, to, [closeValues, volumeValues]) => {
        balance(out, from, to, closeValues as Float64Array, volumeValues as Float64Array)
      },
      whole: {
        kernel: (out, from, to, [closeValues, volumeValues]) => {
          wholeBalance(out, from, to, closeValues as Float64Array, volumeValues as Float64Array)
        },
        limit: WHOLE_LIMIT,
      },
    }),
  )
}

// The neighbours of a distance of two such prices are exact in a double.
const WHOLE_LIMIT = 2 ** 51

/** The same over whole numbers without a gap. */
function wholeBalance(
  out: Float64Array,
  from: number,
  to: number,
  close: Float64Array,
  volume: Float64Array,
): void {
  if (from >= to) return
  let sum = from > 0 ? (out[from - 1] as number) : 0
  let before = close[from > 0 ? from - 1 : 0] as number
  for (let i = from; i < to; i++) {
    const price = close[i] as number
    const moved = price - before
    // A whole distance is two nearer to 1 than to -1, or the other way round, or as near to both.
    const direction = (Math.abs(moved + 1) - Math.abs(moved - 1)) / 2
    sum += direction * (volume[i] as number)
    out[i] = sum
    before = price
  }
}

function balance(
  out: Float64Array,
  from: number,
  to: number,
  close: Float64Array,
  volume: Float64Array,
): void {
  let sum = from > 0 ? (out[from - 1] as number) : Number.NaN
  for (let i = from; i < to; i++) {
    const price = close[i] as number
    const shares = volume[i] as number
    if (Number.isNaN(sum)) {
      // Missing values have no distance to themselves: the balance begins with 0, or not yet.
      sum = price - price + (shares - shares)
    } else {
      const before = close[i - 1] as number
      // As numbers the comparisons have no branch to mispredict.
      const direction = Number(price > before) - Number(price < before)
      sum += direction * shares + (price - price)
    }
    out[i] = sum
  }
}
