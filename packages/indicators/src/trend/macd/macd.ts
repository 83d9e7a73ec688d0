import { type Column, difference, type Kernel, kernelColumns } from '@ralph-stock/core'
import { overEach, requirePeriod, type Series } from '../../indicator.js'
import { afterMissing, meanOf, recur, toward } from '../../recursion.js'
import { ema } from '../ema/ema.js'

/** The outputs of `macd`: columns or arrays. */
export type Macd<T> = {
  /** Fast average minus slow average. */
  readonly line: T
  /** Exponential moving average of the line. */
  readonly signal: T
  /** Line minus signal. */
  readonly histogram: T
}

/**
 * Moving average convergence/divergence: the distance of two exponential moving averages, its own
 * average, and the distance of those two. Every average begins with the mean of its first values.
 *
 * Shape: `values[n]` -> three `Float64Array[n]`, aligned to the bar; or columns that depend on all
 * history. Warm-up: `slow - 1` for the line, `slow + signal - 2` for the others. Units: those of the
 * input. A missing value is missing, and each average begins anew after it. Complexity: O(n).
 *
 * @param input a column, or values oldest first
 * @param fast bars, integer >= 1 (default 12)
 * @param slow bars, integer > `fast` (default 26)
 * @param signal bars, integer >= 1 (default 9)
 * @throws RalphError E_PARAM_RANGE
 * @source G. Appel, The Moving Average Convergence-Divergence Trading Method (1979)
 * @example const { line, signal } = macd(bars.close)
 */
export function macd(input: Column, fast?: number, slow?: number, signal?: number): Macd<Column>
export function macd(
  values: Float64Array,
  fast?: number,
  slow?: number,
  signal?: number,
): Macd<Float64Array>
export function macd(
  input: Series,
  fast = 12,
  slow = 26,
  signal = 9,
): Macd<Column> | Macd<Float64Array> {
  requirePeriod(fast, 1, 'fast')
  requirePeriod(slow, fast + 1, 'slow')
  requirePeriod(signal, 1, 'signal')
  return overEach([input], (x) => {
    const { line } = averages(x, fast, slow)
    const average = ema(line, signal)
    return { line, signal: average, histogram: difference(line, average) }
  })
}

/** The distance of two exponential averages, in one pass over the values; both begin with `slow`. */
function averages(x: Column, fast: number, slow: number): Readonly<Record<'line', Column>> {
  const definition = {
    name: 'macd',
    parameters: [fast, slow],
    inputs: [x],
    reach: Number.POSITIVE_INFINITY,
    kernel: distance(fast, slow),
  }
  return kernelColumns(definition, { line: slow - 1, fast: slow - 1, slow: slow - 1 })
}

type Outputs = readonly [lines: Float64Array, fasts: Float64Array, slows: Float64Array]

function distance(fast: number, slow: number): Kernel {
  const [fastWeight, slowWeight] = [2 / (fast + 1), 2 / (slow + 1)]
  return (_, from, to, [values], outs) => {
    const x = values as Float64Array
    const [lines, fasts, slows] = outs as Outputs
    recur(outs, from, to, {
      inputs: [x],
      bars: slow,
      begin: (bar) => {
        const seeded = bar - slow + fast
        let average = meanOf(fast, seeded, (i) => x[i] as number)
        for (let i = seeded + 1; i <= bar; i++) {
          average = toward(average, x[i] as number, fastWeight)
        }
        fasts[bar] = average
        slows[bar] = meanOf(slow, bar, (i) => x[i] as number)
        lines[bar] = average - (slows[bar] as number)
      },
      goOn: (begin, end) => goOn(lines, fasts, slows, begin, end, x, fastWeight, slowWeight),
    })
  }
}

function goOn(
  lines: Float64Array,
  fasts: Float64Array,
  slows: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  fastWeight: number,
  slowWeight: number,
): number {
  let fast = fasts[from - 1] as number
  let slow = slows[from - 1] as number
  let i = from
  // Four bars at a time: what reaching an array takes is spent once for all.
  for (; i < to - 3; i += 4) {
    const one = x[i] as number
    const two = x[i + 1] as number
    const three = x[i + 2] as number
    const four = x[i + 3] as number
    const fast1 = toward(fast, one, fastWeight)
    const slow1 = toward(slow, one, slowWeight)
    const fast2 = toward(fast1, two, fastWeight)
    const slow2 = toward(slow1, two, slowWeight)
    const fast3 = toward(fast2, three, fastWeight)
    const slow3 = toward(slow2, three, slowWeight)
    fast = toward(fast3, four, fastWeight)
    slow = toward(slow3, four, slowWeight)
    fasts[i] = fast1
    fasts[i + 1] = fast2
    fasts[i + 2] = fast3
    fasts[i + 3] = fast
    slows[i] = slow1
    slows[i + 1] = slow2
    slows[i + 2] = slow3
    slows[i + 3] = slow
    lines[i] = fast1 - slow1
    lines[i + 1] = fast2 - slow2
    lines[i + 2] = fast3 - slow3
    lines[i + 3] = fast - slow
    if (!Number.isNaN(slow)) continue
    return afterMissing(slows, i)
  }
  for (; i < to; i++) {
    const value = x[i] as number
    fast = toward(fast, value, fastWeight)
    slow = toward(slow, value, slowWeight)
    fasts[i] = fast
    slows[i] = slow
    lines[i] = fast - slow
    if (Number.isNaN(slow)) return i + 1
  }
  return to
}
