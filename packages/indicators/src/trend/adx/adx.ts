import { type Column, type Kernel, kernelColumn } from '@ralph-stock/core'
import { overEach, requirePeriod, type Series, skipWarmUp } from '../../indicator.js'
import { atr } from '../../volatility/atr/atr.js'
import { wilder } from '../wilder/wilder.js'

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
  return overEach([high, low, close], (highs, lows, closes) => {
    const range = atr(highs, lows, closes, period)
    const plusDi = index('plusDi', wilder(rises(highs, lows), period), range)
    const minusDi = index('minusDi', wilder(falls(highs, lows), period), range)
    return { plusDi, minusDi, adx: wilder(apart(plusDi, minusDi), period) }
  })
}

function rises(high: Column, low: Column): Column {
  return movement('plusMovement', high, low, (out, from, to, [highs, lows]) => {
    moves(out, skipWarmUp(out, from, to, 1), to, highs as Float64Array, lows as Float64Array, 1)
  })
}

function falls(high: Column, low: Column): Column {
  // A fall of the lows is a rise of the lows with their sign turned.
  return movement('minusMovement', high, low, (out, from, to, [highs, lows]) => {
    moves(out, skipWarmUp(out, from, to, 1), to, lows as Float64Array, highs as Float64Array, -1)
  })
}

function movement(name: string, high: Column, low: Column, kernel: Kernel): Column {
  return kernelColumn({ name, inputs: [high, low], reach: 2, kernel })
}

/** How far `edge` moved outwards, where that is more than `other` did; else 0. */
function moves(
  out: Float64Array,
  from: number,
  to: number,
  edge: Float64Array,
  other: Float64Array,
  sign: 1 | -1,
): void {
  let edgeBefore = edge[from - 1] as number
  let otherBefore = other[from - 1] as number
  for (let i = from; i < to; i++) {
    const edgeNow = edge[i] as number
    const otherNow = other[i] as number
    const outwards = sign * (edgeNow - edgeBefore)
    const against = sign * (otherBefore - otherNow)
    edgeBefore = edgeNow
    otherBefore = otherNow
    // As a number a comparison has no branch to mispredict.
    const counts = Number(outwards > against) & Number(outwards > 0)
    // Adding 0 turns -0 into 0; a missing value makes either product missing.
    out[i] = counts * outwards + 0 * against + 0
  }
}

function index(name: string, moved: Column, range: Column): Column {
  return kernelColumn({
    name,
    inputs: [moved, range],
    reach: 1,
    kernel: (out, from, to, [moves, ranges]) => {
      const part = moves as Float64Array
      const whole = ranges as Float64Array
      for (let i = from; i < to; i++) out[i] = (100 * (part[i] as number)) / (whole[i] as number)
    },
  })
}

function apart(plus: Column, minus: Column): Column {
  return kernelColumn({
    name: 'directionalIndex',
    inputs: [plus, minus],
    reach: 1,
    kernel: (out, from, to, [rising, falling]) => {
      const up = rising as Float64Array
      const down = falling as Float64Array
      for (let i = from; i < to; i++) {
        const more = up[i] as number
        const less = down[i] as number
        out[i] = (100 * Math.abs(more - less)) / (more + less)
      }
    },
  })
}
