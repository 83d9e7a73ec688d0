import {
  type Bar,
  createSeries,
  type Flow,
  type ScoreCard,
  type Strategy,
  score,
} from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { equalBars, seriesInput } from '../../../../tests/support/made-bars.js'
import { closingBetOptions } from '../options.js'
import { closingBet } from '../strategy.js'
import { volume } from './volume.js'

const cardOf = (strategy: Strategy, bars: readonly Bar[], flows?: readonly Flow[]): ScoreCard =>
  score(strategy, createSeries(seriesInput(bars, flows)))

const defaults = closingBetOptions.parse({}).volume
const points = (tradedValue: number, priorAverage: number): number =>
  volume(defaults).score({ tradedValue, priorAverage })

describe('volume', () => {
  it('gives its steps on the exact traded value', () => {
    const busy = 1e15
    expect(points(500e9, busy)).toBe(3)
    expect(points(499.99e9, busy)).toBe(2)
    expect(points(100e9, busy)).toBe(2)
    expect(points(99.99e9, busy)).toBe(1)
    expect(points(30e9, busy)).toBe(1)
    expect(points(29.99e9, busy)).toBe(0)
  })

  it('gives one more at twice the average, at most three', () => {
    expect(points(30e9, 15e9)).toBe(2)
    expect(points(30e9, 15.01e9)).toBe(1)
    expect(points(100e9, 50e9)).toBe(3)
    expect(points(600e9, 1)).toBe(3)
    expect(points(10e9, 5e9)).toBe(1)
  })

  it('gives nothing below the minimum, however large the surge', () => {
    expect(points(9.99e9, 1)).toBe(0)
    expect(points(10e9, 1)).toBe(1)
  })

  it('needs the twenty prior bars always', () => {
    const rich = { close: 100_000, volume: 6_000_000 }
    const few = cardOf(closingBet(), equalBars(20, rich)).criteria[1]
    expect(few).toMatchObject({ id: 'volume', outcome: 'unknown', points: null })
    expect(few?.reason).toEqual({
      ko: '알 수 없음: 거래일 21일 필요 (20일 있음)',
      en: 'Unknown: needs 21 bars, has 20',
    })
    const enough = cardOf(closingBet(), equalBars(21, rich)).criteria[1]
    expect(enough).toMatchObject({ outcome: 'pass', points: 3 })
    expect(enough?.reason).toEqual({
      ko: '거래대금 6,000억원, 직전 20일 평균의 1.00배',
      en: 'Traded value KRW 600 bn, 1.00 times the average of the 20 bars before',
    })
  })

  it('follows its options', () => {
    const lower = volume({ ...defaults, onePointKrw: 1e9, minimumKrw: 0, surgeRatio: 3 })
    expect(lower.score({ tradedValue: 1e9, priorAverage: 0.4e9 })).toBe(1)
    expect(lower.score({ tradedValue: 1e9, priorAverage: 0.3e9 })).toBe(2)
  })
})
