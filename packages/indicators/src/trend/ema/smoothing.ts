import { type Column, kernelColumn } from '@ralph-stock/core'
import { windowSums } from '../../statistics/sum/window-sum.js'

/**
 * `out[i] = out[i-1] + weight * (x[i] - out[i-1])`, begun with the mean of the first `period` values.
 *
 * All state is the value before, so a stream goes on from the last bar. A missing value is missing, and
 * ends the state: the smoothing begins anew with the mean of the next `period` values in a row.
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
  let average = from > 0 ? (out[from - 1] as number) : Number.NaN
  let i = from
  while (i < to) {
    if (Number.isNaN(average)) {
      const seedAt = seedBar(x, i, to, period)
      out.fill(Number.NaN, i, seedAt)
      if (seedAt === to) return
      windowSums(out, seedAt, seedAt + 1, x, 0, period, period)
      average = out[seedAt] as number
      i = seedAt + 1
    }
    while (i < to) {
      average += weight * ((x[i] as number) - average)
      out[i++] = average
      if (Number.isNaN(average)) break
    }
  }
}

/** First bar of `[from, to)` that ends `period` known values in a row; `to` when there is none. */
function seedBar(x: Float64Array, from: number, to: number, period: number): number {
  let known = 0
  for (let i = from - 1; i >= 0 && known < period - 1 && !Number.isNaN(x[i]); i--) known++
  for (let i = from; i < to; i++) {
    known = Number.isNaN(x[i]) ? 0 : known + 1
    if (known >= period) return i
  }
  return to
}
