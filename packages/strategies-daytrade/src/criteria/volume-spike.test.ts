import { createSeries, score } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { barOf, equalBars, type MadeBar, seriesInput } from '../../../../tests/support/made-bars.js'
import { daytradeOptions } from '../options.js'
import { daytrade } from '../strategy.js'
import { volumeSpike } from './volume-spike.js'

const defaults = daytradeOptions.parse({}).volumeSpike
const lineOf = (bars: readonly MadeBar[]) =>
  score(daytrade(), createSeries(seriesInput(bars))).criteria[0]

describe('volume-spike', () => {
  it('gives full points at twice the average of the bars before, half at 1.5 times', () => {
    const points = (volume: number) => lineOf([...equalBars(20), barOf(20, { volume })])?.points
    expect(points(2000)).toBe(15)
    expect(points(1999)).toBe(8)
    expect(points(1500)).toBe(8)
    expect(points(1499)).toBe(0)
  })

  it("leaves the day's own volume out of the average", () => {
    const bars = [...equalBars(20), barOf(20, { volume: 1e9 })]
    expect(lineOf(bars)?.evidence).toEqual({ volume: 1e9, priorAverage: 1000 })
    expect(lineOf(bars)?.reason).toEqual({
      ko: '거래량 1,000,000,000주, 직전 20일 평균의 1,000,000.00배',
      en: '1,000,000,000 shares, 1,000,000.00 times the average of the 20 bars before',
    })
  })

  it('is unknown with fewer than 21 bars', () => {
    expect(lineOf(equalBars(20))).toMatchObject({ outcome: 'unknown', points: null })
    expect(lineOf(equalBars(20))?.reason.en).toBe('Unknown: needs 21 bars, has 20')
  })

  it('follows its options', () => {
    const lax = volumeSpike({ ...defaults, fullRatio: 1.2, halfRatio: 1.1 })
    expect(lax.score({ volume: 1200, priorAverage: 1000 })).toBe(15)
    expect(lax.score({ volume: 1100, priorAverage: 1000 })).toBe(8)
  })
})
