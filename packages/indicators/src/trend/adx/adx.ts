import { type Column, kernelColumns } from '@ralph-stock/core'
import { overEach, requirePeriod, type Series } from '../../indicator.js'
import { wilder } from '../wilder/wilder.js'
import { directionalMovement } from './directional-movement.js'

/** The outputs of `adx`: columns or arrays. */
export type Adx<T> = {
  /** Directional index of the rises, 0..100. */
  readonly plusDi: T
  /** Directional index of the falls, 0..100. */
  readonly minusDi: T
  /** Wilder's average of how far the two are apart, 0..100. */
  readonly adx: T
}

/**
 * Average directional movement index with its two directional indices.
 *
 * Shape: `high[n]`, `low[n]`, `close[n]` -> three `Float64Array[n]`, aligned to the bar; or columns that
 * depend on all history. Warm-up: `period` for the indices, `2 * period - 1` for the average. Units:
 * 0..100. A missing value is missing, and the averages begin anew after it; so they do where price has
 * no range, or no direction, in all history before. Complexity: O(n); O(1) for one bar more.
 *
 * @param high a column, or values oldest first
 * @param low the lows of the same bars
 * @param close the closes of the same bars
 * @param period bars, integer >= 1 (default 14)
 * @throws RalphError E_PARAM_RANGE
 * @source J. W. Wilder, New Concepts in Technical Trading Systems (1978), section IV
 * @example const { plusDi, minusDi, adx: strength } = adx(bars.high, bars.low, bars.close)
 */
export function adx(high: Column, low: Column, close: Column, period?: number): Adx<Column>
export function adx(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period?: number,
): Adx<Float64Array>
export function adx(
  high: Series,
  low: Series,
  close: Series,
  period = 14,
): Adx<Column> | Adx<Float64Array> {
  requirePeriod(period)
  return overEach([high, low, close], (...inputs) => {
    const definition = {
      name: 'directionalMovement',
      parameters: [period],
      inputs,
      reach: Number.POSITIVE_INFINITY,
      kernel: directionalMovement(period),
    }
    const warmUps = { plusDi: period, minusDi: period, apart: period }
    const memory = { rise: period, fall: period, range: period }
    const { plusDi, minusDi, apart } = kernelColumns(definition, { ...warmUps, ...memory })
    return { plusDi, minusDi, adx: wilder(apart, period) }
  })
}
