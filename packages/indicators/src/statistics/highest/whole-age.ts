import { skipWarmUp } from '../../indicator.js'
import { barsSinceExtreme } from './rolling-extreme.js'

// Every value is joined with its place to one number, and the lowest of those numbers knows where it
// stands. The place counts down, so that of equal values the latest is the lowest.
//
// The lower of two whole numbers is half of their sum less half of their distance: no branch to
// mispredict. The lowest of two that end at a bar, of four, of eight, and so on, are made in passes
// that all windows share, and two of those cover a window; where they overlap they tell the same.

/** Magnitudes up to which the sum of two values that are joined with places is exact. */
export const AGE_LIMIT: number = 2 ** 30

// Written out where it multiplies and divides: by a power of two that is known, nothing is divided.
const MOST_PLACES = 2 ** 20
const FEW_BARS = 4
let keys = new Float64Array(4096)

/** `barsSinceExtreme` of the lowest, over whole numbers without a gap up to `AGE_LIMIT`. */
export function wholeAge(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  period: number,
): void {
  const begin = skipWarmUp(out, from, to, period - 1)
  const start = begin - period + 1
  const count = to - start
  if (to - begin <= FEW_BARS || count > MOST_PLACES) {
    barsSinceExtreme(out, begin, to, x, period, -1)
    return
  }
  if (keys.length < count) keys = new Float64Array(2 * count)
  let size = period < 4 ? 1 : 4
  if (size === 1) join(x, start, count)
  else joinFours(x, start, count)
  for (; 2 * size <= period; size *= 2) double(count, size)
  cover(out, begin, to, start, period - size)
}

function lower(a: number, b: number): number {
  return (a + b - Math.abs(a - b)) / 2
}

function join(x: Float64Array, start: number, count: number): void {
  const target = keys
  for (let k = 0; k < count; k++) target[k] = (x[start + k] as number) * 1048576 - k
}

/** The same for the lowest of the four that end at `k`: each of two serves twice. */
function joinFours(x: Float64Array, start: number, count: number): void {
  const target = keys
  let key = 0
  let two = 0
  let before = 0
  // The first three are not of four values, and no window reads them.
  for (let k = 0; k < count; k++) {
    const next = (x[start + k] as number) * 1048576 - k
    const latest = lower(next, key)
    target[k] = lower(latest, before)
    before = two
    two = latest
    key = next
  }
}

/** Replaces the lowest of `size` by the lowest of `2 * size`. */
function double(count: number, size: number): void {
  const target = keys
  for (let k = count - 1; k >= 2 * size - 1; k--) {
    target[k] = lower(target[k] as number, target[k - size] as number)
  }
}

function cover(out: Float64Array, from: number, to: number, start: number, distance: number): void {
  const source = keys
  for (let i = from; i < to; i++) {
    const k = i - start
    const value = lower(source[k] as number, source[k - distance] as number) / 1048576
    out[i] = k - (Math.ceil(value) - value) * 1048576
  }
}
