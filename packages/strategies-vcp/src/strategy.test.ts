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
  waves,
} from '../../../tests/support/made-bars.js'
import type { VcpInput } from './options/vcp-options.js'
import { vcp } from './strategy.js'

const cardOf = (bars: readonly MadeBar[], share = 0, options: VcpInput = {}) => {
  const flows = bars.map(({ date, close, volume }) => {
    const value = share * close * volume
    return { date, foreignNetValue: value, institutionNetValue: value }
  })
  return score(vcp(options), createSeries(seriesInput(bars, flows)))
}
const errorOf = (options: unknown): unknown => {
  try {
    vcp(options as VcpInput)
  } catch (error) {
    return isRalphError(error) ? error.message : error
  }
  return null
}

// An advance, then a base: swings narrow and volume dries up. The close ends in the middle.
const base = Array.from({ length: 80 }, (_, k) => {
  const calm = k >= 75 ? 0.1 : k >= 60 ? 0.4 : 1
  const trend = k < 40 ? 40_000 + 250 * k : 50_000 + 10 * (k - 40)
  const close = Math.round(trend + calm * (k % 2 === 0 ? 900 : -900))
  return barOf(k, { close, volume: k >= 75 ? 30_000 : 100_000 })
})

describe('vcp', () => {
  it('has two groups of 100 points at half weight over 50 bars', () => {
    const strategy = vcp()
    expect(strategy.criteria.map(({ id, maxPoints }) => [id, maxPoints])).toEqual([
      ['vcp.band-contraction', 30],
      ['vcp.volume-dry-up', 20],
      ['vcp.volatility-decrease', 20],
      ['vcp.rsi-neutral', 15],
      ['vcp.band-position', 15],
      ['smart-money.foreign', 40],
      ['smart-money.institution', 30],
      ['smart-money.foreign-streak', 15],
      ['smart-money.dual-buying', 15],
    ])
    expect(strategy.groups.map(({ id, weight, maxPoints }) => [id, weight, maxPoints])).toEqual([
      ['vcp', 0.5, 100],
      ['smart-money', 0.5, 100],
    ])
    expect(strategy).toMatchObject({
      id: 'vcp',
      version: '1.0.0',
      maxScore: 100,
      lookback: 50,
      loadBars: 253,
      allPoints: 200,
      scale: { labels: ['S', 'A', 'B', 'C'], thresholds: [85, 75, 60] },
      plan: {
        targetPercents: [120, 115, 110, 105],
        stopPercents: [95, 95, 95, 95],
        positionPercents: [15, 12, 10, 5],
        fill: 'next-open',
        holdingBars: 20,
      },
    })
  })

  it('is half the sum of its sub-scores, with coverage over 200 points', () => {
    const card = cardOf(base, 0.1)
    const { vcp: pattern, 'smart-money': flow } = card.subScores
    expect(flow).toBe(100)
    expect(pattern).toBe(100)
    expect(card).toMatchObject({ score: 100, grade: 'S', coverage: 1 })
    expect(card.screen).toEqual({ passed: true, failed: [] })
    expect(card.plan).toMatchObject({ entry: 50_300, target: 60_300, stop: 47_800 })
    const alone = score(vcp(), createSeries(seriesInput(base)))
    expect(alone).toMatchObject({ score: 50, coverage: 0.5, outOfReach: ['S', 'A', 'B'] })
  })

  it('gives a target by grade', () => {
    const at = (share: number, S: number) => {
      const { score: points, grade, plan } = cardOf(base, share, { grades: { S } })
      return [points, grade, plan?.target]
    }
    expect(at(0.1, 85)).toEqual([100, 'S', 60_300])
    expect(at(0.03, 95)).toEqual([93, 'A', 57_800])
    expect(at(0, 85)).toEqual([60.5, 'B', 55_300])
    expect(at(-0.5, 85)).toEqual([50, 'C', 52_800])
  })

  it('screens the score, the trend of 50 bars and the traded value', () => {
    const down = base.map((bar, k) => barOf(k, { close: 90_000 - bar.close, volume: bar.volume }))
    expect(cardOf(down, 0.1).screen.failed).toEqual(['uptrend'])
    const thin = base.map((bar) => ({ ...bar, volume: bar.volume / 1000 }))
    expect(cardOf(thin, 0.1).screen.failed).toEqual(['liquidity'])
    expect(cardOf(base, -0.5).screen.failed).toEqual(['score'])
    expect(cardOf(waves(49)).screen.failed).toEqual(['score', 'uptrend', 'liquidity'])
  })

  it('counts the trend template beside the score', () => {
    expect(cardOf(base).evidence).toEqual({
      trendTemplateHeld: 1,
      trendTemplateKnown: 1,
      relativeStrength: null,
    })
    const closes = Array.from({ length: 253 }, (_, k) => 10_000 + 40 * k)
    const market = createMarket({
      stocks: ['100000', '100010'].map((ticker) => {
        const series = createSeries({ ticker, bars: barsOfCloses(closes) })
        return { stock: { ...unlistedStock(ticker), market: 'KOSPI' }, series }
      }),
    })
    const [card] = scanMarket(market, [vcp()], dateOf(252)).cards.get('vcp') ?? []
    expect(card?.evidence).toEqual({
      trendTemplateHeld: 7,
      trendTemplateKnown: 8,
      relativeStrength: 0,
    })
  })

  it('draws the contraction footprint', () => {
    const swing = [
      100, 104, 108, 112, 108, 104, 100, 96, 100, 104, 107, 104, 102, 101, 103, 105, 106,
    ]
    const bars = barsOfCloses(swing.map((price) => 100 * price))
    expect(cardOf(bars).annotation).toEqual({
      pullbacks: [
        {
          highDate: dateOf(3),
          lowDate: dateOf(7),
          high: 11_200,
          low: 9_600,
          depth: 1_600 / 11_200,
        },
        {
          highDate: dateOf(10),
          lowDate: dateOf(13),
          high: 10_700,
          low: 10_100,
          depth: 600 / 10_700,
        },
      ],
      depths: [1_600 / 11_200, 600 / 10_700],
      shrinking: true,
      shrinkingInRow: 1,
      pivot: 10_700,
    })
    expect(cardOf(equalBars(20)).annotation).toEqual({
      pullbacks: [],
      depths: [],
      shrinking: null,
      shrinkingInRow: 0,
      pivot: null,
    })
    const coarse = { footprint: { minimumDepth: 0.1 } }
    expect(cardOf(bars, 0, coarse).annotation).toMatchObject({ pivot: 11_200 })
  })

  it('follows its options, and reads as far back as they say', () => {
    expect(vcp({ screen: { trendPeriod: 60 } }).lookback).toBe(60)
    expect(vcp({ windows: { bandPeriod: 60 } }).lookback).toBe(80)
    const halves = vcp({ thresholds: { rsi: [{ from: 45, to: 55, points: 15 }] } })
    expect(halves.criteria[3]?.score({ rsi: 41 })).toBe(0)
    expect(cardOf(base, 0.03, { grades: { S: 94 } }).grade).toBe('A')
    expect(cardOf(base, 0.1, { plan: { targetPercent: { S: 130 } } }).plan?.target).toBe(65_300)
    expect(cardOf(base, 0.03, { screen: { minimumScore: 94 } }).screen.failed).toEqual(['score'])
  })

  it('refuses options outside their ranges, unknown names and steps out of order', () => {
    expect(errorOf({ windows: { bandPeriod: 0 } })).toContain('windows.bandPeriod')
    expect(errorOf({ smartMoney: { bars: 11 } })).toContain(
      'maximumSessions must not be below bars',
    )
    expect(errorOf({ smartMoney: { lowShare: 0.01 } })).toContain('must fall strictly')
    expect(errorOf({ grades: { S: 60 } })).toContain('must fall strictly')
    expect(errorOf({ plans: {} })).toContain('plans')
    const thresholds = (change: unknown) => errorOf({ thresholds: change })
    expect(thresholds({ volumeDryUp: [{ below: 0.5, points: 10 }] })).toContain(
      'the first step must give 20 points',
    )
    const flat = [
      { below: 0.5, points: 20 },
      { below: 0.7, points: 20 },
    ]
    expect(thresholds({ volumeDryUp: flat })).toContain('points must fall strictly')
    const back = [
      { below: 0.7, points: 20 },
      { below: 0.5, points: 10 },
    ]
    expect(thresholds({ volumeDryUp: back })).toContain('bounds must rise strictly')
    const bands = [
      { from: 40, to: 60, points: 15 },
      { from: 45, to: 70, points: 10 },
    ]
    expect(thresholds({ rsi: bands })).toContain('each band must hold the one before it')
    expect(thresholds({ rsi: [{ from: 60, to: 40, points: 15 }] })).toContain(
      'from must be below to',
    )
    const five = [15, 12, 9, 6, 3].map((points, k) => ({ from: 40 - k, to: 60 + k, points }))
    expect(thresholds({ rsi: five })).toContain('thresholds.rsi')
    expect(thresholds({ rsi: five.slice(0, 4) })).toBeNull()
    expect(errorOf({})).toBeNull()
  })
})
