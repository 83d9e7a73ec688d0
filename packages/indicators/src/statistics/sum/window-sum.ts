// Sums over a moving window, without sliding: each is added up afresh, in an order that depends on
// the period alone. A sliding sum would drift, keep a missing value forever, and give bits that
// depend on where it began.
//
// The order is that of pairwise doubling: twos[i] = x[i] + x[i-1], fours[i] = twos[i] + twos[i-2], and
// so on; a period of 20 is the four that ends at the bar plus the sixteen before it. All windows
// share the passes, and no addition waits for the one before. A pass makes fours of ones, sixteens of
// fours: two doublings at once, because in a short loop the loop itself is what costs.

const FEW_BARS = 4
let partial = new Float64Array(4096)
let folding = new Float64Array(512)

/**
 * `out[i] = sum(x[i - origin - period + 1 .. i - origin]) / divisor` for `i` in `[from, to)`.
 *
 * Same bits for every `from` and `to`. Missing anywhere in the window gives missing.
 */
export function windowSums(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  origin: number,
  period: number,
  divisor: number,
): void {
  if (to - from <= FEW_BARS) {
    for (let i = from; i < to; i++) out[i] = fold(x, i - origin, period) / divisor
  } else share(out, from, to, x, origin, period, divisor)
}

/** The sum of one window. */
function fold(x: Float64Array, last: number, period: number): number {
  if (folding.length < period) folding = new Float64Array(2 * period)
  let end = last
  let sum = 0
  for (let size = 1; size <= period; size *= 2) {
    if ((period & size) === 0) continue
    sum += foldPower(x, end, size)
    end -= size
  }
  return sum
}

/** The sum of the `size` values that end at `end`, a power of two. */
function foldPower(x: Float64Array, end: number, size: number): number {
  if (size === 1) return x[end] as number
  if (size === 2) return (x[end] as number) + (x[end - 1] as number)
  const parts = folding
  let count = size >> 2
  for (let j = 0, k = end; j < count; j++, k -= 4) {
    const late = (x[k] as number) + (x[k - 1] as number)
    parts[j] = late + ((x[k - 2] as number) + (x[k - 3] as number))
  }
  for (count >>= 1; count > 0; count >>= 1) {
    for (let j = 0; j < count; j++) {
      parts[j] = (parts[2 * j] as number) + (parts[2 * j + 1] as number)
    }
  }
  return parts[0] as number
}

/** The sums of many windows, by passes that they share. */
function share(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  origin: number,
  period: number,
  divisor: number,
): void {
  const length = to - from + period - 1
  if (partial.length < length) partial = new Float64Array(2 * length)
  // `source[j + start]` is the sum of `size` values that end `j` values after the first one needed.
  let source = x
  let start = from - origin - period + 1
  let left = period
  let begun = false
  for (let size = 1; ; size *= 4) {
    const digit = (period / size) & 3
    if (digit > 0) {
      const shift = start + left - 1 - from
      left -= digit * size
      addDigit(out, from, to, source, shift, size, digit, begun, left === 0 ? divisor : 1)
      begun = true
      if (left === 0) return
    }
    if (left === 4 * size) {
      addFour(out, from, to, source, start + left - 1 - from, size, begun, divisor)
      return
    }
    quadruple(source, start, partial, length, size)
    source = partial
    start = 0
  }
}

/** `target[j]` = the four sums of `size` values that end at `j`; in place when both are one array. */
function quadruple(
  source: Float64Array,
  start: number,
  target: Float64Array,
  length: number,
  size: number,
): void {
  for (let j = length - 1; j >= 4 * size - 1; j--) {
    const k = j + start
    const late = (source[k] as number) + (source[k - size] as number)
    target[j] = late + ((source[k - 2 * size] as number) + (source[k - 3 * size] as number))
  }
}

/** Adds one, two or three sums of `size` values to each window, the latest first. */
function addDigit(
  out: Float64Array,
  from: number,
  to: number,
  source: Float64Array,
  shift: number,
  size: number,
  digit: number,
  begun: boolean,
  divisor: number,
): void {
  if (!begun) out.fill(0, from, to)
  if (digit === 1) {
    for (let i = from; i < to; i++) {
      out[i] = ((out[i] as number) + (source[i + shift] as number)) / divisor
    }
  } else if (digit === 2) {
    for (let i = from; i < to; i++) {
      const k = i + shift
      const two = (source[k] as number) + (source[k - size] as number)
      out[i] = ((out[i] as number) + two) / divisor
    }
  } else {
    for (let i = from; i < to; i++) {
      const k = i + shift
      const two = (source[k - size] as number) + (source[k - 2 * size] as number)
      out[i] = ((out[i] as number) + (source[k] as number) + two) / divisor
    }
  }
}

/** Adds the sum of `4 * size` values that completes each window. */
function addFour(
  out: Float64Array,
  from: number,
  to: number,
  source: Float64Array,
  shift: number,
  size: number,
  begun: boolean,
  divisor: number,
): void {
  if (!begun) out.fill(0, from, to)
  for (let i = from; i < to; i++) {
    const k = i + shift
    const late = (source[k] as number) + (source[k - size] as number)
    const early = (source[k - 2 * size] as number) + (source[k - 3 * size] as number)
    out[i] = ((out[i] as number) + (late + early)) / divisor
  }
}

/** The same over whole numbers whose sums are exact: one addition a bar, same bits. */
export function slidingSums(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  period: number,
  divisor: number,
): void {
  if (from >= to) return
  let sum = 0
  for (let j = from - period + 1; j <= from; j++) sum += x[j] as number
  out[from] = sum / divisor
  for (let i = from + 1; i < to; i++) {
    sum += (x[i] as number) - (x[i - period] as number)
    out[i] = sum / divisor
  }
}
