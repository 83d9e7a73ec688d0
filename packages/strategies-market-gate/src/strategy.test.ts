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
  seriesInput,
} from '../../../tests/support/made-bars.js'
import type { MarketGateInput } from './options.js'
import { marketGate } from './strategy.js'

const errorOf = (options: unknown): unknown => {
  try {
    marketGate(options as MarketGateInput)
  } catch (error) {
    return isRalphError(error) ? error.code : error
  }
  return null
}

/** Five stocks of one sector and two indexes, all moved by so much on the last day. */
function gate(percent: number, options: MarketGateInput = {}) {
  const last = 100 * (100 + percent)
  const bars = [...equalBars(24), barOf(24, { close: last })]
  const indexSeries = createSeries(seriesInput(barsOfCloses(bars.map(({ close }) => close))))
  const market = createMarket({
    stocks: Array.from({ length: 5 }, (_, k) => {
      const ticker = `${100_000 + 10 * k}`
      const stock = { ...unlistedStock(ticker), market: 'KOSPI', sector: '조선' }
      return { stock, series: createSeries({ ticker, bars }) }
    }),
    indexes: { KOSPI: indexSeries, KOSDAQ: indexSeries },
  })
  return scanMarket(market, [marketGate(options)], dateOf(24)).cards.get('market-gate')?.[0]
}

describe('marketGate', () => {
  it('has three criteria of 100 points about the market', () => {
    const strategy = marketGate()
    expect(strategy.criteria.map(({ id, maxPoints }) => [id, maxPoints])).toEqual([
      ['kospi', 40],
      ['kosdaq', 40],
      ['sectors', 20],
    ])
    expect(strategy).toMatchObject({
      id: 'market-gate',
      version: '1.0.0',
      subject: 'market',
      maxScore: 100,
      lookback: 2,
      scale: { labels: ['GREEN', 'YELLOW', 'RED'], thresholds: [70, 40], unknown: 'UNKNOWN' },
      plan: null,
    })
  })

  it('gives GREEN, YELLOW and RED', () => {
    expect(gate(2)).toMatchObject({ score: 100, grade: 'GREEN', ticker: 'MARKET', coverage: 1 })
    expect(gate(1)).toMatchObject({ score: 70, grade: 'GREEN' })
    expect(gate(0)).toMatchObject({ score: 50, grade: 'YELLOW' })
    expect(gate(-1)).toMatchObject({ score: 30, grade: 'RED' })
    expect(gate(-2)).toMatchObject({ score: 0, grade: 'RED' })
  })

  it('follows its options', () => {
    expect(gate(2, { grades: { GREEN: 100, YELLOW: 90 } })?.grade).toBe('GREEN')
    expect(gate(1, { grades: { GREEN: 80 } })?.grade).toBe('YELLOW')
    expect(gate(1, { index: { strongRise: 0.005 } })?.score).toBe(90)
  })

  it('refuses one stock alone, and options outside their ranges', () => {
    const alone = () => score(marketGate(), createSeries(seriesInput(equalBars(2))))
    expect(alone).toThrowError(expect.objectContaining({ code: 'E_MARKET_NEEDED' }))
    expect(errorOf({ index: { strongRise: -0.01 } })).toBe('E_OPTIONS_INVALID')
    expect(errorOf({ grades: { GREEN: 40 } })).toBe('E_OPTIONS_INVALID')
    expect(errorOf({ sectors: { minimumMembers: 0 } })).toBe('E_OPTIONS_INVALID')
    expect(errorOf({ sector: {} })).toBe('E_OPTIONS_INVALID')
    expect(errorOf({})).toBeNull()
  })
})
