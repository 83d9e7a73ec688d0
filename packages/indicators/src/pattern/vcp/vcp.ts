import { bars, type Column, kernelColumn, ratio } from '@ralph-stock/core'
import { requireNumber, requirePeriod } from '../../indicator.js'
import { cutlerRsi } from '../../momentum/cutler-rsi/cutler-rsi.js'
import { sma } from '../../trend/sma/sma.js'
import { bollinger } from '../../volatility/bollinger/bollinger.js'
import { coefficientOfVariation } from '../../volatility/coefficient-of-variation/coefficient-of-variation.js'
import {
  DEFAULT_VCP_THRESHOLDS,
  type VcpMeasureName,
  type VcpThresholds,
  vcpPoints,
} from './vcp-points.js'

/** Windows of the volatility contraction measures, in bars. */
export type VcpOptions = {
  /** Bars of the bands; 20 unless said. */
  readonly bandPeriod?: number
  /** Standard deviations of the bands; 2 unless said. */
  readonly bandWidth?: number
  /** Bars before the latest over which the bandwidth is averaged; 20 unless said. */
  readonly bandwidthAverage?: number
  /** Latest bars of volume; 5 unless said. */
  readonly recentVolume?: number
  /** Bars of volume before those; 15 unless said. */
  readonly priorVolume?: number
  /** Latest closes; 5 unless said. */
  readonly recentCloses?: number
  /** Closes before those; 20 unless said. */
  readonly priorCloses?: number
  /** Changes of the relative strength index; 14 unless said. */
  readonly rsiPeriod?: number
}

/** The five measures as columns. */
export type VcpMeasures = { readonly [Name in VcpMeasureName]: Column }

/**
 * The five measures of the volatility contraction pattern over `bars.close` and `bars.volume`.
 *
 * - `bandContraction`: bandwidth over its mean of the 20 bars before; 40 bars
 * - `volumeDryUp`: mean volume of 5 bars over that of the 15 before; 20 bars
 * - `volatilityDecrease`: coefficient of variation of 5 closes over that of the 20 before; 25 bars
 * - `rsi`: Cutler's relative strength index of 14 changes; 15 bars
 * - `bandPosition`: place of the close between the bands; 20 bars
 *
 * Missing in a window, a flat window where a ratio needs its width, or a zero base gives missing.
 *
 * @throws RalphError E_PARAM_RANGE
 * @source M. Minervini, Trade Like a Stock Market Wizard (2013), ch. 10: volatility contraction
 * @example const { bandContraction } = vcpMeasures()
 */
export function vcpMeasures(options: VcpOptions = {}): VcpMeasures {
  const { bandPeriod = 20, bandWidth = 2, bandwidthAverage = 20, rsiPeriod = 14 } = options
  const { recentVolume = 5, priorVolume = 15, recentCloses = 5, priorCloses = 20 } = options
  const periods = { bandPeriod, bandwidthAverage, rsiPeriod }
  const windows = { recentVolume, priorVolume, recentCloses, priorCloses }
  for (const [name, period] of Object.entries({ ...periods, ...windows })) {
    requirePeriod(period, 1, name)
  }
  requireNumber('bandWidth', bandWidth, Number.MIN_VALUE)
  const { close, volume } = bars
  // The bandwidth is the coefficient of variation times a factor that its ratio to its own mean does
  // not know. Without the factor the column is the one that the decrease of volatility reads too; with
  // two deviations, or any power of two, the bits are those of the bandwidths.
  const variation = coefficientOfVariation(close, bandPeriod)
  return Object.freeze({
    bandContraction: ratio(variation, sma(variation, bandwidthAverage).shift(1)),
    volumeDryUp: ratio(sma(volume, recentVolume), sma(volume, priorVolume).shift(recentVolume)),
    volatilityDecrease: ratio(
      coefficientOfVariation(close, recentCloses),
      coefficientOfVariation(close, priorCloses).shift(recentCloses),
    ),
    rsi: cutlerRsi(close, rsiPeriod),
    bandPosition: bollinger(close, bandPeriod, bandWidth).position,
  })
}

/**
 * The volatility contraction score as a column: the sum of the points of the five measures, 0..100 with
 * the default thresholds; missing when any measure is.
 *
 * @throws RalphError E_PARAM_RANGE
 * @source M. Minervini, Trade Like a Stock Market Wizard (2013), ch. 10: volatility contraction
 * @example const base = vcpScore().shift(1) // before the day's move
 */
export function vcpScore(
  thresholds: VcpThresholds = DEFAULT_VCP_THRESHOLDS,
  options: VcpOptions = {},
): Column {
  const measures = vcpMeasures(options)
  const { bandContraction, volumeDryUp, volatilityDecrease, rsi, bandPosition } = measures
  const points = vcpPoints(thresholds)
  // Named here, so that no bar looks them up.
  const { bandContraction: widthPoints, volumeDryUp: volumePoints } = points
  const { volatilityDecrease: decreasePoints, rsi: rsiPoints, bandPosition: placePoints } = points
  return kernelColumn({
    name: 'vcpScore',
    parameters: thresholds === DEFAULT_VCP_THRESHOLDS ? [] : [JSON.stringify(thresholds)],
    inputs: [bandContraction, volumeDryUp, volatilityDecrease, rsi, bandPosition],
    reach: 1,
    kernel: (out, from, to, inputs) => {
      const [a, b, c, d, e] = inputs as readonly [
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
      ]
      for (let i = from; i < to; i++) {
        const contraction = a[i] as number
        const dryUp = b[i] as number
        const decrease = c[i] as number
        const strength = d[i] as number
        const place = e[i] as number
        // Missing less itself is missing, any other number less itself is 0.
        const known = contraction + dryUp + decrease + strength + place
        out[i] =
          widthPoints(contraction) +
          volumePoints(dryUp) +
          decreasePoints(decrease) +
          rsiPoints(strength) +
          placePoints(place) +
          (known - known)
      }
    },
  })
}
