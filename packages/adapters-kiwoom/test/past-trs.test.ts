import { dayNumber, epochMsOfKst, fromDayNumber, tradeDate } from '@ralph-stock/core'
import { demoMarket } from '@ralph-stock/engine/demo'
import { afterAll, describe, expect, it } from 'vitest'
import { createKiwoomSource } from '../src/index.js'
import { connectSimulator, createSimulator, manualClock } from '../src/simulator/index.js'
import { rowsOf } from './past-support.js'
import { during } from './support.js'

const past = demoMarket({ stocks: 30, sessions: 70 })
const lastDay = dayNumber(tradeDate('2026-03-31'))
const today = dayNumber(tradeDate('2026-04-01'))
const date = tradeDate('2026-04-01')
const given = {
  bars: rowsOf(past.bars),
  flows: rowsOf(past.flows),
  indexes: rowsOf(past.indexes),
}

function pairAt(day: string, time: string) {
  const clock = manualClock(epochMsOfKst(tradeDate(day), time))
  const simulator = createSimulator({ past, clock })
  const source = createKiwoomSource(connectSimulator(simulator))
  return { clock, simulator, source, close: () => source.close().then(() => simulator.close()) }
}

describe('the TRs of a given market, before its next session', () => {
  const { clock, source, close } = pairAt('2026-04-01', '08:20')
  afterAll(close)

  it('lists the stocks as they are', async () => {
    const markets = ['KOSPI', 'KOSDAQ', 'KONEX']
    const listed = await during(clock, source.listStocks({ markets }))
    const facts = listed.map(({ ticker, name, market, sector, kind, department, ...rest }) => ({
      ticker,
      name,
      market,
      sector,
      kind,
      department,
      listedShares: rest.listedShares,
      marketCap: rest.marketCap,
      listingDate: rest.listingDate,
    }))
    expect(facts).toEqual([...past.stocks].sort((a, b) => (a.ticker < b.ticker ? -1 : 1)))
    const halted = listed.filter((stock) => stock.halted).map(({ ticker }) => ticker)
    const volumes = new Map(
      past.stocks.map(({ ticker }) => [ticker, given.bars.get(`${ticker} ${lastDay}`)]),
    )
    expect(halted).toEqual([...volumes].flatMap(([ticker, row]) => (row?.['volume'] ? [] : ticker)))
    expect(halted.length).toBeGreaterThan(0)
    expect(listed.find(({ ticker }) => ticker === 'D90090')?.administrative).toBe(true)
  })

  it('gives the days, flows and indexes of the past back as they were', async () => {
    for (const { ticker, market } of past.stocks) {
      if (market === 'KONEX') continue
      const bars = rowsOf(await during(clock, source.dailyBars({ ticker, to: date })))
      const own = [...given.bars].filter(([key]) => key.startsWith(ticker))
      expect([...bars].map(([key]) => key)).toEqual(own.map(([key]) => key))
      for (const [key, row] of own) {
        const { tradedValue, ...prices } = row
        expect(bars.get(key), key).toMatchObject(prices)
        // The broker tells millions of KRW.
        expect(bars.get(key)?.['tradedValue']).toBe(Math.round((tradedValue ?? 0) / 1e6) * 1e6)
      }
    }
    const ticker = 'D00010'
    const flows = rowsOf(await during(clock, source.flows({ ticker, to: date })))
    const own = [...given.flows].filter(([key]) => key.startsWith(ticker))
    expect([...flows].map(([key]) => key)).toEqual(own.map(([key]) => key))
    for (const [key, row] of own) {
      for (const name of ['foreignNetValue', 'institutionNetValue'] as const) {
        expect(flows.get(key)?.[name], key).toBeCloseTo(Math.round((row[name] ?? 0) / 1e6) * 1e6)
      }
    }
    for (const name of ['KOSPI', 'KOSDAQ']) {
      const bars = rowsOf(await during(clock, source.indexBars({ ticker: name, to: date })))
      const days = [...given.indexes].filter(([key]) => key.startsWith(`${name} `))
      expect(bars.size).toBe(days.length)
      for (const [key, { volume: _, tradedValue: __, ...levels }] of days) {
        expect(bars.get(key), key).toMatchObject(levels)
      }
    }
    expect(source.counts().refusals).toEqual({})
  })
})

describe('the TRs of a given market, after its next session', () => {
  const { clock, simulator, source, close } = pairAt('2026-04-01', '18:35')
  afterAll(close)

  it('answers rankings, themes, industries and charts of the given stocks', async () => {
    const codes = new Set(past.stocks.map(({ ticker }) => ticker))
    for (const ranking of ['volume', 'value', 'rise', 'fall', 'volume-surge'] as const) {
      const ranked = await during(clock, source.ranking({ ranking }))
      expect(ranked.length, ranking).toBeGreaterThan(3)
      for (const { ticker } of ranked) expect(codes.has(ticker)).toBe(true)
    }
    const [theme] = await during(clock, source.themes())
    const members = await during(clock, source.themeStocks(theme?.code ?? ''))
    for (const { ticker } of members) expect(codes.has(ticker)).toBe(true)
    const industries = await during(clock, source.industryIndexes('KOSDAQ'))
    const sectors = new Set(past.stocks.flatMap(({ sector }) => sector ?? []))
    expect(
      industries
        .slice(1)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...sectors].sort())
    const now = await during(clock, source.indexNow('001'))
    const kospi = await during(clock, source.indexBars({ ticker: 'KOSPI', to: date }))
    expect(now.value).toBe(kospi.close.at(-1))
    const ticker = 'D00010'
    const minutes = await during(
      clock,
      source.minuteBars({ ticker, to: tradeDate('2026-03-31'), from: tradeDate('2026-03-31') }),
    )
    const bar = given.bars.get(`${ticker} ${lastDay}`)
    expect(minutes.open[0]).toBe(bar?.['open'])
    expect(minutes.close.at(-1)).toBe(bar?.['close'])
    expect(Math.max(...minutes.high)).toBe(bar?.['high'])
    const weeks = await during(clock, source.weeklyBars({ ticker, to: date }))
    expect(weeks.at(-1)?.close).toBe(simulator.truth(ticker).at(-1)?.close)
    const streaks = await during(clock, source.buyingStreaks({ market: 'KOSDAQ' }))
    expect(streaks.length).toBeGreaterThan(3)
    const holdings = await during(clock, source.foreignHoldings({ ticker, pages: 2 }))
    expect(holdings.at(-1)?.day).toBe(today)
    expect(source.counts().refusals).toEqual({})
  })

  it('goes on with the session after it, from its close', async () => {
    const next = fromDayNumber(today + 1)
    const later = manualClock(epochMsOfKst(next, '16:05'))
    const other = createSimulator({ past, clock: later })
    const asked = createKiwoomSource(connectSimulator(other))
    const ticker = 'D00010'
    const bars = await during(later, asked.dailyBars({ ticker, to: next, from: date }))
    expect([...bars.day]).toEqual([today, today + 1])
    expect(bars.close[0]).toBe(simulator.truth(ticker).at(-1)?.close)
    const listed = await during(later, asked.listStocks())
    expect(listed.find((stock) => stock.ticker === ticker)?.previousClose).toBe(bars.close[0])
    await asked.close()
    other.close()
  })
})
