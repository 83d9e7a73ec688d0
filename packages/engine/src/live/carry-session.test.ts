import { createMarket, createSeries, type Market, unlistedStock } from '@ralph-stock/core'
import { marketGate } from '@ralph-stock/strategies-market-gate'
import { memorySignalStore } from '@ralph-stock/testing'
import { describe, expect, it } from 'vitest'
import { createLiveDesk } from './index.js'
import { at, flatMarket, manualClock, riser, settled, tick } from './testing-desk.js'

const STRATEGIES = [riser('daytrade', { fill: 'next-open', holdingBars: 1 }), marketGate()]
const history = (): Market => flatMarket({ '000010': 10_000, '000020': 10_000 })

async function deskInSession() {
  const clock = manualClock(at('09:30'))
  const desk = createLiveDesk({
    market: history(),
    strategies: STRATEGIES,
    signals: memorySignalStore(),
    clock,
  })
  await desk.loadSignals()
  desk.update(tick('000010', '09:10', 10_500, 500, { open: 9_900, high: 10_600, low: 9_800 }))
  desk.index({ name: 'KOSPI', at: at('09:10'), value: 2_550, high: 2_560, volume: 70 })
  desk.flows('000010', { foreign: 5_000_000, provisional: true })
  desk.flows('000020', { institution: 7_000_000, provisional: true })
  await settled()
  return { clock, desk }
}

describe('a fresh history in mid-session', () => {
  it('keeps prices, cards, indexes and net buying of the session', async () => {
    const { desk } = await deskInSession()
    const seen = () => ({
      date: desk.date,
      price: desk.price('000010'),
      cards: desk.cards('000010'),
      indexes: desk.indexes(),
      gate: desk.gate(),
      flows: desk.market().member('000010')?.series.columns['flows.foreign']?.at(-1),
      signals: desk
        .signals()
        .map(({ ticker, entry, target, stop }) => [ticker, entry, target, stop]),
    })
    const before = seen()
    expect(before.signals).toHaveLength(1)
    desk.rollTo(history())
    await settled()
    expect(seen()).toEqual(before)
    expect(desk.pending()).toBe(0)
  })

  it('keeps net buying of a stock that has not traded yet for its first trade', async () => {
    const { desk } = await deskInSession()
    desk.rollTo(history())
    desk.update(tick('000020', '09:31', 10_000, 5))
    const series = desk.market().member('000020')?.series
    expect(series?.columns['flows.institution']?.at(-1)).toBe(7_000_000)
  })

  it('leaves what the history holds of the day to it', async () => {
    const { desk } = await deskInSession()
    const { members, indexes } = history()
    const corrected = members.map(({ stock, series }) => ({
      stock: { ...unlistedStock(stock.ticker), ...stock },
      series: createSeries({
        ticker: stock.ticker,
        bars: [
          ...Array.from(series.days, (day) => ({
            date: new Date(day * 86_400_000).toISOString().slice(0, 10),
            open: 10_000,
            high: 10_000,
            low: 10_000,
            close: 10_000,
            volume: 1000,
          })),
          { date: '2026-02-11', open: 10_000, high: 10_700, low: 9_700, close: 10_100, volume: 9 },
        ],
      }),
    }))
    desk.rollTo(createMarket({ stocks: corrected, indexes }))
    expect(desk.price('000010')).toMatchObject({ price: 10_100, high: 10_700, at: null })
  })
})
