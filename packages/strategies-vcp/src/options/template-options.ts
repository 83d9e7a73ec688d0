import type { OptionsInput } from '@ralph-stock/core'
import { RELATIVE_STRENGTH_PARTS, type WeightedPart } from '@ralph-stock/indicators'
import { z } from 'zod'
import { bars, within } from './scalars.js'

/** Every threshold and period of the eight conditions of the trend template. */
export type TemplateOptions = {
  readonly shortPeriod: number
  readonly middlePeriod: number
  readonly longPeriod: number
  readonly risingBars: number
  readonly yearPeriod: number
  readonly aboveLowRatio: number
  readonly nearHighShare: number
  readonly relativeStrength: number
  readonly relativeStrengthParts: readonly WeightedPart[]
}

/** Every option of the trend template as a strategy. */
export type TrendTemplateOptions = {
  readonly template: TemplateOptions
  readonly grades: { readonly S: number; readonly A: number; readonly B: number }
  readonly screen: { readonly minimumGrade: 'S' | 'A' | 'B' | 'C' }
}

/** What a caller of `trendTemplate` writes; all of it may be left out. */
export type TrendTemplateInput = OptionsInput<TrendTemplateOptions>

/** The conditions' options alone: the VCP strategy counts them beside its score. */
export const template: z.ZodType<TemplateOptions, OptionsInput<TemplateOptions> | undefined> = z
  .strictObject({
    shortPeriod: bars(50).describe('Bars of the short average'),
    middlePeriod: bars(150).describe('Bars of the middle average'),
    longPeriod: bars(200).describe('Bars of the long average'),
    risingBars: bars(21).describe('Bars ago that the long average must have been lower'),
    yearPeriod: bars(252).describe('Bars of the low and the high of a year, the day included'),
    aboveLowRatio: within(1, 10, 1.3).describe('Multiple of the low that the close must reach'),
    nearHighShare: within(0, 1, 0.75).describe('Share of the high that the close must reach'),
    relativeStrength: within(0, 100, 70).describe(
      'Share of eligible stocks with a weaker year, %, at least',
    ),
    relativeStrengthParts: z
      .array(
        z
          .strictObject({ bars: z.int().min(1).max(1000), weight: z.number().min(0).max(10) })
          .readonly(),
      )
      .min(1)
      .readonly()
      .prefault([...RELATIVE_STRENGTH_PARTS])
      .describe('Spans and weights of the changes that stocks are compared by'),
  })
  .refine((o) => o.shortPeriod < o.middlePeriod && o.middlePeriod < o.longPeriod, {
    message: 'shortPeriod, middlePeriod and longPeriod must rise strictly',
  })
  .readonly()
  .prefault({})

const points = (value: number): z.ZodDefault<z.ZodNumber> => within(0, 8, value)
const grades = z
  .strictObject({
    S: points(8).describe('Least score for grade S'),
    A: points(7).describe('Least score for grade A'),
    B: points(6).describe('Least score for grade B; C below it'),
  })
  .refine((o) => o.S > o.A && o.A > o.B, { message: 'S, A and B must fall strictly' })
  .readonly()
  .prefault({})

const screen = z
  .strictObject({
    minimumGrade: z.enum(['S', 'A', 'B', 'C']).default('B').describe('Lowest grade shown'),
  })
  .readonly()
  .prefault({})

/** The validator of `TrendTemplateOptions`, with minimum, maximum, default and words for each. */
export const trendTemplateOptions: z.ZodType<TrendTemplateOptions, TrendTemplateInput> = z
  .strictObject({ template, grades, screen })
  .readonly()
