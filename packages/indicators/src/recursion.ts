/** How averages begin and go on. Bars are positions in the arrays. */
export type Recursion = {
  /** What the averages are made of. */
  readonly inputs: readonly Float64Array[]
  /** Bars in a row without a missing value that begin the averages. */
  readonly bars: number
  /** Writes the averages of the bars that end at `bar`. */
  readonly begin: (bar: number) => void
  /** Goes on from the bar before `from`; returns the bar after the first missing one, or `to`. */
  readonly goOn: (from: number, to: number) => number
}

/**
 * Runs averages whose only memory is what they wrote on the bars before, so that a stream goes on from
 * there. A missing value is missing, and the averages begin anew after it.
 *
 * @param outs written from `from` to `to`; the last is missing exactly where there is no average yet
 */
export function recur(
  outs: readonly Float64Array[],
  from: number,
  to: number,
  recursion: Recursion,
): void {
  const { inputs, bars, begin, goOn } = recursion
  const state = outs.at(-1) as Float64Array
  let i = from
  while (i < to) {
    if (i > 0 && !Number.isNaN(state[i - 1])) {
      i = goOn(i, to)
      continue
    }
    const bar = beginning(inputs, bars, i, to)
    for (const out of outs) out.fill(Number.NaN, i, bar)
    if (bar < to) begin(bar)
    i = bar + 1
  }
}

/** First bar of `[from, to)` that ends `bars` without a missing value; `to` when there is none. */
function beginning(
  inputs: readonly Float64Array[],
  bars: number,
  from: number,
  to: number,
): number {
  let known = 0
  for (let i = from - 1; i >= 0 && known < bars - 1 && isKnown(inputs, i); i--) known++
  for (let i = from; i < to; i++) {
    known = isKnown(inputs, i) ? known + 1 : 0
    if (known >= bars) return i
  }
  return to
}

function isKnown(inputs: readonly Float64Array[], bar: number): boolean {
  for (let k = 0; k < inputs.length; k++) {
    if (Number.isNaN((inputs[k] as Float64Array)[bar])) return false
  }
  return true
}

/** Mean of the `period` values that end at `bar`. */
export function meanOf(period: number, bar: number, value: (bar: number) => number): number {
  let sum = 0
  for (let i = bar - period + 1; i <= bar; i++) sum += value(i)
  return sum / period
}

/** An average after one value more of the given weight; values that do not change are met exactly. */
export function toward(average: number, value: number, weight: number): number {
  return average + weight * (value - average)
}

/** The bar after the first missing one from `bar` on; there must be one. */
export function afterMissing(values: Float64Array, bar: number): number {
  let i = bar
  while (!Number.isNaN(values[i])) i++
  return i + 1
}
