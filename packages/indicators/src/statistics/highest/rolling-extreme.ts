import { skipWarmUp } from '../../indicator.js'

// The extreme is kept with its place and looked for again only when it leaves the window: cheaper
// than a queue of candidates at the periods that matter here, and no state to carry. Of equal values
// the latest counts, so the place is the same wherever the run begins.

/** Bounds of a moving window that may be shorter at the start of the data. */
export type ExtremeWindow = {
  readonly period: number
  /** Bars that must exist before there is a value. */
  readonly atLeast: number
  /** First bar at which the input can have a value. */
  readonly first: number
}

/** `out[i]` = the highest of the window that ends at `i`. */
export function rollingHighest(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  { period, atLeast, first }: ExtremeWindow,
): void {
  const begin = skipWarmUp(out, from, to, first + atLeast - 1)
  let gap = -1
  let best = Number.NEGATIVE_INFINITY
  let bestAt = -1
  for (let j = Math.max(first, begin - period + 1); j < begin; j++) {
    const value = x[j] as number
    if (value >= best) {
      best = value
      bestAt = j
    } else if (Number.isNaN(value)) gap = j
  }
  for (let i = begin; i < to; i++) {
    const value = x[i] as number
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
          const candidate = x[j] as number
          if (candidate >= best) {
            best = candidate
            bestAt = j
          }
        }
      }
    }
    out[i] = gap >= start && gap >= 0 ? Number.NaN : best
  }
}

/** `out[i]` = the lowest of the window that ends at `i`, or how many bars ago it was. */
export function rollingLowest(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  { period, atLeast, first }: ExtremeWindow,
  result: 'value' | 'age',
): void {
  const age = result === 'age'
  const begin = skipWarmUp(out, from, to, first + atLeast - 1)
  let gap = -1
  let best = Number.POSITIVE_INFINITY
  let bestAt = -1
  for (let j = Math.max(first, begin - period + 1); j < begin; j++) {
    const value = x[j] as number
    if (value <= best) {
      best = value
      bestAt = j
    } else if (Number.isNaN(value)) gap = j
  }
  for (let i = begin; i < to; i++) {
    const value = x[i] as number
    const start = i - period + 1
    if (value <= best) {
      best = value
      bestAt = i
    } else {
      if (Number.isNaN(value)) gap = i
      if (bestAt < start) {
        best = Number.POSITIVE_INFINITY
        bestAt = -1
        for (let j = Math.max(first, start); j <= i; j++) {
          const candidate = x[j] as number
          if (candidate <= best) {
            best = candidate
            bestAt = j
          }
        }
      }
    }
    out[i] = gap >= start && gap >= 0 ? Number.NaN : age ? i - bestAt : best
  }
}
