import type { OptionsInput } from '@ralph-stock/core'
import {
  type BandStep,
  type BelowStep,
  DEFAULT_VCP_THRESHOLDS,
  type VcpThresholds,
} from '@ralph-stock/indicators'
import { z } from 'zod'

const defaults = DEFAULT_VCP_THRESHOLDS

/** Full points of the five criteria: the first step of each must give them. */
export const VCP_POINTS: { readonly [Name in keyof VcpThresholds]: number } = {
  bandContraction: 30,
  volumeDryUp: 20,
  volatilityDecrease: 20,
  rsi: 15,
  bandPosition: 15,
}

// As many as the compiled points can count.
const MOST_STEPS = 4

const belowSteps = (full: number) =>
  z
    .array(z.strictObject({ below: z.number().positive(), points: pointsUpTo(full) }).readonly())
    .min(1)
    .max(MOST_STEPS)
    .refine((steps) => startsAt(full, steps), `the first step must give ${full} points`)
    .refine((steps) => falls(steps), 'points must fall strictly')
    .refine(bordersRise, 'bounds must rise strictly')
    .readonly()

const bandSteps = (full: number) =>
  z
    .array(
      z
        .strictObject({ from: z.number(), to: z.number(), points: pointsUpTo(full) })
        .refine(({ from, to }) => from < to, 'from must be below to')
        .readonly(),
    )
    .min(1)
    .max(MOST_STEPS)
    .refine((steps) => startsAt(full, steps), `the first step must give ${full} points`)
    .refine((steps) => falls(steps), 'points must fall strictly')
    .refine(bandsWiden, 'each band must hold the one before it')
    .readonly()

/** The steps of the five criteria; the first that holds counts. */
export const thresholds: z.ZodType<VcpThresholds, OptionsInput<VcpThresholds> | undefined> = z
  .strictObject({
    bandContraction: belowSteps(VCP_POINTS.bandContraction)
      .prefault([...defaults.bandContraction])
      .describe('Bandwidth over its mean of the bars before'),
    volumeDryUp: belowSteps(VCP_POINTS.volumeDryUp)
      .prefault([...defaults.volumeDryUp])
      .describe('Mean volume of the latest bars over that of the bars before'),
    volatilityDecrease: belowSteps(VCP_POINTS.volatilityDecrease)
      .prefault([...defaults.volatilityDecrease])
      .describe('Coefficient of variation of the latest closes over that of the closes before'),
    rsi: bandSteps(VCP_POINTS.rsi)
      .prefault([...defaults.rsi])
      .describe('Relative strength index, 0 to 100; the inner band first'),
    bandPosition: bandSteps(VCP_POINTS.bandPosition)
      .prefault([...defaults.bandPosition])
      .describe('Place of the close in the bands, 0 to 1; the inner band first'),
  })
  .readonly()
  .prefault({})

function pointsUpTo(full: number): z.ZodNumber {
  return z.int().min(1).max(full)
}

type Steps = ReadonlyArray<{ readonly points: number }>

function startsAt(full: number, steps: Steps): boolean {
  return steps[0]?.points === full
}

function falls(steps: Steps): boolean {
  return pairs(steps).every(([before, after]) => after.points < before.points)
}

function bordersRise(steps: readonly BelowStep[]): boolean {
  return pairs(steps).every(([before, after]) => after.below > before.below)
}

function bandsWiden(steps: readonly BandStep[]): boolean {
  return pairs(steps).every(([before, after]) => after.from <= before.from && after.to >= before.to)
}

function pairs<T>(values: readonly T[]): ReadonlyArray<readonly [T, T]> {
  return values.slice(1).map((value, k) => [values[k] as T, value] as const)
}
