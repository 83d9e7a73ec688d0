import { type Column, kernelColumn } from '@ralph-stock/core'
import { beginning } from '../../recursion.js'
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
      smooth(out, from, to, values as Float64Array, period, weight)
    },
  })
}

function smooth(
  out: Float64Array,
  from: number,
  to: number,
  x: Float64Array,
  period: number,
  weight: number,
): void {
  let i = from
  while (i < to) {
    if (i === 0 || Number.isNaN(out[i - 1])) {
      const bar = beginning([x], period, i, to)
      out.fill(Number.NaN, i, bar)
      if (bar < to) windowSums(out, bar, bar + 1, x, 0, period, period)
      i = bar + 1
    } else if (i === 1 || Number.isNaN(out[i - 2])) {
      const average = out[i - 1] as number
      out[i] = average + weight * ((x[i] as number) - average)
      i++
    } else i = smoothOn(out, i, to, x, weight)
  }
}

/** Goes on from two averages to the first missing one; returns the bar after it, or `to`. */
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
  let value = x[from - 1] as number
  let i = from
  for (; i < to - 1; i += 2) {
    const next = x[i] as number
    even += both * (next + share * (value - next) - even)
    value = x[i + 1] as number
    odd += both * (value + share * (next - value) - odd)
    out[i] = even
    out[i + 1] = odd
    if (Number.isNaN(odd)) return Number.isNaN(even) ? i + 1 : i + 2
  }
  if (i < to) {
    const last = x[i] as number
    out[i++] = even + both * (last + share * (value - last) - even)
  }
  return i
}
