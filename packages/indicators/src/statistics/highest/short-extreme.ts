import type { ExtremeSign } from './rolling-extreme.js'

// The higher of two whole numbers is half of their sum and their distance: no branch to mispredict, and
// no number waits for the one of the bar before. The halving is left to the end, where one product
// makes up for all of it: every extreme of extremes is twice as large again.
//
// Three extremes of eight bars cover a window of eight to twenty-four; where they overlap they tell the
// same.

/** Periods that `shortExtreme` takes. */
export const SHORTEST_SHORT = 8
export const LONGEST_SHORT = 24

const PART = 4096

type ShortExtreme = (
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  period: number,
  sign: ExtremeSign,
) => void

/**
 * The extremes of the windows that end in `[from, to)`, over whole numbers without a gap; `from` is at
 * least `period - 1`.
 */
export const shortExtreme: ShortExtreme = inParts()

// Arrays that a closure holds and never replaces are reached twice as fast as others, so a column longer
// than they are is done in parts.
function inParts(): ShortExtreme {
  const fours = new Float64Array(PART + 4)
  const eights = new Float64Array(PART)

  const fill = (x: Float64Array, start: number, count: number, sign: ExtremeSign): void => {
    let before = 0
    let two = 0
    let earlier = 0
    // The first seven are not of eight values, and no window reads them.
    for (let k = 0; k < count; k++) {
      const value = sign * (x[start + k] as number)
      const latest = twiceHigher(value, before)
      const four = twiceHigher(latest, earlier)
      fours[k + 4] = four
      eights[k] = twiceHigher(four, fours[k] as number)
      earlier = two
      two = latest
      before = value
    }
  }

  const cover = (
    out: Float64Array,
    from: number,
    to: number,
    start: number,
    period: number,
    scale: number,
  ): void => {
    const oldest = period - 8
    const middle = Math.min(8, oldest)
    for (let i = from; i < to; i++) {
      const k = i - start
      const late = twiceHigher(eights[k] as number, eights[k - middle] as number)
      // Adding 0 turns -0 into 0, so that the extreme of both has one form.
      out[i] = twiceHigher(late, 2 * (eights[k - oldest] as number)) * scale + 0
    }
  }

  return (out, from, to, x, period, sign) => {
    for (let begin = from; begin < to; begin += PART - LONGEST_SHORT) {
      const end = Math.min(to, begin + PART - LONGEST_SHORT)
      const start = begin - period + 1
      fill(x, start, end - start, sign)
      cover(out, begin, end, start, period, sign / 32)
    }
  }
}

function twiceHigher(a: number, b: number): number {
  return a + b + Math.abs(a - b)
}
