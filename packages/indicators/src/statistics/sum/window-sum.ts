// Sums over a moving window, without sliding: each is added up afresh, in an order that depends on
// the period alone. A sliding sum would drift, keep a missing value forever, and give bits that
// depend on where it began.
//
// The order is that of pairwise doubling: pairs[i] = x[i] + x[i-1], fours[i] = pairs[i] + pairs[i-2],
// and so on; a period of 20 is the four that ends at the bar and the sixteen before it. All windows
// share the passes, log2(period) of them, and no addition waits for the one before.

const FEW_BARS = 4
let doubling = new Float64Array(4096)
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
  if (to - from <= FEW_BARS) fold(out, from, to, x, origin, period, divisor)
  else double(out, from, to, x, origin, period, divisor)
}

function fold(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  origin: number,
  period: number,
  divisor: number,
): void {
  if (folding.length < period) folding = new Float64Array(2 * period)
  const parts = folding
  for (let i = from; i < to; i++) {
    let end = i - origin
    let sum = 0
    for (let size = 1; size <= period; size *= 2) {
      if ((period & size) === 0) continue
      for (let j = 0; j < size; j++) parts[j] = x[end - j] as number
      for (let half = size >> 1; half > 0; half >>= 1) {
        for (let j = 0; j < half; j++) {
          parts[j] = (parts[2 * j] as number) + (parts[2 * j + 1] as number)
        }
      }
      sum += parts[0] as number
      end -= size
    }
    out[i] = sum / divisor
  }
}

function double(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  origin: number,
  period: number,
  divisor: number,
): void {
  const count = to - from
  const length = count + period - 1
  const start = from - origin - period + 1
  if (doubling.length < length) doubling = new Float64Array(2 * length)
  const sums = doubling
  for (let j = 0; j < length; j++) sums[j] = x[start + j] as number
  let taken = 0
  for (let size = 1; ; size *= 2) {
    if ((period & size) !== 0) {
      const last = taken + size === period
      const shift = period - 1 - taken - from
      take(out, from, to, sums, shift, taken === 0, last ? divisor : 1)
      taken += size
      if (last) return
    }
    for (let j = length - 1; j >= 2 * size - 1; j--) {
      sums[j] = (sums[j] as number) + (sums[j - size] as number)
    }
  }
}

function take(
  out: Float64Array,
  from: number,
  to: number,
  sums: Float64Array,
  shift: number,
  first: boolean,
  divisor: number,
): void {
  if (first) {
    for (let i = from; i < to; i++) out[i] = (0 + (sums[i + shift] as number)) / divisor
  } else if (divisor === 1) {
    for (let i = from; i < to; i++) out[i] = (out[i] as number) + (sums[i + shift] as number)
  } else {
    for (let i = from; i < to; i++) {
      out[i] = ((out[i] as number) + (sums[i + shift] as number)) / divisor
    }
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
