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
      if (digit === 1 && !begun && left === 4 * size) {
        if (size === 1) addFive(out, from, to, source, shift, divisor)
        else addOneAndFour(out, from, to, source, shift, size, divisor)
        return
      }
      addDigit(out, from, to, source, shift, size, digit, begun, left === 0 ? divisor : 1)
      begun = true
      if (left === 0) return
    }
    if (left === 4 * size) {
      addFour(out, from, to, source, start + left - 1 - from, size, begun, divisor)
      return
    }
    if (size === 1) foursOf(source, start, partial, length)
    else quadruple(partial, length, size)
    source = partial
    start = 0
  }
}

// Each sum of two is part of two sums of four, so it is kept until it is needed again: reading a value
// from an array costs as much as several additions.

/** `target[j]` = the sum of the four values that end at `j + start`. */
function foursOf(source: Float64Array, start: number, target: Float64Array, length: number): void {
  let value = source[start + 2] as number
  let before = (source[start + 1] as number) + (source[start] as number)
  let two = value + (source[start + 1] as number)
  for (let j = 3; j < length; j++) {
    const next = source[j + start] as number
    const latest = next + value
    target[j] = latest + before
    before = two
    two = latest
    value = next
  }
}

/** The same as one and four values for a period of five, in a single pass. */
function addFive(
  out: Float64Array,
  from: number,
  to: number,
  source: Float64Array,
  shift: number,
  divisor: number,
): void {
  const last = from + shift
  let value = source[last - 1] as number
  let two = value + (source[last - 2] as number)
  let before = (source[last - 2] as number) + (source[last - 3] as number)
  let early = (source[last - 3] as number) + (source[last - 4] as number)
  for (let i = from; i < to; i++) {
    const next = source[i + shift] as number
    // Adding 0 turns -0 into 0, as where sums are begun from 0.
    out[i] = (0 + next + (two + early)) / divisor
    early = before
    before = two
    two = next + value
    value = next
  }
}

/** Replaces the sums of `size` values that end at `j` by those of `4 * size` values. */
function quadruple(sums: Float64Array, length: number, size: number): void {
  for (let j = length - 1; j >= 4 * size - 1; j--) {
    const late = (sums[j] as number) + (sums[j - size] as number)
    sums[j] = late + ((sums[j - 2 * size] as number) + (sums[j - 3 * size] as number))
  }
}

/** One sum of `size` values and one of the four times as many before them, in a single pass. */
function addOneAndFour(
  out: Float64Array,
  from: number,
  to: number,
  source: Float64Array,
  shift: number,
  size: number,
  divisor: number,
): void {
  for (let i = from; i < to; i++) {
    const k = i + shift
    const late = (source[k - size] as number) + (source[k - 2 * size] as number)
    const early = (source[k - 3 * size] as number) + (source[k - 4 * size] as number)
    out[i] = (0 + (source[k] as number) + (late + early)) / divisor
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

/** The same over whole numbers whose sums are exact: some additions a bar, same bits. */
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
  let i = from + 1
  // Four bars at a time: what they add waits for no sum, and one sum waits for what the four add.
  for (; i + 3 < to; i += 4) {
    const one = (x[i] as number) - (x[i - period] as number)
    const two = (x[i + 1] as number) - (x[i + 1 - period] as number)
    const three = (x[i + 2] as number) - (x[i + 2 - period] as number)
    const four = (x[i + 3] as number) - (x[i + 3 - period] as number)
    const half = sum + (one + two)
    out[i] = (sum + one) / divisor
    out[i + 1] = half / divisor
    out[i + 2] = (half + three) / divisor
    sum = half + (three + four)
    out[i + 3] = sum / divisor
  }
  for (; i < to; i++) {
    sum += (x[i] as number) - (x[i - period] as number)
    out[i] = sum / divisor
  }
}
