import { type Column, kernelColumn } from '@ralph-stock/core'
import { afterMissing, recur, toward } from '../../recursion.js'
import { windowSums } from '../../statistics/sum/window-sum.js'

/**
 * `out[i] = out[i-1] + weight * (x[i] - out[i-1])`, begun with the mean of the first `period` values.
 *
 * Computed two bars at a step: the same recursion written out twice makes each average from the one two
 * bars before and the two values since, so that even and odd bars do not wait for each other. Values
 * that do not change are met exactly.
 *
 * All state is the two values before, so a stream goes on from the last bars. A missing value is
 * missing, and ends the state: the smoothing begins anew with the mean of the next `period` values in a
 * row.
 */
export function smoothingColumn(name: string, x: Column, period: number, weight: number): Column {
  return kernelColumn({
    name,
    parameters: [period],
    inputs: [x],
    reach: Number.POSITIVE_INFINITY,
    warmUp: period - 1,
    kernel: (out, from, to, [values]) => {
      const x = values as Float64Array
      recur([out], from, to, {
        inputs: [x],
        bars: period,
        begin: (bar) => windowSums(out, bar, bar + 1, x, 0, period, period),
        goOn: (begin, end) => smooth(out, begin, end, x, weight),
      })
    },
  })
}

/** Goes on from one average, or from two, to the first missing one; returns the bar after it, or `to`. */
function smooth(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  weight: number,
): number {
  if (from > 1 && !Number.isNaN(out[from - 2])) return smoothOn(out, from, to, x, weight)
  out[from] = toward(out[from - 1] as number, x[from] as number, weight)
  return from + 1
}

/** The same from two averages. */
function smoothOn(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  weight: number,
): number {
  // Of what two steps move the average, the share of the later value and that of the earlier one.
  const both = weight * (2 - weight)
  const share = (1 - weight) / (2 - weight)
  let even = out[from - 2] as number
  let odd = out[from - 1] as number
  let latest = x[from - 1] as number
  let i = from
  // Four bars at a time: what reaching an array takes is spent once for all.
  for (; i < to - 3; i += 4) {
    const one = x[i] as number
    const two = x[i + 1] as number
    const three = x[i + 2] as number
    even += both * (one + share * (latest - one) - even)
    odd += both * (two + share * (one - two) - odd)
    out[i] = even
    out[i + 1] = odd
    latest = x[i + 3] as number
    even += both * (three + share * (two - three) - even)
    odd += both * (latest + share * (three - latest) - odd)
    out[i + 2] = even
    out[i + 3] = odd
    if (!Number.isNaN(odd)) continue
    return afterMissing(out, i)
  }
  for (; i < to; i++) {
    const last = x[i] as number
    const before = out[i - 2] as number
    out[i] = before + both * (last + share * ((x[i - 1] as number) - last) - before)
    if (Number.isNaN(out[i])) return i + 1
  }
  return to
}
