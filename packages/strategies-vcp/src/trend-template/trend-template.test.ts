import {
  createMarket,
  createSeries,
  isRalphError,
  scanMarket,
  score,
  unlistedStock,
} from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import {
  barOf,
  barsOfCloses,
  dateOf,
  equalBars,
  type MadeBar,
  seriesInput,
} from '../../../../tests/support/made-bars.js'
import { type TrendTemplateInput, trendTemplateOptions } from '../options/template-options.js'
import { templateCriteria } from './criteria.js'
import { trendTemplate } from './strategy.js'

const cardOf = (bars: readonly MadeBar[], options: TrendTemplateInput = {}) =>
  score(trendTemplate(options), createSeries(seriesInput(bars)))
const pointsOf = (bars: readonly MadeBar[]) => cardOf(bars).criteria.map(({ points }) => points)
const rising = (count: number) =>
  barsOfCloses(Array.from({ length: count }, (_, k) => 10_000 + 40 * k))
const falling = (count: number) =>
  barsOfCloses(Array.from({ length: count }, (_, k) => 30_000 - 40 * k))
const of = (position: number, values: Record<string, number>): number | undefined =>
  templateCriteria(trendTemplateOptions.parse({}).template)[position]?.score(values)

describe('trendTemplate', () => {
  it('has eight conditions of one point over 253 bars', () => {
    const strategy = trendTemplate()
    expect(strategy.criteria.map(({ id }) => id)).toEqual([
      'trend-template.above-long-averages',
      'trend-template.averages-ordered',
      'trend-template.long-average-rising',
      'trend-template.short-average-above',
      'trend-template.above-short-average',
      'trend-template.above-year-low',
      'trend-template.near-year-high',
      'trend-template.relative-strength',
    ])
    expect(strategy).toMatchObject({
      id: 'trend-template',
      maxScore: 8,
      lookback: 253,
      scale: { labels: ['S', 'A', 'B', 'C'], thresholds: [8, 7, 6] },
      screen: { minimumGrade: 'B' },
      plan: null,
    })
  })

  it('holds for a steady rise and fails for a steady fall; alone, relative strength is unknown', () => {
    expect(pointsOf(rising(253))).toEqual([1, 1, 1, 1, 1, 1, 1, null])
    expect(pointsOf(falling(253))).toEqual([0, 0, 0, 0, 0, 0, 0, null])
    expect(cardOf(rising(253))).toMatchObject({ score: 7, grade: 'A', outOfReach: ['S'] })
    expect(cardOf(rising(253)).screen.passed).toBe(true)
  })

  it('does not hold where values are equal, but for the two that reach', () => {
    expect(pointsOf(equalBars(253))).toEqual([0, 0, 0, 0, 0, 0, 1, null])
  })

  it('needs each average above both others', () => {
    expect(of(0, { close: 10, middle: 9, long: 10 })).toBe(0)
    expect(of(0, { close: 10, middle: 10, long: 9 })).toBe(0)
    expect(of(3, { short: 10, middle: 9, long: 10 })).toBe(0)
    expect(of(3, { short: 10, middle: 9, long: 9.9 })).toBe(1)
  })

  it('holds at exactly 1.3 times the low, 75 % of the high and a strength of 70', () => {
    expect(of(5, { close: 13_000, yearLow: 10_000 })).toBe(1)
    expect(of(5, { close: 12_999, yearLow: 10_000 })).toBe(0)
    expect(of(6, { close: 7_500, yearHigh: 10_000 })).toBe(1)
    expect(of(6, { close: 7_499, yearHigh: 10_000 })).toBe(0)
    expect(of(7, { strength: 70 })).toBe(1)
    expect(of(7, { strength: 69.99999999999999 })).toBe(1)
    expect(of(7, { strength: 69.9 })).toBe(0)
  })

  it('reads 200, 221 and 252 bars, the day included', () => {
    const outcomes = (count: number) => pointsOf(rising(count)).map((points) => points !== null)
    expect(outcomes(252)).toEqual([true, true, true, true, true, true, true, false])
    expect(outcomes(251)).toEqual([true, true, true, true, true, false, false, false])
    expect(outcomes(220)).toEqual([true, true, false, true, true, false, false, false])
    expect(outcomes(199)).toEqual([false, false, false, false, true, false, false, false])
    const high = [...rising(252).slice(0, 251), barOf(251, { close: 20_040, high: 40_000 })]
    expect(cardOf(high).criteria[6]).toMatchObject({ points: 0, evidence: { yearHigh: 40_000 } })
  })

  it('compares the year with that of every eligible stock', () => {
    const market = createMarket({
      stocks: Array.from({ length: 10 }, (_, k) => {
        const ticker = `${100_000 + 10 * k}`
        const closes = Array.from({ length: 253 }, (_, day) => 10_000 + k * day)
        const series = createSeries({ ticker, bars: barsOfCloses(closes) })
        return { stock: { ...unlistedStock(ticker), market: 'KOSPI' }, series }
      }),
    })
    const cards = scanMarket(market, [trendTemplate()], dateOf(252)).cards.get('trend-template')
    const strengths = [...(cards ?? [])]
      .sort((a, b) => (a.ticker < b.ticker ? -1 : 1))
      .map((card) => card.criteria[7])
    expect(strengths.map((line) => line?.evidence['strength'])).toEqual([
      0, 10, 20, 30, 40, 50, 60, 70, 80, 90,
    ])
    expect(strengths.map((line) => line?.points)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 1])
    expect(strengths[7]?.reason).toEqual({
      ko: '상대강도 70.0(기준 70)',
      en: 'Stronger than 70.0% of the stocks (needs 70%)',
    })
  })

  it('says the numbers of every condition', () => {
    const words = cardOf(rising(253))
      .criteria.slice(0, 7)
      .map(({ reason }) => reason.en)
    expect(words).toEqual([
      'Close KRW 20,080; mean of 150 KRW 17,100, of 200 KRW 16,100',
      'Mean of 150 bars KRW 17,100, of 200 KRW 16,100',
      'Mean of 200 bars +5.50% over 21 bars',
      'Mean of 50 bars KRW 19,100, of 150 KRW 17,100, of 200 KRW 16,100',
      '+5.13% from the mean of 50 bars, KRW 19,100',
      '+100.0% from the 252-bar low of KRW 10,040',
      '100.0% of the 252-bar high of KRW 20,080 (needs 75%)',
    ])
  })

  it('follows its options', () => {
    const short = { template: { shortPeriod: 5, middlePeriod: 10, longPeriod: 20, yearPeriod: 60 } }
    expect(trendTemplate(short).lookback).toBe(253)
    const young = { ...short.template, relativeStrengthParts: [{ bars: 20, weight: 1 }] }
    expect(trendTemplate({ template: young }).lookback).toBe(60)
    const strict = cardOf(rising(253), { template: { aboveLowRatio: 2.5 }, grades: { B: 6.5 } })
    expect(strict).toMatchObject({ score: 6, grade: 'C' })
  })

  it('refuses averages out of order and grades that do not fall', () => {
    const code = (options: TrendTemplateInput) => {
      try {
        trendTemplate(options)
      } catch (error) {
        return isRalphError(error) ? error.code : error
      }
      return null
    }
    expect(code({ template: { shortPeriod: 160 } })).toBe('E_OPTIONS_INVALID')
    expect(code({ template: { relativeStrengthParts: [] } })).toBe('E_OPTIONS_INVALID')
    expect(code({ grades: { A: 8 } })).toBe('E_OPTIONS_INVALID')
    expect(code({})).toBeNull()
  })
})
