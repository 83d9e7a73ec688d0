import { type Column, kernelColumn } from '@ralph-stock/core'
import { over, requirePeriod, type Series, skipWarmUp } from '../../indicator.js'

/**
 * Passes `input` through where the last `bars` bars lie within `maximumSessions` sessions of the market,
 * and is missing elsewhere: a sum over five bars says little when a halt lies between them.
 *
 * Shape: `input[n]`, `ordinal[n]` -> `Float64Array[n]`, aligned to the bar; or columns -> a column.
 * Warm-up: that of the input, at least `bars - 1`. Units: those of the input. A missing ordinal at
 * either end gives missing. Complexity: O(n).
 *
 * @param input a column, or values oldest first
 * @param ordinal where each bar stands in the market's calendar: `sessions.ordinal`
 * @param bars integer >= 1 (default 5)
 * @param maximumSessions sessions that the bars may span, first and last included; integer >= `bars`
 * (default 10)
 * @throws RalphError E_PARAM_RANGE
 * @source KRX KOSPI Market Business Regulation, trading halts: a halted session prints no bar
 * @example withinSessions(sum(flows.foreign, 5), sessions.ordinal, 5, 10)
 */
export function withinSessions(
  input: Column,
  ordinal: Column,
  bars?: number,
  maximumSessions?: number,
): Column
export function withinSessions(
  values: Float64Array,
  ordinal: Float64Array,
  bars?: number,
  maximumSessions?: number,
): Float64Array
export function withinSessions(
  input: Series,
  ordinal: Series,
  bars = 5,
  maximumSessions = 10,
): Column | Float64Array {
  requirePeriod(bars, 1, 'bars')
  requirePeriod(maximumSessions, bars, 'maximumSessions')
  return over([input, ordinal], (x, place) =>
    kernelColumn({
      name: 'withinSessions',
      parameters: [maximumSessions],
      inputs: [x, span(place, bars)],
      reach: 1,
      kernel: (out, from, to, [values, spans]) => {
        const value = values as Float64Array
        const sessions = spans as Float64Array
        for (let i = from; i < to; i++) {
          out[i] = (sessions[i] as number) <= maximumSessions ? (value[i] as number) : Number.NaN
        }
      },
    }),
  )
}

/** Sessions from the first of the last `bars` bars to the latest, both included. */
function span(ordinal: Column, bars: number): Column {
  return kernelColumn({
    name: 'sessionSpan',
    parameters: [bars],
    inputs: [ordinal],
    reach: bars,
    kernel: (out, from, to, [ordinals]) => {
      const place = ordinals as Float64Array
      for (let i = skipWarmUp(out, from, to, bars - 1); i < to; i++) {
        out[i] = (place[i] as number) - (place[i - bars + 1] as number) + 1
      }
    },
  })
}
