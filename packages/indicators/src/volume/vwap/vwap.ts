import { type Column, kernelColumn, product, ratio } from '@ralph-stock/core'
import { over, requirePeriod, type Series } from '../../indicator.js'
import { sum } from '../../statistics/sum/sum.js'

/**
 * Volume-weighted average price of the last `period` bars: money that changed hands over shares that
 * did. Exact, because KRX data carry the traded value.
 *
 * Shape: `tradedValue[n]`, `volume[n]` -> `Float64Array[n]`, aligned to the bar; or columns -> a column.
 * Warm-up: `period - 1`. Units: KRW a share. A missing value in the window, or no volume in all of it,
 * gives missing. The price is as traded: an adjusted series needs its traded value over adjusted shares.
 * Complexity: that of `sum`.
 *
 * @param tradedValue a column, or values oldest first, KRW
 * @param volume the volumes of the same bars, shares
 * @param period bars, integer >= 1 (default 20)
 * @throws RalphError E_PARAM_RANGE
 * @source S. A. Berkowitz, D. E. Logue, E. A. Noser, The Total Cost of Transactions on the NYSE (1988)
 * @example vwap(bars.tradedValue, bars.volume, 20)
 */
export function vwap(tradedValue: Column, volume: Column, period?: number): Column
export function vwap(tradedValue: Float64Array, volume: Float64Array, period?: number): Float64Array
export function vwap(tradedValue: Series, volume: Series, period = 20): Column | Float64Array {
  requirePeriod(period)
  return over([tradedValue, volume], (values, shares) =>
    ratio(sum(values, period), sum(shares, period)),
  )
}

/**
 * Volume-weighted average price of the last `period` bars where the traded value is not known: the
 * typical price `(high + low + close) / 3` of each bar stands for what was paid.
 *
 * Shape: four arrays of one length `n` -> `Float64Array[n]`, aligned to the bar; or columns -> a column.
 * Warm-up: `period - 1`. Units: those of the prices. A missing value in the window, or no volume in all
 * of it, gives missing. Complexity: that of `sum`.
 *
 * @param high a column, or values oldest first
 * @param low the lows of the same bars
 * @param close the closes of the same bars
 * @param volume the volumes of the same bars
 * @param period bars, integer >= 1 (default 20)
 * @throws RalphError E_PARAM_RANGE
 * @source S. A. Berkowitz, D. E. Logue, E. A. Noser, The Total Cost of Transactions on the NYSE (1988);
 * typical price: D. R. Lambert, Commodity Channel Index (1980)
 * @example typicalVwap(bars.high, bars.low, bars.close, bars.volume, 20)
 */
export function typicalVwap(
  high: Column,
  low: Column,
  close: Column,
  volume: Column,
  period?: number,
): Column
export function typicalVwap(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  volume: Float64Array,
  period?: number,
): Float64Array
export function typicalVwap(
  high: Series,
  low: Series,
  close: Series,
  volume: Series,
  period = 20,
): Column | Float64Array {
  requirePeriod(period)
  return over([high, low, close, volume], (highs, lows, closes, shares) =>
    ratio(sum(product(typicalPrice(highs, lows, closes), shares), period), sum(shares, period)),
  )
}

function typicalPrice(high: Column, low: Column, close: Column): Column {
  return kernelColumn({
    name: 'typicalPrice',
    inputs: [high, low, close],
    reach: 1,
    kernel: (out, from, to, [highs, lows, closes]) => {
      const top = highs as Float64Array
      const bottom = lows as Float64Array
      const last = closes as Float64Array
      for (let i = from; i < to; i++) {
        out[i] = ((top[i] as number) + (bottom[i] as number) + (last[i] as number)) / 3
      }
    },
  })
}
