import { type Column, kernelColumn } from '@ralph-stock/core'
import { skipWarmUp } from '../../indicator.js'

/** A statistic of the last `period` values, computed anew at each bar. For columns that are not hot. */
export function windowStatistic(
  name: string,
  parameters: readonly number[],
  x: Column,
  period: number,
  statistic: (values: number[]) => number,
): Column {
  return kernelColumn({
    name,
    parameters: [period, ...parameters],
    inputs: [x],
    reach: period,
    kernel: (out, from, to, [values]) => {
      for (let i = skipWarmUp(out, from, to, period - 1); i < to; i++) {
        const window = Array.from((values as Float64Array).subarray(i - period + 1, i + 1))
        out[i] = window.some(Number.isNaN) ? Number.NaN : statistic(window)
      }
    },
  })
}
