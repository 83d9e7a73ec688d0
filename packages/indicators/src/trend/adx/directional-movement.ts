import type { Kernel } from '@ralph-stock/core'
import { meanOf, recur, toward } from '../../recursion.js'
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
        const [, , , rises, falls, ranges] = outs as Outputs
        rises[bar] = meanOf(period, bar, (i) => outwards(up(i), down(i)))
        falls[bar] = meanOf(period, bar, (i) => outwards(down(i), up(i)))
        ranges[bar] = meanOf(period, bar, range)
        indices(outs as Outputs, bar, bar + 1)
      },
      goOn: (begin, end) => {
        const last = goOn(outs as Outputs, begin, end, bars, 1 / period)
        indices(outs as Outputs, begin, last)
        return last
      },
    })
  }
}

function goOn(outs: Outputs, from: number, to: number, bars: Bars, weight: number): number {
  const [, , , rises, falls, ranges] = outs
  const [high, low, close] = bars
  let rise = rises[from - 1] as number
  let fall = falls[from - 1] as number
  let range = ranges[from - 1] as number
  let top = high[from - 1] as number
  let bottom = low[from - 1] as number
  let before = close[from - 1] as number
  // Two bars at a time: what reaching an array takes is spent once for both.
  for (let i = from; i < to; i += 2) {
    const firstTop = high[i] as number
    const firstBottom = low[i] as number
    const firstUp = firstTop - top
    const firstDown = bottom - firstBottom
    const firstRise = toward(rise, outwards(firstUp, firstDown), weight)
    const firstFall = toward(fall, outwards(firstDown, firstUp), weight)
    const firstRange = toward(range, widened(firstTop, firstBottom, before), weight)
    rises[i] = firstRise
    falls[i] = firstFall
    ranges[i] = firstRange
    if (i + 1 === to) return to
    top = high[i + 1] as number
    bottom = low[i + 1] as number
    const up = top - firstTop
    const down = firstBottom - bottom
    rise = toward(firstRise, outwards(up, down), weight)
    fall = toward(firstFall, outwards(down, up), weight)
    range = toward(firstRange, widened(top, bottom, close[i] as number), weight)
    before = close[i + 1] as number
    rises[i + 1] = rise
    falls[i + 1] = fall
    ranges[i + 1] = range
    // A missing high or low is missing in the range, and so is the close before.
    if (Number.isNaN(range)) return Number.isNaN(firstRange) ? i + 1 : i + 2
  }
  return to
}

/** Makes the indices of the averages. */
function indices(outs: Outputs, from: number, to: number): void {
  const [plusDi, minusDi, apart, rises, falls, ranges] = outs
  for (let i = from; i < to; i++) {
    const rise = rises[i] as number
    const fall = falls[i] as number
    const range = ranges[i] as number
    plusDi[i] = (100 * rise) / range
    minusDi[i] = (100 * fall) / range
    // The range that both are over is left out of the quotient of their distance and their sum.
    apart[i] = (100 * Math.abs(rise - fall)) / (rise + fall) + 0 * range
  }
}

/** How far one edge moved outwards, where that is more than the other did; else 0. */
function outwards(moved: number, other: number): number {
  // As a number a comparison has no branch to mispredict.
  return (Number(moved > other) & Number(moved > 0)) * moved
}
