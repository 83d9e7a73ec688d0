import { stepsBelow, stepsWithin } from '@ralph-stock/core'

/** Points for a value below a bound. */
export type BelowStep = { readonly below: number; readonly points: number }

/** Points for a value within a band; both ends belong to it. */
export type BandStep = { readonly from: number; readonly to: number; readonly points: number }

/** Every threshold and point of the volatility contraction score; the first step that holds counts. */
export type VcpThresholds = {
  /** Bandwidth over its own mean of the bars before. */
  readonly bandContraction: readonly BelowStep[]
  /** Mean volume of the latest bars over that of the bars before them. */
  readonly volumeDryUp: readonly BelowStep[]
  /** Coefficient of variation of the latest closes over that of the closes before them. */
  readonly volatilityDecrease: readonly BelowStep[]
  /** Cutler's relative strength index, 0..100; the inner band stands first and owns the edge. */
  readonly rsi: readonly BandStep[]
  /** Place of the close between the bands; the inner band stands first. */
  readonly bandPosition: readonly BandStep[]
}

/** The five measures of the volatility contraction pattern, by name. */
export type VcpMeasureName = keyof VcpThresholds

/** The points of the rule set of record: 30 + 20 + 20 + 15 + 15 = 100. */
export const DEFAULT_VCP_THRESHOLDS: VcpThresholds = Object.freeze({
  bandContraction: [
    { below: 0.5, points: 30 },
    { below: 0.7, points: 20 },
    { below: 0.9, points: 10 },
  ],
  volumeDryUp: [
    { below: 0.5, points: 20 },
    { below: 0.7, points: 15 },
    { below: 0.9, points: 10 },
    { below: 1.1, points: 5 },
  ],
  volatilityDecrease: [
    { below: 0.5, points: 20 },
    { below: 0.8, points: 15 },
    { below: 1, points: 10 },
  ],
  rsi: [
    { from: 40, to: 60, points: 15 },
    { from: 30, to: 70, points: 10 },
    { from: 20, to: 80, points: 5 },
  ],
  bandPosition: [
    { from: 0.4, to: 0.6, points: 15 },
    { from: 0.3, to: 0.7, points: 10 },
    { from: 0.2, to: 0.8, points: 5 },
  ],
})

/** Points of each measure, by its name. */
export type VcpPoints = { readonly [Name in VcpMeasureName]: (value: number) => number }

/**
 * Points of each measure: pure functions of one number, which must be known. A value within one part in
 * 10^9 of a threshold is on it.
 *
 * @throws RalphError E_PARAM_RANGE when bounds are out of order
 * @example vcpPoints().bandContraction(0.62) // 20
 */
export function vcpPoints(thresholds: VcpThresholds = DEFAULT_VCP_THRESHOLDS): VcpPoints {
  const falling = (steps: readonly BelowStep[]): ((value: number) => number) =>
    stepsBelow(steps.map(({ below, points }) => ({ bound: below, points })))
  return Object.freeze({
    bandContraction: falling(thresholds.bandContraction),
    volumeDryUp: falling(thresholds.volumeDryUp),
    volatilityDecrease: falling(thresholds.volatilityDecrease),
    rsi: stepsWithin(thresholds.rsi),
    bandPosition: stepsWithin(thresholds.bandPosition),
  })
}
