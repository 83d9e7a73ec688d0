import { CAPITAL, type OptionsInput, POSITION_PERCENT } from '@ralph-stock/core'
import type { VcpThresholds, VcpOptions as VcpWindows } from '@ralph-stock/indicators'
import { z } from 'zod'
import { bars, krw, percent, within } from './scalars.js'
import { type TemplateOptions, template } from './template-options.js'
import { thresholds } from './thresholds.js'

type ByGrade = { readonly S: number; readonly A: number; readonly B: number; readonly C: number }

/** Every threshold, period and percentage of the VCP strategy. Amounts are KRW, shares fractions. */
export type VcpOptions = {
  /** Steps of the five criteria of the pattern. */
  readonly thresholds: VcpThresholds
  /** Bars that the five measures are taken over. */
  readonly windows: Required<VcpWindows>
  readonly smartMoney: {
    readonly bars: number
    readonly maximumSessions: number
    readonly fullShare: number
    readonly highShare: number
    readonly middleShare: number
    readonly lowShare: number
    readonly netAboveKrw: number
  }
  readonly grades: { readonly S: number; readonly A: number; readonly B: number }
  readonly screen: {
    readonly minimumScore: number
    readonly trendPeriod: number
    readonly averagePeriod: number
    readonly minimumTradedValueKrw: number
  }
  readonly plan: {
    readonly targetPercent: ByGrade
    readonly stopPercent: number
    readonly positionPercent: ByGrade
    readonly capitalKrw: number
    readonly fill: 'close' | 'next-open'
    readonly holdingBars: number
  }
  /** The drawing beside the score. */
  readonly footprint: {
    readonly bars: number
    readonly confirmBars: number
    readonly minimumDepth: number
  }
  /** The trend template that is counted beside the score. */
  readonly template: TemplateOptions
}

/** What a caller of `vcp` writes; all of it may be left out. */
export type VcpInput = OptionsInput<VcpOptions>

const windows = z
  .strictObject({
    bandPeriod: bars(20).describe('Bars of the bands'),
    bandWidth: within(0.1, 10, 2).describe('Standard deviations from the middle to a band'),
    bandwidthAverage: bars(20).describe('Bars before the day that the bandwidth is averaged over'),
    recentVolume: bars(5).describe('Latest bars of volume'),
    priorVolume: bars(15).describe('Bars of volume before those'),
    recentCloses: bars(5).describe('Latest closes'),
    priorCloses: bars(20).describe('Closes before those'),
    rsiPeriod: bars(14).describe('Changes of the relative strength index'),
  })
  .readonly()
  .prefault({})

const smartMoney = z
  .strictObject({
    bars: bars(5).describe('Latest bars whose flows count'),
    maximumSessions: bars(10).describe('Sessions that those bars may span, halts included'),
    fullShare: within(-1, 1, 0.05).describe(
      'Net buying over traded value, at least, for all points',
    ),
    highShare: within(-1, 1, 0.02).describe('Net buying over traded value, at least, for 80 %'),
    middleShare: within(-1, 1, 0).describe('Net buying over traded value, more than, for 60 %'),
    lowShare: within(-1, 1, -0.02).describe('Net buying over traded value, more than, for 30 %'),
    netAboveKrw: krw(0).describe('Net buying of a bar above this counts as buying, KRW'),
  })
  .refine((o) => o.maximumSessions >= o.bars, {
    message: 'maximumSessions must not be below bars',
  })
  .refine(
    (o) => o.fullShare > o.highShare && o.highShare > o.middleShare && o.middleShare > o.lowShare,
    { message: 'fullShare, highShare, middleShare and lowShare must fall strictly' },
  )
  .readonly()
  .prefault({})

const grades = z
  .strictObject({
    S: within(0, 100, 85).describe('Least score for grade S'),
    A: within(0, 100, 75).describe('Least score for grade A'),
    B: within(0, 100, 60).describe('Least score for grade B; C below it'),
  })
  .refine((o) => o.S > o.A && o.A > o.B, { message: 'S, A and B must fall strictly' })
  .readonly()
  .prefault({})

const screen = z
  .strictObject({
    minimumScore: within(0, 100, 60).describe('Least score that a scan shows'),
    trendPeriod: bars(50).describe(
      'Bars of the average that the close must exceed, the day included',
    ),
    averagePeriod: bars(20).describe('Bars before the day that the traded value is averaged over'),
    minimumTradedValueKrw: krw(1e9).describe('Mean traded value of those bars, at least, KRW'),
  })
  .readonly()
  .prefault({})

const target = (value: number): z.ZodDefault<z.ZodNumber> =>
  z.int().min(101).max(1000).default(value)
const plan = z
  .strictObject({
    targetPercent: z
      .strictObject({ S: target(120), A: target(115), B: target(110), C: target(105) })
      .readonly()
      .prefault({})
      .describe('Target by grade, % of the entry'),
    stopPercent: z.int().min(1).max(99).default(95).describe('Stop, % of the entry'),
    positionPercent: z
      .strictObject({
        S: percent(POSITION_PERCENT.S ?? 15),
        A: percent(POSITION_PERCENT.A ?? 12),
        B: percent(POSITION_PERCENT.B ?? 10),
        C: percent(POSITION_PERCENT.C ?? 5),
      })
      .readonly()
      .prefault({})
      .describe('Share of the capital for one position by grade, %'),
    capitalKrw: z.int().min(1).max(1e15).default(CAPITAL).describe('Capital, KRW'),
    fill: z
      .enum(['close', 'next-open'])
      .default('next-open')
      .describe('Where a backtest fills: at the close that was scored, or at the next open'),
    holdingBars: bars(20).describe('Traded bars after which a position is closed'),
  })
  .readonly()
  .prefault({})

const footprint = z
  .strictObject({
    bars: bars(126).describe('Bars, at most, that pullbacks are looked for in'),
    confirmBars: z
      .int()
      .min(1)
      .max(50)
      .default(3)
      .describe('Bars on each side that a swing must exceed'),
    minimumDepth: within(0.001, 0.9, 0.03).describe('Least fall from swing high to swing low'),
  })
  .readonly()
  .prefault({})

/** The validator of `VcpOptions`, with minimum, maximum, default and words for each. */
export const vcpOptions: z.ZodType<VcpOptions, VcpInput> = z
  .strictObject({ thresholds, windows, smartMoney, grades, screen, plan, footprint, template })
  .readonly()
