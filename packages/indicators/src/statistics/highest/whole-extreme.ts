import { type ExtremeSign, type ExtremeWindow, rollingExtreme } from './rolling-extreme.js'
import { LONGEST_SHORT, SHORTEST_SHORT, shortExtreme } from './short-extreme.js'

/** Magnitudes up to which the difference of two values fits 32 bits. */
export const WHOLE_LIMIT: number = 2 ** 30 - 1

const LOWEST = -(2 ** 30)
const FEW_BARS = 4
let suffixes = new Int32Array(512)

/**
 * `rollingExtreme` over whole numbers without a gap, up to `WHOLE_LIMIT`: the same values, sooner.
 *
 * Which of two prices is higher cannot be foretold, so a branch on it is mispredicted again and again,
 * and that costs more than all the rest. Of whole numbers the higher can be had from their bits.
 */
export function wholeExtreme(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  window: ExtremeWindow,
  sign: ExtremeSign,
): void {
  const { period } = window
  const full = Math.max(from, period - 1)
  if (to - full <= FEW_BARS) rollingExtreme(out, from, to, x, window, sign)
  else {
    if (from < full) rollingExtreme(out, from, full, x, window, sign)
    if (period >= SHORTEST_SHORT && period <= LONGEST_SHORT) {
      shortExtreme(out, full, to, x, period, sign)
      return
    }
    if (suffixes.length < period) suffixes = new Int32Array(2 * period)
    for (let block = full - period + 1; block + period <= to; block += period) {
      windowsFrom(out, block, to, x, period, sign)
    }
  }
}

/**
 * The extremes of the windows that begin in the `period` bars from `block` on: each is what its bars in
 * the block have, kept for every start, and what follows the block, which grows by a bar at a time.
 */
function windowsFrom(
  out: Float64Array,
  block: number,
  to: number,
  x: Float64Array,
  period: number,
  sign: ExtremeSign,
): void {
  // With all bits turned over, plus one, a number is its own opposite.
  const turn = sign === 1 ? 0 : -1
  const kept = suffixes
  let best = LOWEST
  for (let k = period - 1; k >= 0; k--) {
    best = higher(best, (((x[block + k] as number) | 0) ^ turn) - turn)
    kept[k] = best
  }
  const next = block + period
  out[next - 1] = (best ^ turn) - turn
  const end = Math.min(to, next + period - 1)
  best = LOWEST
  for (let i = next; i < end; i++) {
    best = higher(best, (((x[i] as number) | 0) ^ turn) - turn)
    out[i] = (higher(kept[i - next + 1] as number, best) ^ turn) - turn
  }
}

/** Shifted by 31, a difference below 0 is all ones in bits, and any other is all zeros. */
function higher(a: number, b: number): number {
  const difference = (a - b) | 0
  return (a - (difference & (difference >> 31))) | 0
}
