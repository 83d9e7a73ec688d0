import { CAPITAL, type OptionsInput, POSITION_PERCENT } from '@ralph-stock/core'
import { z } from 'zod'

/** Every threshold, period and percentage of the day trade. Amounts are KRW, shares fractions. */
export type DaytradeOptions = {
  readonly volumeSpike: {
    readonly averagePeriod: number
    readonly fullRatio: number
    readonly halfRatio: number
  }
  readonly momentumBreakout: { readonly highPeriod: number; readonly halfShare: number }
  readonly boxBreakout: {
    readonly boxPeriod: number
    readonly maximumHeight: number
    readonly halfLevel: number
  }
  readonly aboveMa5: { readonly averagePeriod: number; readonly halfShare: number }
  readonly institutionBuying: { readonly fullKrw: number; readonly halfKrw: number }
  readonly oversoldBounce: {
    readonly fullFall: number
    readonly fullRise: number
    readonly halfFall: number
    readonly halfRise: number
  }
  readonly sectorMomentum: {
    readonly changeBars: number
    readonly fullShare: number
    readonly halfShare: number
    readonly minimumMembers: number
  }
  readonly grades: { readonly S: number; readonly A: number; readonly B: number }
  readonly screen: {
    readonly minimumGrade: 'S' | 'A' | 'B' | 'C'
    readonly averagePeriod: number
    readonly minimumTradedValueKrw: number
  }
  readonly plan: {
    readonly targetPercent: number
    readonly stopPercent: number
    readonly positionPercent: {
      readonly S: number
      readonly A: number
      readonly B: number
      readonly C: number
    }
    readonly capitalKrw: number
    readonly fill: 'close' | 'next-open'
    readonly holdingBars: number
  }
}

/** What a caller of `daytrade` writes; all of it may be left out. */
export type DaytradeInput = OptionsInput<DaytradeOptions>

const krw = (value: number): z.ZodDefault<z.ZodNumber> => z.number().min(0).max(1e15).default(value)
const share = (value: number): z.ZodDefault<z.ZodNumber> => z.number().min(0).max(1).default(value)
const multiple = (value: number): z.ZodDefault<z.ZodNumber> =>
  z.number().min(0).max(100).default(value)
const bars = (value: number): z.ZodDefault<z.ZodNumber> => z.int().min(1).max(1000).default(value)
const percent = (value: number): z.ZodDefault<z.ZodNumber> => z.int().min(1).max(100).default(value)

const volumeSpike = z
  .strictObject({
    averagePeriod: bars(20).describe('Bars before the day that the average volume is taken over'),
    fullRatio: multiple(2).describe('Multiple of the average for full points'),
    halfRatio: multiple(1.5).describe('Multiple of the average for half'),
  })
  .refine((o) => o.halfRatio <= o.fullRatio, { message: 'halfRatio must not exceed fullRatio' })
  .readonly()
  .prefault({})

const momentumBreakout = z
  .strictObject({
    highPeriod: bars(20).describe('Bars before the day whose high is to be broken'),
    halfShare: share(0.99).describe('Share of that high that earns half'),
  })
  .readonly()
  .prefault({})

const boxBreakout = z
  .strictObject({
    boxPeriod: bars(20).describe('Bars before the day that make the box'),
    maximumHeight: z
      .number()
      .min(0)
      .max(10)
      .default(0.25)
      .describe('Height of the box over its floor, at most, for full points'),
    halfLevel: share(0.5).describe('Place in the box, 0 floor to 1 ceiling, that earns half'),
  })
  .readonly()
  .prefault({})

const aboveMa5 = z
  .strictObject({
    averagePeriod: bars(5).describe('Bars of the average, the day included'),
    halfShare: share(0.99).describe('Share of the average that earns half'),
  })
  .readonly()
  .prefault({})

const institutionBuying = z
  .strictObject({
    fullKrw: krw(10e9).describe('Net buying of foreigners and institutions for full points, KRW'),
    halfKrw: krw(5e9).describe('Net buying for half, KRW'),
  })
  .refine((o) => o.halfKrw <= o.fullKrw, { message: 'halfKrw must not exceed fullKrw' })
  .readonly()
  .prefault({})

const oversoldBounce = z
  .strictObject({
    fullFall: share(0.03).describe('Fall of the bar before, at least, for full points'),
    fullRise: share(0.02).describe('Rise of the day, at least, for full points'),
    halfFall: share(0.01).describe('Fall of the bar before must be more than this for half'),
    halfRise: share(0).describe('Rise of the day must be more than this for half'),
  })
  .refine((o) => o.halfFall < o.fullFall && o.halfRise < o.fullRise, {
    message: 'halfFall and halfRise must be below fullFall and fullRise',
  })
  .readonly()
  .prefault({})

const sectorMomentum = z
  .strictObject({
    changeBars: bars(5).describe('Bars of the change that stocks are ranked by'),
    fullShare: share(0.2).describe('Rank over members, at most, for full points'),
    halfShare: share(0.4).describe('Rank over members, at most, for half'),
    minimumMembers: z
      .int()
      .min(1)
      .max(1000)
      .default(5)
      .describe('Members of a sector, the stock included, below which it is unknown'),
  })
  .refine((o) => o.fullShare <= o.halfShare, { message: 'fullShare must not exceed halfShare' })
  .readonly()
  .prefault({})

const points = (value: number): z.ZodDefault<z.ZodNumber> =>
  z.number().min(0).max(105).default(value)
const grades = z
  .strictObject({
    S: points(90).describe('Least score for grade S'),
    A: points(75).describe('Least score for grade A'),
    B: points(60).describe('Least score for grade B; C below it'),
  })
  .refine((o) => o.S > o.A && o.A > o.B, { message: 'S, A and B must fall strictly' })
  .readonly()
  .prefault({})

const screen = z
  .strictObject({
    minimumGrade: z.enum(['S', 'A', 'B', 'C']).default('B').describe('Lowest grade shown'),
    averagePeriod: bars(20).describe('Bars before the day that the traded value is averaged over'),
    minimumTradedValueKrw: krw(1e9).describe('Mean traded value of those bars, at least, KRW'),
  })
  .readonly()
  .prefault({})

const plan = z
  .strictObject({
    targetPercent: z.int().min(101).max(1000).default(105).describe('Target, % of the entry'),
    stopPercent: z.int().min(1).max(99).default(97).describe('Stop, % of the entry'),
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
    holdingBars: bars(1).describe('Traded bars after which a position is closed'),
  })
  .readonly()
  .prefault({})

/** The validator of `DaytradeOptions`, with minimum, maximum, default and words for each. */
export const daytradeOptions: z.ZodType<DaytradeOptions, DaytradeInput> = z
  .strictObject({
    volumeSpike,
    momentumBreakout,
    boxBreakout,
    aboveMa5,
    institutionBuying,
    oversoldBounce,
    sectorMomentum,
    grades,
    screen,
    plan,
  })
  .readonly()
