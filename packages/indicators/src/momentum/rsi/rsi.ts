import { type Column, type Kernel, kernelColumns } from '@ralph-stock/core'
import { over, requirePeriod, type Series } from '../../indicator.js'
import { meanOf, recur, toward } from '../../recursion.js'

/**
 * Wilder's relative strength index: `100 * gain / (gain + loss)` on Wilder's averages of the rises and
 * of the falls.
 *
 * Shape: `values[n]` -> `Float64Array[n]`, aligned to the bar; or a column that depends on all history.
 * Warm-up: `period`, because `period` changes need one value more; the seed's trace fades below 0.01
 * after some `10 * period`. Units: 0..100. No movement in all history gives missing, not 50. A missing
 * value is missing; the averages begin anew after it. Complexity: O(n); O(1) for one bar more.
 *
 * @param input a column, or values oldest first
 * @param period changes, integer >= 1 (default 14)
 * @throws RalphError E_PARAM_RANGE
 * @source J. W. Wilder, New Concepts in Technical Trading Systems (1978), section VI
 * @example rsi(Float64Array.of(10, 12, 11), 2) // NaN, NaN, 66.67
 */
export function rsi(input: Column, period?: number): Column
export function rsi(values: Float64Array, period?: number): Float64Array
export function rsi(input: Series, period = 14): Column | Float64Array {
  requirePeriod(period)
  return over([input], (x) => {
    const definition = {
      name: 'rsi',
      parameters: [period],
      inputs: [x],
      reach: Number.POSITIVE_INFINITY,
      kernel: index(period),
    }
    return kernelColumns(definition, { index: period, loss: period, gain: period }).index
  })
}

function index(period: number): Kernel {
  return (_, from, to, [values], outs) => {
    const x = values as Float64Array
    const [out, losses, gains] = outs as readonly [Float64Array, Float64Array, Float64Array]
    const up = (bar: number): number => rise(x[bar - 1] as number, x[bar] as number)
    const down = (bar: number): number => rise(x[bar] as number, x[bar - 1] as number)
    recur(outs, from, to, {
      inputs: [x],
      bars: period + 1,
      begin: (bar) => {
        const gain = meanOf(period, bar, up)
        const loss = meanOf(period, bar, down)
        gains[bar] = gain
        losses[bar] = loss
        out[bar] = (100 * gain) / (gain + loss)
      },
      goOn: (begin, end) => goOn(out, gains, losses, begin, end, x, 1 / period),
    })
  }
}

function goOn(
  out: Float64Array,
  gains: Float64Array,
  losses: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  weight: number,
): number {
  let gain = gains[from - 1] as number
  let loss = losses[from - 1] as number
  let before = x[from - 1] as number
  // Two bars at a time: what reaching an array takes is spent once for both.
  for (let i = from; i < to; i += 2) {
    const value = x[i] as number
    const firstGain = toward(gain, rise(before, value), weight)
    const firstLoss = toward(loss, rise(value, before), weight)
    gains[i] = firstGain
    losses[i] = firstLoss
    out[i] = (100 * firstGain) / (firstGain + firstLoss)
    if (i + 1 === to) return to
    before = x[i + 1] as number
    gain = toward(firstGain, rise(value, before), weight)
    loss = toward(firstLoss, rise(before, value), weight)
    gains[i + 1] = gain
    losses[i + 1] = loss
    out[i + 1] = (100 * gain) / (gain + loss)
    if (Number.isNaN(gain)) return Number.isNaN(firstGain) ? i + 1 : i + 2
  }
  return to
}

/** How far `to` is above `from`, or 0, with no branch to mispredict. */
function rise(from: number, to: number): number {
  const change = to - from
  return (Math.abs(change) + change) / 2
}
