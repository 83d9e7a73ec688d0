import { createMarket, createSeries, scanMarket, unlistedStock } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { barOf, dateOf, equalBars, type MadeBar } from '../../../../tests/support/made-bars.js'
import type { MarketGateInput } from '../options.js'
import { marketGate } from '../strategy.js'

const DAY = dateOf(24)
type Made = { readonly sector: string | null; readonly bars: readonly MadeBar[] }

const risen = (close: number): MadeBar[] => [...equalBars(24), barOf(24, { close })]
/** Five members of a sector, all at the same change. */
const sector = (name: string | null, close: number): Made[] =>
  Array.from({ length: 5 }, () => ({ sector: name, bars: risen(close) }))

function cardOf(stocks: readonly Made[], options: MarketGateInput = {}) {
  const market = createMarket({
    stocks: stocks.map((one, k) => {
      const ticker = `${100_000 + 10 * k}`
      const stock = { ...unlistedStock(ticker), market: 'KOSPI', sector: one.sector }
      return { stock, series: createSeries({ ticker, bars: one.bars }) }
    }),
  })
  const [card] = scanMarket(market, [marketGate(options)], DAY).cards.get('market-gate') ?? []
  return card
}
const lineOf = (stocks: readonly Made[], options: MarketGateInput = {}) =>
  cardOf(stocks, options)?.criteria[2]

describe('sectors', () => {
  it('counts sectors above +1 % and below -1 %, one on the edge as neither', () => {
    const stocks = [
      ...sector('조선', 10_101),
      ...sector('반도체', 10_100),
      ...sector('은행', 9_900),
      ...sector('보험', 10_000),
    ]
    // 10 + 10 * (2 * (1 - 0) / 4)
    expect(lineOf(stocks)).toMatchObject({
      points: 15,
      outcome: 'partial',
      evidence: { rising: 1, falling: 0, sectors: 4 },
    })
    expect(lineOf(stocks)?.reason).toEqual({
      ko: '업종 4개 중 +1% 초과 1개, -1% 미만 0개',
      en: 'Of 4 sectors 1 above +1% and 0 below -1%',
    })
  })

  it('is not rounded', () => {
    const stocks = [
      ...sector('조선', 9_800),
      ...sector('반도체', 10_000),
      ...sector('은행', 10_000),
    ]
    expect(lineOf([...stocks, ...sector('보험', 10_000), ...sector('철강', 10_000)])?.points).toBe(
      6,
    )
    expect(lineOf(stocks)?.points).toBeCloseTo(10 - 20 / 3, 12)
  })

  it('cuts the balance to full points and to none', () => {
    const half = [...sector('조선', 10_200), ...sector('은행', 10_000)]
    expect(lineOf(half)).toMatchObject({ points: 20, outcome: 'pass' })
    expect(lineOf(sector('조선', 10_200))?.points).toBe(20)
    expect(lineOf(sector('조선', 9_800))).toMatchObject({ points: 0, outcome: 'fail' })
  })

  it('leaves out sectors with fewer than five members and stocks without one', () => {
    const stocks = [
      ...sector('조선', 10_200),
      ...sector('은행', 9_000).slice(1),
      ...sector(null, 9_000),
    ]
    expect(lineOf(stocks)?.evidence).toEqual({ rising: 1, falling: 0, sectors: 1 })
  })

  it('leaves out a member whose bar before is not of the session before', () => {
    const halted = [...equalBars(23), barOf(23, { volume: 0 }), barOf(24, { close: 20_000 })]
    const stocks = [...sector('조선', 10_000), { sector: '조선', bars: halted }]
    expect(lineOf(stocks)?.evidence).toEqual({ rising: 0, falling: 0, sectors: 1 })
    expect(cardOf(stocks)?.sectors).toEqual([{ sector: '조선', change: 0, members: 5 }])
  })

  it('is unknown without any sector to judge by', () => {
    const line = lineOf(sector('조선', 10_200).slice(1))
    expect(line).toMatchObject({ outcome: 'unknown', points: null })
    expect(line?.reason).toEqual({
      ko: '알 수 없음: 집계할 업종 없음',
      en: 'Unknown: no sector with enough members',
    })
  })

  it('follows its options', () => {
    const stocks = [...sector('조선', 10_200), ...sector('은행', 10_000)]
    expect(lineOf(stocks, { sectors: { rise: 0.03 } })?.points).toBe(10)
    expect(lineOf(stocks, { sectors: { sensitivity: 1 } })?.points).toBe(15)
    expect(lineOf(stocks.slice(3), { sectors: { minimumMembers: 2 } })?.evidence).toMatchObject({
      sectors: 2,
    })
  })
})
