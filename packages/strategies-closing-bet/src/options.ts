import { CAPITAL, type OptionsInput, POSITION_PERCENT } from '@ralph-stock/core'
import { DEFAULT_VCP_THRESHOLDS, type VcpThresholds } from '@ralph-stock/indicators'
import { z } from 'zod'

/** Every threshold, period and percentage of the closing bet. Amounts are KRW, shares fractions. */
export type ClosingBetOptions = {
  readonly news: { readonly bonusFrom: number; readonly bonusSentiment: number }
  readonly volume: {
    readonly threePointsKrw: number
    readonly twoPointsKrw: number
    readonly onePointKrw: number
    readonly minimumKrw: number
    readonly surgeRatio: number
    readonly averagePeriod: number
  }
  readonly chart: {
    readonly minimumPriorVcp: number
    readonly vcpThresholds: VcpThresholds
    readonly nearHighShare: number
    readonly highPeriod: number
    readonly highMinimumBars: number
  }
  readonly candle: { readonly minimumBody: number; readonly minimumBodyShare: number }
  readonly period: {
    readonly lowPeriod: number
    readonly reboundDays: number
    readonly minimumRebound: number
  }
  readonly flow: { readonly netAboveKrw: number }
  readonly grades: { readonly S: number; readonly A: number; readonly B: number }
  readonly screen: { readonly minimumGrade: 'S' | 'A' | 'B' | 'C' }
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

/** What a caller of `closingBet` writes; all of it may be left out. */
export type ClosingBetInput = OptionsInput<ClosingBetOptions>

const krw = (value: number): z.ZodDefault<z.ZodNumber> => z.number().min(0).max(1e15).default(value)
const share = (value: number): z.ZodDefault<z.ZodNumber> => z.number().min(0).max(1).default(value)
const bars = (value: number, maximum = 1000): z.ZodDefault<z.ZodNumber> =>
  z.int().min(1).max(maximum).default(value)
const percent = (value: number): z.ZodDefault<z.ZodNumber> => z.int().min(1).max(100).default(value)

const news = z
  .strictObject({
    bonusFrom: z.int().min(1).max(3).default(2).describe('Positive articles for the extra point'),
    bonusSentiment: z
      .number()
      .min(-1)
      .max(1)
      .default(0.6)
      .describe('Mean sentiment for the extra point'),
  })
  .readonly()
  .prefault({})

const volume = z
  .strictObject({
    threePointsKrw: krw(500e9).describe('Traded value for 3 points, KRW'),
    twoPointsKrw: krw(100e9).describe('Traded value for 2 points, KRW'),
    onePointKrw: krw(30e9).describe('Traded value for 1 point, KRW'),
    minimumKrw: krw(10e9).describe('Traded value below which there is no point at all, KRW'),
    surgeRatio: z
      .number()
      .min(1)
      .max(100)
      .default(2)
      .describe('Multiple of the average that earns one point more'),
    averagePeriod: bars(20).describe('Bars before the day that the average is taken over'),
  })
  .refine((o) => o.threePointsKrw > o.twoPointsKrw && o.twoPointsKrw > o.onePointKrw, {
    message: 'threePointsKrw, twoPointsKrw and onePointKrw must fall strictly',
  })
  .readonly()
  .prefault({})

// As many as the compiled points can count.
const MOST_STEPS = 4

const belowSteps = z
  .array(z.strictObject({ below: z.number().positive(), points: z.int().min(1).max(100) }))
  .min(1)
  .max(MOST_STEPS)
  .refine((steps) => rises(steps.map(({ below }) => below)), 'bounds must rise strictly')
  .refine((steps) => falls(steps.map(({ points }) => points)), 'points must fall strictly')
  .readonly()
const bandSteps = z
  .array(z.strictObject({ from: z.number(), to: z.number(), points: z.int().min(1).max(100) }))
  .min(1)
  .max(MOST_STEPS)
  .refine((steps) => steps.every(({ from, to }) => from < to), 'from must be below to')
  .refine(
    (steps) =>
      steps.every(({ from, to }, k) => {
        const inner = steps[k - 1]
        return inner === undefined || (from <= inner.from && to >= inner.to)
      }),
    'each band must hold the one before it',
  )
  .refine((steps) => falls(steps.map(({ points }) => points)), 'points must fall strictly')
  .readonly()
const defaults = DEFAULT_VCP_THRESHOLDS
const vcpThresholds = z
  .strictObject({
    bandContraction: belowSteps.prefault([...defaults.bandContraction]),
    volumeDryUp: belowSteps.prefault([...defaults.volumeDryUp]),
    volatilityDecrease: belowSteps.prefault([...defaults.volatilityDecrease]),
    rsi: bandSteps.prefault([...defaults.rsi]),
    bandPosition: bandSteps.prefault([...defaults.bandPosition]),
  })
  .readonly()
  .prefault({})

const chart = z
  .strictObject({
    minimumPriorVcp: z
      .number()
      .min(0)
      .max(100)
      .default(60)
      .describe('VCP score of the bar before, 0 to 100, that earns a point'),
    vcpThresholds: vcpThresholds.describe('Steps of the VCP score, as the VCP strategy has them'),
    nearHighShare: share(0.95).describe('Share of the high that the close must reach'),
    highPeriod: bars(252).describe('Bars of the high, the day included'),
    highMinimumBars: bars(60).describe('Bars that are enough for the high of a young stock'),
  })
  .refine((o) => o.highMinimumBars <= o.highPeriod, {
    message: 'highMinimumBars must not exceed highPeriod',
  })
  .readonly()
  .prefault({})

const candle = z
  .strictObject({
    minimumBody: share(0.01).describe('Rise from open to close over the open'),
    minimumBodyShare: share(0.5).describe(
      'Share of the range from low to high that the body fills',
    ),
  })
  .readonly()
  .prefault({})

const period = z
  .strictObject({
    lowPeriod: bars(10).describe('Bars that the lowest low is looked for in, the day included'),
    reboundDays: bars(3).describe('Bars after the low whose closes count'),
    minimumRebound: z
      .number()
      .min(0.0001)
      .max(1)
      .default(0.03)
      .describe("Rise of such a close over the close of the low's day"),
  })
  .readonly()
  .prefault({})

const flow = z
  .strictObject({
    netAboveKrw: krw(0).describe('Net buying must be above this to earn its point, KRW'),
  })
  .readonly()
  .prefault({})

const points = (value: number): z.ZodDefault<z.ZodNumber> =>
  z.number().min(0).max(12).default(value)
const grades = z
  .strictObject({
    S: points(11).describe('Least score for grade S'),
    A: points(9).describe('Least score for grade A'),
    B: points(7).describe('Least score for grade B; C below it'),
  })
  .refine((o) => o.S > o.A && o.A > o.B, { message: 'S, A and B must fall strictly' })
  .readonly()
  .prefault({})

const screen = z
  .strictObject({
    minimumGrade: z
      .enum(['S', 'A', 'B', 'C'])
      .default('B')
      .describe('Lowest grade that a scan shows'),
  })
  .readonly()
  .prefault({})

const plan = z
  .strictObject({
    targetPercent: z.int().min(101).max(1000).default(115).describe('Target, % of the entry'),
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
      .default('close')
      .describe('Where a backtest fills: at the close that was scored, or at the next open'),
    holdingBars: bars(5).describe('Traded bars after which a position is closed'),
  })
  .readonly()
  .prefault({})

/** The validator of `ClosingBetOptions`, with minimum, maximum, default and words for each. */
export const closingBetOptions: z.ZodType<ClosingBetOptions, ClosingBetInput> = z
  .strictObject({
    news,
    volume,
    chart,
    candle,
    period,
    flow,
    grades,
    screen,
    plan,
  })
  .readonly()

function rises(values: readonly number[]): boolean {
  return values.every((value, k) => k === 0 || value > (values[k - 1] as number))
}

function falls(values: readonly number[]): boolean {
  return rises(values.map((value) => -value))
}
