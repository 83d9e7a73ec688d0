import type { Kernel } from '@ralph-stock/core'
import { meanOf, recur } from '../../recursion.js'
import { widened } from '../../volatility/true-range/true-range.js'

type Outputs = readonly [
  plusDi: Float64Array,
  minusDi: Float64Array,
  apart: Float64Array,
  rises: Float64Array,
  falls: Float64Array,
  ranges: Float64Array,
]
type Bars = readonly [high: Float64Array, low: Float64Array, close: Float64Array]

/**
 * Wilder's directional indices in one pass: the indices of the rises and of the falls, how far they are
 * apart over their sum, each 0..100, and the three averages that they are made of.
 */
export function directionalMovement(period: number): Kernel {
  return (_, from, to, inputs, outs) => {
    const bars = inputs as Bars
    const [high, low, close] = bars
    const at = (values: Float64Array, bar: number): number => values[bar] as number
    const up = (bar: number): number => at(high, bar) - at(high, bar - 1)
    const down = (bar: number): number => at(low, bar - 1) - at(low, bar)
    const range = (bar: number): number => widened(at(high, bar), at(low, bar), at(close, bar - 1))
    recur(outs, from, to, {
      inputs: bars,
      bars: period + 1,
      begin: (bar) => {
        const rise = meanOf(period, bar, (i) => outwards(up(i), down(i)))
        const fall = meanOf(period, bar, (i) => outwards(down(i), up(i)))
        const [plusDi, minusDi, apart, rises, falls, ranges] = outs as Outputs
        const average = meanOf(period, bar, range)
        rises[bar] = rise
        falls[bar] = fall
        ranges[bar] = average
        indices(plusDi, minusDi, apart, bar, rise, fall, average)
      },
      goOn: (begin, end) => goOn(outs as Outputs, begin, end, bars, 1 / period),
    })
  }
}

function goOn(outs: Outputs, from: number, to: number, bars: Bars, weight: number): number {
  const [plusDi, minusDi, apart, rises, falls, ranges] = outs
  const [high, low, close] = bars
  let rise = rises[from - 1] as number
  let fall = falls[from - 1] as number
  let range = ranges[from - 1] as number
  let top = high[from - 1] as number
  let bottom = low[from - 1] as number
  let before = close[from - 1] as number
  for (let i = from; i < to; i++) {
    const topBefore = top
    const bottomBefore = bottom
    top = high[i] as number
    bottom = low[i] as number
    const up = top - topBefore
    const down = bottomBefore - bottom
    rise += weight * (outwards(up, down) - rise)
    fall += weight * (outwards(down, up) - fall)
    // Missing where a movement is: the range tells whether there are averages to go on from.
    range += weight * (widened(top, bottom, before) - range) + (rise - rise)
    before = close[i] as number
    rises[i] = rise
    falls[i] = fall
    ranges[i] = range
    indices(plusDi, minusDi, apart, i, rise, fall, range)
    if (Number.isNaN(range)) return i + 1
  }
  return to
}

/** How far one edge moved outwards, where that is more than the other did; else 0. */
function outwards(moved: number, other: number): number {
  // As a number a comparison has no branch to mispredict.
  const counts = Number(moved > other) & Number(moved > 0)
  // Adding 0 turns -0 into 0; a missing value makes either product missing.
  return counts * moved + 0 * other + 0
}

function indices(
  plusDi: Float64Array,
  minusDi: Float64Array,
  apart: Float64Array,
  bar: number,
  rise: number,
  fall: number,
  range: number,
): void {
  plusDi[bar] = (100 * rise) / range
  minusDi[bar] = (100 * fall) / range
  // The range that both indices are over is left out of the quotient of their distance and their sum.
  apart[bar] = (100 * Math.abs(rise - fall)) / (rise + fall) + (range - range)
}
