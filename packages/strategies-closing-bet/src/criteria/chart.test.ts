import {
  type Bar,
  createSeries,
  type Flow,
  type ScoreCard,
  type Strategy,
  score,
} from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { barOf, seriesInput, waves } from '../../../../tests/support/made-bars.js'
import { closingBetOptions } from '../options.js'
import { closingBet } from '../strategy.js'
import { chart } from './chart.js'

const cardOf = (strategy: Strategy, bars: readonly Bar[], flows?: readonly Flow[]): ScoreCard =>
  score(strategy, createSeries(seriesInput(bars, flows)))

const defaults = closingBetOptions.parse({}).chart
const points = (close: number, yearHigh: number, priorVcp: number): number =>
  chart(defaults).score({ close, yearHigh, priorVcp })

describe('chart', () => {
  it('gives a point for a prior score of exactly 60', () => {
    expect(points(1, 2, 60)).toBe(1)
    expect(points(1, 2, 59)).toBe(0)
  })

  it('gives a point for a close of exactly 95 % of the high', () => {
    expect(points(9_500, 10_000, 0)).toBe(1)
    expect(points(9_499, 10_000, 0)).toBe(0)
    expect(points(9_500, 10_000, 60)).toBe(2)
  })

  it('reads the pattern of the bar before and the high of the day', () => {
    const bars = waves(80)
    const before = cardOf(closingBet(), bars).criteria[2]?.evidence
    const spike = [...bars.slice(0, -1), barOf(79, { close: 13_000, volume: 9 })]
    const after = cardOf(closingBet(), spike).criteria[2]?.evidence
    expect(after?.priorVcp).toBe(before?.priorVcp)
    expect(after?.yearHigh).toBe(13_000)
    expect(before?.yearHigh).toBe(10_600)
  })

  it('needs 60 bars, and no more than exist up to 252', () => {
    expect(cardOf(closingBet(), waves(60)).criteria[2]?.outcome).not.toBe('unknown')
    const young = cardOf(closingBet(), waves(59)).criteria[2]
    expect(young).toMatchObject({ outcome: 'unknown', evidence: { yearHigh: null } })
    expect(young?.reason.en).toBe('Unknown: needs 60 bars, has 59')
  })

  it('forgets a high older than 252 bars', () => {
    const bars = waves(300)
    const at = (position: number) =>
      cardOf(closingBet(), [
        ...bars.slice(0, position),
        barOf(position, { close: 20_000 }),
        ...bars.slice(position + 1),
      ]).criteria[2]?.evidence.yearHigh
    expect(at(48)).toBe(20_000)
    expect(at(47)).toBe(10_600)
  })

  it('is unknown when a measure of the pattern is: a flat price has no width', () => {
    const flat = Array.from({ length: 80 }, (_, k) => barOf(k, { high: 10_000 }))
    const line = cardOf(closingBet(), flat).criteria[2]
    expect(line).toMatchObject({ outcome: 'unknown', points: null, evidence: { priorVcp: null } })
  })

  it('says both parts with what they need', () => {
    const words = chart(defaults).reason?.({ close: 9_600, yearHigh: 10_000, priorVcp: 75 }, 2)
    expect(words).toEqual({
      ko: '전일 VCP 75점(기준 60), 종가는 최고가의 96.0%(기준 95%)',
      en: 'VCP 75 the day before (needs 60), close at 96.0% of the high (needs 95%)',
    })
  })

  it('follows its options', () => {
    const lax = chart({ ...defaults, minimumPriorVcp: 40, nearHighShare: 0.8 })
    expect(lax.score({ close: 8_000, yearHigh: 10_000, priorVcp: 40 })).toBe(2)
    const wide = { volumeDryUp: [{ below: 1.5, points: 20 }] }
    const usual = Number(cardOf(closingBet(), waves(80)).criteria[2]?.evidence['priorVcp'])
    const other = cardOf(closingBet({ chart: { vcpThresholds: wide } }), waves(80))
    expect(other.criteria[2]?.evidence['priorVcp']).toBe(usual + 15)
  })
})
