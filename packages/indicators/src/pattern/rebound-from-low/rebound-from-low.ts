import { type Column, kernelColumn } from '@ralph-stock/core'
import { over, requirePeriod, type Series, skipWarmUp } from '../../indicator.js'
import { barsSinceExtreme } from '../../statistics/highest/rolling-extreme.js'
import { AGE_LIMIT, wholeAge } from '../../statistics/highest/whole-age.js'

/**
 * How far closes rose within `days` bars after the lowest low of the last `period`.
 *
 * With `m` the bar of the lowest low in `[t - period + 1, t]` (of equal lows the latest), the value is
 * `max(close[m .. min(m + days, t)]) / close[m] - 1`: 0 when the low is the bar's own, never negative.
 *
 * Shape: `low[n]`, `close[n]` -> `Float64Array[n]`, aligned to the bar; or columns -> a column.
 * Warm-up: `period - 1`. Units: a fraction (0.03 is 3 %). A missing low in the window, a missing close
 * among those read, or a zero base gives missing. Complexity: O(n * days).
 *
 * @param low a column, or values oldest first
 * @param close the closes of the same bars
 * @param period bars, integer >= 1 (default 10)
 * @param days bars after the low that count, integer >= 1 (default 3)
 * @throws RalphError E_PARAM_RANGE
 * @source R. D. Edwards, J. Magee, Technical Analysis of Stock Trends (1948), ch. 13: rally from a low
 * @example reboundFromLow(bars.low, bars.close, 10, 3)
 */
export function reboundFromLow(low: Column, close: Column, period?: number, days?: number): Column
export function reboundFromLow(
  low: Float64Array,
  close: Float64Array,
  period?: number,
  days?: number,
): Float64Array
export function reboundFromLow(
  low: Series,
  close: Series,
  period = 10,
  days = 3,
): Column | Float64Array {
  requirePeriod(period)
  requirePeriod(days, 1, 'days')
  return over([low, close], (lows, closes) =>
    kernelColumn({
      name: 'reboundFromLow',
      parameters: [period, days],
      inputs: [lows, closes],
      reach: period,
      kernel: (out, from, to, [lowValues, closeValues]) => {
        barsSinceExtreme(out, from, to, lowValues as Float64Array, period, -1)
        const begin = skipWarmUp(out, from, to, period - 1)
        rebounds(out, begin, to, closeValues as Float64Array, days)
      },
      whole: {
        kernel: (out, from, to, [lowValues, closeValues]) => {
          wholeAge(out, from, to, lowValues as Float64Array, period)
          const begin = skipWarmUp(out, from, to, period - 1)
          wholeRebounds(out, begin, to, closeValues as Float64Array, days)
        },
        limit: AGE_LIMIT,
      },
    }),
  )
}

/** Replaces the age of the low in `out` by the rebound since. */
function rebounds(
  out: Float64Array,
  from: number,
  to: number,
  close: Float64Array,
  days: number,
): void {
  for (let i = from; i < to; i++) {
    const age = out[i] as number
    if (Number.isNaN(age)) continue
    const bottom = i - age
    const last = age < days ? i : bottom + days
    const base = close[bottom] as number
    let best = base
    for (let j = bottom + 1; j <= last; j++) {
      const value = close[j] as number
      if (!(value <= best)) best = value
      if (Number.isNaN(value)) break
    }
    out[i] = base === 0 ? Number.NaN : best / base - 1
  }
}

/** The same over whole numbers without a gap, with no branch to mispredict. */
function wholeRebounds(
  out: Float64Array,
  from: number,
  to: number,
  close: Float64Array,
  days: number,
): void {
  for (let i = from; i < to; i++) {
    const bottom = i - ((out[i] as number) | 0)
    const base = close[bottom] as number
    const last = earlier(bottom + days, i)
    let best = base
    // Three days at a time: they do not wait for each other. The last serves for those after it.
    for (let day = bottom + 1; day <= bottom + days; day += 3) {
      const one = close[earlier(day, last)] as number
      const two = close[earlier(day + 1, last)] as number
      const three = close[earlier(day + 2, last)] as number
      best = higher(higher(best, one), higher(two, three))
    }
    out[i] = best / base - 1
    if (base === 0) out[i] = Number.NaN
  }
}

/** Shifted by 31, a difference below 0 is all ones in bits, and any other is all zeros. */
function earlier(a: number, b: number): number {
  const difference = (a - b) | 0
  return b + (difference & (difference >> 31))
}

/** Exact for whole numbers. */
function higher(a: number, b: number): number {
  return (a + b + Math.abs(a - b)) / 2
}
