import { createSeries, score } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { barOf, equalBars, type MadeBar, seriesInput } from '../../../../tests/support/made-bars.js'
import { daytrade } from '../strategy.js'
import { momentumBreakout } from './momentum-breakout.js'

const lineOf = (bars: readonly MadeBar[]) =>
  score(daytrade(), createSeries(seriesInput(bars))).criteria[1]
const points = (close: number) => lineOf([...equalBars(20), barOf(20, { close })])?.points

describe('momentum-breakout', () => {
  it('needs a close above the high of the bars before', () => {
    expect(points(10_001)).toBe(15)
    expect(points(10_000)).toBe(8)
  })

  it('gives half at exactly 99 % of it', () => {
    expect(points(9_900)).toBe(8)
    expect(points(9_899)).toBe(0)
  })

  it('reads the high of the 20 bars before the day, not the day itself', () => {
    const bars = [
      barOf(0, { high: 99_000 }),
      ...equalBars(21).slice(1),
      barOf(21, { high: 50_000 }),
    ]
    expect(lineOf(bars)?.evidence).toEqual({ close: 10_000, priorHigh: 10_000 })
    expect(lineOf(bars.slice(0, 21))?.evidence).toMatchObject({ priorHigh: 99_000 })
    expect(lineOf(bars)?.reason).toEqual({
      ko: '직전 20일 최고가 10,000원 대비 0.00%',
      en: '0.00% from the 20-bar high of KRW 10,000',
    })
  })

  it('is unknown with fewer than 21 bars', () => {
    expect(lineOf(equalBars(20))?.outcome).toBe('unknown')
  })

  it('follows its options', () => {
    const lax = momentumBreakout({ highPeriod: 10, halfShare: 0.9 })
    expect(lax.score({ close: 9_000, priorHigh: 10_000 })).toBe(8)
    expect(lax.inputs['priorHigh']?.lookback).toBe(11)
  })
})
