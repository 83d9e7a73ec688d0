import { type Column, kernelColumn } from '@ralph-stock/core'
import { overEach, requireNumber, requirePeriod, type Series } from '../../indicator.js'
import { sma } from '../../trend/sma/sma.js'
import { stdev } from '../stdev/stdev.js'

/** The outputs of `bollinger`: columns or arrays. */
export type Bollinger<T> = {
  readonly upper: T
  readonly middle: T
  readonly lower: T
  /** `(upper - lower) / middle`. */
  readonly bandwidth: T
  /** `(x - lower) / (upper - lower)`: 0 on the lower band, 1 on the upper. */
  readonly position: T
}

/**
 * Bollinger bands: the mean of `period` values and the lines `width` population standard deviations
 * above and below it, with the bandwidth and the place of the value between the lines.
 *
 * Shape: `values[n]` -> five `Float64Array[n]`, aligned to the bar; or five columns.
 * Warm-up: `period - 1`. Units: bands in those of the input, bandwidth and position as fractions. A
 * missing value in the window gives missing; so do a zero mean (bandwidth) and a flat window (position).
 * Complexity: that of `stdev`.
 *
 * @param input a column, or values oldest first
 * @param period bars, integer >= 1 (default 20)
 * @param width standard deviations, > 0 (default 2)
 * @throws RalphError E_PARAM_RANGE
 * @source J. Bollinger, Bollinger on Bollinger Bands (2001): bands, %b and BandWidth
 * @example const { bandwidth, position } = bollinger(bars.close, 20, 2)
 */
export function bollinger(input: Column, period?: number, width?: number): Bollinger<Column>
export function bollinger(
  values: Float64Array,
  period?: number,
  width?: number,
): Bollinger<Float64Array>
export function bollinger(
  input: Series,
  period = 20,
  width = 2,
): Bollinger<Column> | Bollinger<Float64Array> {
  requirePeriod(period)
  requireNumber('width', width, Number.MIN_VALUE)
  return overEach([input], (x) => {
    const middle = sma(x, period)
    const deviation = stdev(x, period)
    return {
      upper: line('bollinger.upper', middle, deviation, width),
      middle,
      lower: line('bollinger.lower', middle, deviation, -width),
      bandwidth: kernelColumn({
        name: 'bollinger.bandwidth',
        parameters: [width],
        inputs: [middle, deviation],
        reach: 1,
        kernel: (out, from, to, [means, deviations]) => {
          const mean = means as Float64Array
          const sd = deviations as Float64Array
          const factor = 2 * width
          for (let i = from; i < to; i++) {
            const divisor = mean[i] as number
            out[i] = (factor * (sd[i] as number)) / divisor
            // Afterwards: choosing between the two costs more than a division that is thrown away.
            if (divisor === 0) out[i] = Number.NaN
          }
        },
      }),
      // The distance from the middle in band widths: no digits are lost where the bands are narrow.
      position: kernelColumn({
        name: 'bollinger.position',
        parameters: [width],
        inputs: [x, middle, deviation],
        reach: 1,
        kernel: (out, from, to, [values, means, deviations]) => {
          const value = values as Float64Array
          const mean = means as Float64Array
          const sd = deviations as Float64Array
          const factor = 2 * width
          for (let i = from; i < to; i++) {
            const span = factor * (sd[i] as number)
            const distance = (value[i] as number) - (mean[i] as number)
            out[i] = 0.5 + distance / span
            if (span === 0) out[i] = Number.NaN
          }
        },
      }),
    }
  })
}

function line(name: string, middle: Column, deviation: Column, width: number): Column {
  return kernelColumn({
    name,
    parameters: [width],
    inputs: [middle, deviation],
    reach: 1,
    kernel: (out, from, to, [means, deviations]) => {
      const mean = means as Float64Array
      const sd = deviations as Float64Array
      for (let i = from; i < to; i++) out[i] = (mean[i] as number) + width * (sd[i] as number)
    },
  })
}
