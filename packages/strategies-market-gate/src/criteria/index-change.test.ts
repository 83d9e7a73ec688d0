import { createMarket, createSeries, scanMarket } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import {
  barsOfCloses,
  dateOf,
  equalBars,
  seriesInput,
} from '../../../../tests/support/made-bars.js'
import { marketGateOptions } from '../options.js'
import { marketGate } from '../strategy.js'
import { kosdaq } from './kosdaq.js'
import { kospi } from './kospi.js'

const lines = (kospiCloses: readonly number[], kosdaqCloses: readonly number[]) => {
  const series = (closes: readonly number[]) => createSeries(seriesInput(barsOfCloses(closes)))
  const market = createMarket({
    stocks: [],
    indexes: { KOSPI: series(kospiCloses), KOSDAQ: series(kosdaqCloses) },
  })
  const [card] = scanMarket(market, [marketGate()], dateOf(1)).cards.get('market-gate') ?? []
  return card?.criteria.slice(0, 2) ?? []
}

describe('kospi and kosdaq', () => {
  it('give their points on the exact changes', () => {
    const points = (close: number) => lines([2500, close], [2500, close]).map((line) => line.points)
    expect(points(2525.01)).toEqual([40, 40])
    expect(points(2525)).toEqual([30, 30])
    expect(points(2500.01)).toEqual([30, 30])
    expect(points(2500)).toEqual([20, 20])
    expect(points(2499.99)).toEqual([10, 10])
    expect(points(2475)).toEqual([10, 10])
    expect(points(2474.99)).toEqual([0, 0])
  })

  it('are unknown without the session before, each for itself', () => {
    const series = (closes: readonly number[]) => createSeries(seriesInput(barsOfCloses(closes)))
    const late = createSeries(seriesInput(equalBars(2).slice(1)))
    const market = createMarket({
      stocks: [],
      indexes: { KOSPI: series([2500, 2600]), KOSDAQ: late },
    })
    const [card] = scanMarket(market, [marketGate()], dateOf(1)).cards.get('market-gate') ?? []
    expect(card?.criteria.map(({ points }) => points)).toEqual([40, null, null])
    expect(card?.criteria[1]?.reason).toEqual({
      ko: '알 수 없음: 지수 자료 없음',
      en: 'Unknown: no index value on a session it reads',
    })
    expect(card).toMatchObject({ grade: 'UNKNOWN', score: 40, coverage: 0.4 })
  })

  it('say the change', () => {
    const [first, second] = lines([2500, 2525], [800, 792])
    expect(first?.reason).toEqual({ ko: '코스피 +1.00%', en: 'KOSPI +1.00% on the day' })
    expect(second?.reason).toEqual({ ko: '코스닥 -1.00%', en: 'KOSDAQ -1.00% on the day' })
  })

  it('follow their options', () => {
    const options = { ...marketGateOptions.parse({}).index, strongRise: 0.02, mildFall: 0 }
    expect(kospi(options).score({ change: 0.015 })).toBe(30)
    expect(kosdaq(options).score({ change: -0.001 })).toBe(0)
  })
})
