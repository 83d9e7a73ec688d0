import {
  createMarket,
  createSeries,
  scanMarket,
  scoreStock,
  unlistedStock,
} from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { barOf, dateOf, equalBars } from '../../../../tests/support/made-bars.js'
import { type DaytradeInput, daytradeOptions } from '../options.js'
import { daytrade } from '../strategy.js'
import { sectorMomentum } from './sector-momentum.js'

const DAY = dateOf(24)

/** Stocks of one sector (blank where null) whose last close is as given, 10,000 before. */
function market(
  closes: readonly number[],
  sectorOf: (k: number) => string | null = () => '반도체',
) {
  return createMarket({
    stocks: closes.map((close, k) => {
      const ticker = `${100_000 + 10 * k}`
      const stock = { ...unlistedStock(ticker), market: k % 2 === 0 ? 'KOSPI' : 'KOSDAQ' }
      const bars = [...equalBars(24), barOf(24, { close })]
      return { stock: { ...stock, sector: sectorOf(k) }, series: createSeries({ ticker, bars }) }
    }),
  })
}

/** Points by ticker order. */
function points(from: ReturnType<typeof market>, options: DaytradeInput = {}) {
  const cards = scanMarket(from, [daytrade(options)], DAY).cards.get('daytrade') ?? []
  return [...cards]
    .sort((a, b) => (a.ticker < b.ticker ? -1 : 1))
    .map((card) => card.criteria[6]?.points)
}

describe('sector-momentum', () => {
  it('gives full points to the first fifth of the sector, half to the second, both markets together', () => {
    const ten = [10_900, 10_800, 10_700, 10_600, 10_500, 10_400, 10_300, 10_200, 10_100, 10_000]
    expect(points(market(ten))).toEqual([15, 15, 8, 8, 0, 0, 0, 0, 0, 0])
  })

  it('gives equal changes one rank', () => {
    expect(points(market([10_900, 10_900, 10_900, 10_000, 10_000]))).toEqual([15, 15, 15, 0, 0])
  })

  it('is unknown with fewer than five members, and for a blank sector', () => {
    expect(points(market([10_900, 10_800, 10_700, 10_600]))).toEqual([null, null, null, null])
    const blank = market([10_900, 10_800, 10_700, 10_600, 10_500], () => null)
    expect(points(blank)).toEqual([null, null, null, null, null])
    const parts = market(Array(10).fill(10_500), (k) => (k < 6 ? '반도체' : '조선'))
    expect(points(parts)).toEqual([15, 15, 15, 15, 15, 15, null, null, null, null])
  })

  it('is unknown for a stock scored alone, and says why', () => {
    const alone = scoreStock(market([10_900]), daytrade(), '100000', DAY).criteria[6]
    expect(alone?.outcome).toBe('unknown')
    expect(alone?.reason.en).toBe('Unknown: too few peers to compare with')
  })

  it('says the change and the rank', () => {
    const words = sectorMomentum(daytradeOptions.parse({}).sectorMomentum)
    expect(words.reason?.({ rank: 3, members: 28, change: 0.0778 }, 15)).toEqual({
      ko: '5일 등락률 +7.78%, 업종 28종목 중 3위(상위 11%)',
      en: '+7.78% over 5 bars, rank 3 of 28 in the sector (top 11%)',
    })
  })

  it('follows its options', () => {
    const few = { sectorMomentum: { minimumMembers: 3, fullShare: 0.5, halfShare: 0.75 } }
    expect(points(market([10_900, 10_800, 10_700, 10_600]), few)).toEqual([15, 15, 8, 0])
  })
})
