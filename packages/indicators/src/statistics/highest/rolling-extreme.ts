import { skipWarmUp } from '../../indicator.js'

/** Bounds of a moving window that may be shorter at the start of the data. */
export type ExtremeWindow = {
  readonly period: number
  /** Bars that must exist before there is a value. */
  readonly atLeast: number
  /** First bar at which the input can have a value. */
  readonly first: number
}

/** Which extreme: the lowest is the highest of the values with their sign turned. */
export type ExtremeSign = 1 | -1

// Below this, looking for the next extreme when one leaves the window is cheapest. Above, a long
// trend would mean a look over the whole window at every bar.
const LONGEST_RESCAN = 40

const NO_GAP = Number.NEGATIVE_INFINITY
let suffixes = new Float64Array(512)

/** `out[i]` = the highest (`sign` 1) or lowest (-1) of the window that ends at `i`. */
export function rollingExtreme(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  window: ExtremeWindow,
  sign: ExtremeSign,
): void {
  const begin = skipWarmUp(out, from, to, window.first + window.atLeast - 1)
  const { period, first } = window
  if (period > LONGEST_RESCAN && to - begin > 1) split(out, begin, to, x, period, first, sign)
  else rescan(out, begin, to, x, period, first, sign, false)
}

/** `out[i]` = how many bars before `i` the extreme of its window stands; of equal ones the latest. */
export function barsSinceExtreme(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  period: number,
  sign: ExtremeSign,
): void {
  rescan(out, skipWarmUp(out, from, to, period - 1), to, x, period, 0, sign, true)
}

/** Keeps the extreme with its place, and looks for the next when it leaves the window. */
function rescan(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  period: number,
  first: number,
  sign: ExtremeSign,
  age: boolean,
): void {
  let gap = NO_GAP
  let best = Number.NEGATIVE_INFINITY
  let bestAt = -1
  for (let j = Math.max(first, from - period + 1); j < from; j++) {
    const value = sign * (x[j] as number)
    if (value >= best) {
      best = value
      bestAt = j
    } else if (Number.isNaN(value)) gap = j
  }
  for (let i = from; i < to; i++) {
    const value = sign * (x[i] as number)
    const start = i - period + 1
    if (value >= best) {
      best = value
      bestAt = i
    } else {
      if (Number.isNaN(value)) gap = i
      if (bestAt < start) {
        best = Number.NEGATIVE_INFINITY
        bestAt = -1
        for (let j = Math.max(first, start); j <= i; j++) {
          const candidate = sign * (x[j] as number)
          if (candidate >= best) {
            best = candidate
            bestAt = j
          }
        }
      }
    }
    // Adding 0 turns -0 into 0, so that the extreme of both has one form.
    out[i] = gap >= start ? Number.NaN : age ? i - bestAt : sign * best + 0
  }
}

/**
 * Splits each window at a bar that serves a whole period: the extremes of what ends there are kept for
 * every start, those of what follows grow with the bars. The cost does not depend on the values.
 */
function split(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  period: number,
  first: number,
  sign: ExtremeSign,
): void {
  if (suffixes.length < period) suffixes = new Float64Array(2 * period)
  const before = suffixes
  let gap = NO_GAP
  let after = Number.NEGATIVE_INFINITY
  let splitAt = -1
  let base = 0
  for (let i = from; i < to; i++) {
    const start = Math.max(first, i - period + 1)
    if (start > splitAt) {
      let best = Number.NEGATIVE_INFINITY
      for (let j = i; j >= start; j--) {
        const value = sign * (x[j] as number)
        if (value > best) best = value
        else if (Number.isNaN(value) && j > gap) gap = j
        before[j - start] = best
      }
      splitAt = i
      base = start
      after = Number.NEGATIVE_INFINITY
    } else {
      const value = sign * (x[i] as number)
      if (value > after) after = value
      else if (Number.isNaN(value)) gap = i
    }
    const earlier = before[start - base] as number
    out[i] = gap >= start ? Number.NaN : sign * (earlier > after ? earlier : after) + 0
  }
}
