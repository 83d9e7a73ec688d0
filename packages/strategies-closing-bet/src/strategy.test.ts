import {
  type Bar,
  createSeries,
  type Flow,
  isRalphError,
  type ScoreCard,
  type Strategy,
  score,
} from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { barOf, dateOf, equalBars, seriesInput } from '../../../tests/support/made-bars.js'
import type { ClosingBetInput } from './options.js'
import { closingBet } from './strategy.js'

const cardOf = (strategy: Strategy, bars: readonly Bar[], flows?: readonly Flow[]): ScoreCard =>
  score(strategy, createSeries(seriesInput(bars, flows)))

const errorOf = (options: unknown): unknown => {
  try {
    closingBet(options as ClosingBetInput)
  } catch (error) {
    return isRalphError(error) ? { code: error.code, message: error.message } : error
  }
  return null
}

describe('closingBet', () => {
  it('has six criteria of 12 points over 252 bars', () => {
    const strategy = closingBet()
    expect(strategy.criteria.map(({ id, maxPoints }) => [id, maxPoints])).toEqual([
      ['news', 3],
      ['volume', 3],
      ['chart', 2],
      ['candle', 1],
      ['period', 1],
      ['flow', 2],
    ])
    expect(strategy).toMatchObject({
      id: 'closing-bet',
      version: '1.0.0',
      maxScore: 12,
      lookback: 252,
      loadBars: 252,
      scale: { labels: ['S', 'A', 'B', 'C'], thresholds: [11, 9, 7] },
      screen: { minimumGrade: 'B' },
      plan: {
        targetPercents: [115, 115, 115, 115],
        stopPercents: [95, 95, 95, 95],
        positionPercents: [15, 12, 10, 5],
        capital: 10_000_000,
        fill: 'close',
        holdingBars: 5,
      },
    })
  })

  // A base of 80 bars, then a day that meets everything but news.
  const base = Array.from({ length: 80 }, (_, k) => {
    const swing = k < 60 ? 300 * Math.sin(k) : (80 - k) * 4 * (k % 2 === 0 ? 1 : -1)
    const close = Math.round(50_000 + swing)
    const low = k === 78 ? 49_500 : close
    return barOf(k, { close, low, volume: k < 75 ? 100_000 : 40_000 })
  })
  const day = barOf(80, { open: 50_100, high: 52_000, low: 50_000, close: 51_800, volume: 1e7 })
  const bars = [...base, day]
  const flows = [{ date: dateOf(80), foreignNetValue: 1e9, institutionNetValue: 1e9 }]

  it('gives a plan on the tick grid, and says that S is out of reach without news', () => {
    const card = cardOf(closingBet(), bars, flows)
    expect(card.criteria.map(({ points }) => points)).toEqual([null, 3, 2, 1, 1, 2])
    expect(card).toMatchObject({ score: 9, grade: 'A', coverage: 0.75, outOfReach: ['S'] })
    expect(card.screen).toEqual({ passed: true, failed: [] })
    // 115 % of 51,800 is 59,570: ticks of 100 won, rounded down; the stop 49,210 up in ticks of 50.
    expect(card.plan).toEqual({
      entry: 51_800,
      target: 59_500,
      stop: 49_250,
      quantity: 23,
      note: null,
    })
  })

  it('drops a card below grade B from the screen', () => {
    const card = cardOf(closingBet(), equalBars(80))
    expect(card).toMatchObject({ grade: 'C', screen: { passed: false, failed: ['grade'] } })
  })

  it('follows its options', () => {
    const strict = cardOf(closingBet({ grades: { S: 12, A: 10 } }), bars, flows)
    expect(strict.grade).toBe('B')
    const plan = { targetPercent: 110, stopPercent: 97, capitalKrw: 20_000_000 }
    const other = closingBet({ plan: { ...plan, fill: 'next-open' } })
    expect(cardOf(other, bars, flows).plan).toMatchObject({ target: 56_900, quantity: 46 })
    expect(other.plan?.fill).toBe('next-open')
    expect(closingBet({ chart: { highPeriod: 300 } }).lookback).toBe(300)
    expect(closingBet({ screen: { minimumGrade: 'S' } }).screen.minimumGrade).toBe('S')
  })

  it('keeps its options, frozen, with every default', () => {
    const { options } = closingBet({ volume: { surgeRatio: 3 } })
    expect(options).toMatchObject({ volume: { surgeRatio: 3, onePointKrw: 30e9 } })
    expect(Object.isFrozen(options)).toBe(true)
    expect(Object.isFrozen((options as { volume: unknown }).volume)).toBe(true)
    expect(JSON.parse(JSON.stringify(options))).toEqual(options)
  })

  it('refuses options outside their ranges, unknown names and steps out of order', () => {
    expect(errorOf({ volume: { surgeRatio: 0 } })).toMatchObject({
      code: 'E_OPTIONS_INVALID',
      message: expect.stringContaining('volume.surgeRatio'),
    })
    expect(errorOf({ volumes: {} })).toMatchObject({ code: 'E_OPTIONS_INVALID' })
    expect(errorOf({ volume: { onePointKrw: 200e9 } })).toMatchObject({
      message: expect.stringContaining('must fall strictly'),
    })
    expect(errorOf({ grades: { A: 11 } })).toMatchObject({ code: 'E_OPTIONS_INVALID' })
    expect(errorOf({ chart: { highPeriod: 50 } })).toMatchObject({ code: 'E_OPTIONS_INVALID' })
    const steps = [
      { below: 0.7, points: 20 },
      { below: 0.5, points: 10 },
    ]
    expect(errorOf({ chart: { vcpThresholds: { bandContraction: steps } } })).toMatchObject({
      message: expect.stringContaining('must rise strictly'),
    })
    const bands = (...rsi: unknown[]) => errorOf({ chart: { vcpThresholds: { rsi } } })
    expect(bands({ from: 60, to: 40, points: 15 })).toMatchObject({
      message: expect.stringContaining('from must be below to'),
    })
    const inner = { from: 40, to: 60, points: 15 }
    expect(bands(inner, { from: 45, to: 70, points: 10 })).toMatchObject({
      message: expect.stringContaining('each band must hold the one before it'),
    })
    const five = [15, 12, 9, 6, 3].map((points, k) => ({ from: 40 - k, to: 60 + k, points }))
    expect(bands(...five)).toMatchObject({ code: 'E_OPTIONS_INVALID' })
    expect(errorOf(7)).toMatchObject({ code: 'E_OPTIONS_INVALID' })
  })
})
