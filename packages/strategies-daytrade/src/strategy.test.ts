import { createSeries, isRalphError, score } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import {
  barOf,
  dateOf,
  equalBars,
  type MadeBar,
  seriesInput,
} from '../../../tests/support/made-bars.js'
import type { DaytradeInput } from './options.js'
import { daytrade } from './strategy.js'

const errorOf = (options: unknown): unknown => {
  try {
    daytrade(options as DaytradeInput)
  } catch (error) {
    return isRalphError(error) ? error.code : error
  }
  return null
}

// Twenty quiet bars, a fall, then a day that breaks out on volume and flows: all but the sector.
const flows = [{ date: dateOf(21), foreignNetValue: 20e9, institutionNetValue: 0 }]
const rise = (volume: number): MadeBar[] => [
  ...equalBars(20, { close: 10_000, volume }),
  barOf(20, { close: 9_500, volume }),
  barOf(21, { close: 10_500, volume: 3 * volume }),
]
const cardOf = (bars: readonly MadeBar[], options: DaytradeInput = {}) =>
  score(daytrade(options), createSeries(seriesInput(bars, flows)))

describe('daytrade', () => {
  it('has seven criteria of 15 points over 21 bars', () => {
    const strategy = daytrade()
    expect(strategy.criteria.map(({ id }) => id)).toEqual([
      'volume-spike',
      'momentum-breakout',
      'box-breakout',
      'above-ma5',
      'institution-buying',
      'oversold-bounce',
      'sector-momentum',
    ])
    expect(strategy.criteria.every(({ maxPoints }) => maxPoints === 15)).toBe(true)
    expect(strategy).toMatchObject({
      id: 'daytrade',
      version: '1.0.0',
      maxScore: 105,
      lookback: 21,
      scale: { labels: ['S', 'A', 'B', 'C'], thresholds: [90, 75, 60] },
      plan: {
        targetPercents: [105, 105, 105, 105],
        stopPercents: [97, 97, 97, 97],
        fill: 'next-open',
        holdingBars: 1,
      },
    })
  })

  it('sums points, and plans on the tick grid', () => {
    const card = cardOf(rise(200_000))
    expect(card.criteria.map(({ points }) => points)).toEqual([15, 15, 15, 15, 15, 15, null])
    expect(card).toMatchObject({ score: 90, grade: 'S', coverage: 6 / 7, outOfReach: [] })
    // 105 % of 10,500 is 11,025, down to a tick of 10 won; 97 % is 10,185, up.
    expect(card.plan).toEqual({
      entry: 10_500,
      target: 11_020,
      stop: 10_190,
      quantity: 142,
      note: null,
    })
    expect(card.screen).toEqual({ passed: true, failed: [] })
  })

  it('screens a mean traded value of exactly 1 bn, the day itself left out', () => {
    // 19 bars at 10,000 and one at 9,500: the mean close of the bars before is 9,975.
    const thin = rise(100_000)
    expect(cardOf(thin).screen).toEqual({ passed: false, failed: ['liquidity'] })
    const value = { screen: { minimumTradedValueKrw: 997_500_000 } }
    expect(cardOf(thin, value).screen.passed).toBe(true)
    expect(cardOf(thin, { screen: { minimumTradedValueKrw: 997_500_002 } }).screen.passed).toBe(
      false,
    )
  })

  it('drops a card below grade B, and one with too few bars', () => {
    const quiet = score(daytrade(), createSeries(seriesInput(equalBars(20))))
    expect(quiet.screen.failed).toEqual(['grade', 'liquidity'])
  })

  it('follows its options, and reads as far back as they say', () => {
    expect(daytrade({ volumeSpike: { averagePeriod: 40 } }).lookback).toBe(41)
    expect(daytrade({ sectorMomentum: { changeBars: 60 } }).lookback).toBe(61)
    expect(cardOf(rise(200_000), { grades: { S: 100 } }).grade).toBe('A')
    expect(cardOf(rise(200_000), { plan: { targetPercent: 110 } }).plan?.target).toBe(11_550)
    expect(daytrade({ plan: { holdingBars: 3 } }).options).toMatchObject({
      plan: { holdingBars: 3, stopPercent: 97 },
    })
  })

  it('refuses options outside their ranges, unknown names and steps out of order', () => {
    expect(errorOf({ volumeSpike: { fullRatio: -1 } })).toBe('E_OPTIONS_INVALID')
    expect(errorOf({ volumeSpike: { halfRatio: 3 } })).toBe('E_OPTIONS_INVALID')
    expect(errorOf({ institutionBuying: { halfKrw: 20e9 } })).toBe('E_OPTIONS_INVALID')
    expect(errorOf({ oversoldBounce: { halfFall: 0.05 } })).toBe('E_OPTIONS_INVALID')
    expect(errorOf({ sectorMomentum: { fullShare: 0.5 } })).toBe('E_OPTIONS_INVALID')
    expect(errorOf({ grades: { B: 80 } })).toBe('E_OPTIONS_INVALID')
    expect(errorOf({ plan: { stopPercent: 100 } })).toBe('E_OPTIONS_INVALID')
    expect(errorOf({ volumespike: {} })).toBe('E_OPTIONS_INVALID')
    expect(errorOf({})).toBeNull()
  })
})
