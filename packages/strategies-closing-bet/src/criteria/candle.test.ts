import {
  type Bar,
  createSeries,
  type Flow,
  type ScoreCard,
  type Strategy,
  score,
} from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { barOf, equalBars, seriesInput } from '../../../../tests/support/made-bars.js'
import { closingBetOptions } from '../options.js'
import { closingBet } from '../strategy.js'
import { candle } from './candle.js'

const cardOf = (strategy: Strategy, bars: readonly Bar[], flows?: readonly Flow[]): ScoreCard =>
  score(strategy, createSeries(seriesInput(bars, flows)))

const defaults = closingBetOptions.parse({}).candle
const day = { open: 10_000, high: 10_100, low: 10_000, close: 10_100, priorClose: 10_050 }
const points = (change: Partial<typeof day>): number =>
  candle(defaults).score({ ...day, ...change })

describe('candle', () => {
  it('holds for a body of exactly 1 %', () => {
    expect(points({})).toBe(1)
    expect(points({ close: 10_099 })).toBe(0)
    // (10_706 - 10_600) / 10_600 is 0.01 but for its last bit.
    expect(points({ open: 10_600, close: 10_706, high: 10_706, low: 10_600 })).toBe(1)
  })

  it('holds for a body of exactly half the range', () => {
    expect(points({ high: 10_150, low: 9_950 })).toBe(1)
    expect(points({ high: 10_151, low: 9_950 })).toBe(0)
  })

  it('fails at or below the close before', () => {
    expect(points({ priorClose: 10_100 })).toBe(0)
    expect(points({ priorClose: 10_099 })).toBe(1)
  })

  it('fails for a doji and for a black candle', () => {
    expect(points({ open: 10_100, low: 10_100 })).toBe(0)
    expect(points({ open: 10_400, high: 10_400 })).toBe(0)
  })

  it('is unknown on the first bar', () => {
    const line = cardOf(closingBet(), equalBars(1)).criteria[3]
    expect(line).toMatchObject({ id: 'candle', outcome: 'unknown', points: null })
    expect(line?.reason.en).toBe('Unknown: needs 2 bars, has 1')
  })

  it('says the body, its share of the range and the day', () => {
    const bars = [
      ...equalBars(1),
      barOf(1, { open: 10_000, high: 10_300, low: 9_900, close: 10_200 }),
    ]
    expect(cardOf(closingBet(), bars).criteria[3]?.reason).toEqual({
      ko: '시가 대비 +2.00%(기준 1%), 몸통은 고저폭의 50%(기준 50%), 전일 대비 +2.00%',
      en: '+2.00% from the open (needs 1%), body fills 50% of the range (needs 50%), +2.00% on the day',
    })
    expect(cardOf(closingBet(), equalBars(2)).criteria[3]?.reason.en).toContain('fills 0% of')
  })

  it('follows its options', () => {
    const strict = candle({ minimumBody: 0.02, minimumBodyShare: 0.5 })
    expect(strict.score(day)).toBe(0)
    const lax = candle({ minimumBody: 0, minimumBodyShare: 0 })
    expect(lax.score({ ...day, close: 10_051, high: 12_000, low: 9_000 })).toBe(1)
  })
})
