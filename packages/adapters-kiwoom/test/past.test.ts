import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedStore, type Store } from '@ralph-stock/adapters-timescale'
import {
  type BarRows,
  dayNumber,
  epochMsOfKst,
  type FlowRows,
  fromDayNumber,
  type IndexRows,
  type MarketInput,
  type Series,
  type Tick,
  tradeDate,
} from '@ralph-stock/core'
import { batchFromMarket, SIMULATOR_SOURCE, syncTarget } from '@ralph-stock/engine'
import { demoMarket } from '@ralph-stock/engine/demo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKiwoomSource, type IndexTick, type KiwoomSource, syncMarket } from '../src/index.js'
import {
  connectSimulator,
  createSimulator,
  type ManualClock,
  manualClock,
  type Simulator,
} from '../src/simulator/index.js'
import { during } from './support.js'

const past = demoMarket({ stocks: 30, sessions: 70 })
const lastDay = dayNumber(tradeDate('2026-03-31'))
const today = dayNumber(tradeDate('2026-04-01'))
const date = tradeDate('2026-04-01')

type Row = Readonly<Record<string, number>>

/** The rows of a batch by name and day. */
function rowsOf(rows: BarRows | FlowRows | IndexRows | null): Map<string, Row> {
  const found = new Map<string, Row>()
  if (rows === null) return found
  const columns = Object.entries(rows).flatMap(([name, column]) =>
    column instanceof Float64Array ? [[name, column] as const] : [],
  )
  for (let at = 0; at < rows.length; at++) {
    const row = Object.fromEntries(
      columns.map(([name, column]) => [name, column[at] ?? Number.NaN]),
    )
    found.set(`${rows.tickers[rows.ticker[at] ?? 0]} ${rows.day[at]}`, row)
  }
  return found
}

/** The columns of a series on a day; undefined where it has no bar. */
function dayOf(series: Series | undefined, day: number): Record<string, number> | undefined {
  const at = series?.days.indexOf(day) ?? -1
  if (series === undefined || at < 0) return undefined
  return Object.fromEntries(
    Object.entries(series.columns).map(([name, column]) => [name, column[at] ?? Number.NaN]),
  )
}

/** Opening a store and living a session take seconds, and more of them on a busy machine. */
const PATIENCE_MS = 180_000

describe('a simulator that goes on with a given market', { timeout: PATIENCE_MS }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ralph-stock-past-'))
  const given = {
    bars: rowsOf(past.bars),
    flows: rowsOf(past.flows),
    indexes: rowsOf(past.indexes),
  }
  const lastTick = new Map<string, Tick>()
  const lastIndex = new Map<string, IndexTick>()
  const heard: Tick[] = []
  let store: Store
  let clock: ManualClock
  let simulator: Simulator
  let source: KiwoomSource
  let before: MarketInput
  let after: MarketInput

  beforeAll(async () => {
    store = await openEmbeddedStore({ folder })
    await store.write(past)
    before = await store.load()
    clock = manualClock(epochMsOfKst(date, '08:20'))
    simulator = createSimulator({ past, clock })
    source = createKiwoomSource({ ...connectSimulator(simulator), random: () => 0.5 })
    source.live.on('index', (tick) => lastIndex.set(tick.code, tick))
    source.subscribe(
      simulator.market.papers.map(({ code }) => code),
      (tick) => {
        heard.push(tick)
        lastTick.set(tick.ticker, tick)
      },
    )
  }, PATIENCE_MS)

  afterAll(async () => {
    await source.close()
    simulator.close()
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

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

  it('estimates the flows of a session that is not over, and tells nothing of what is to come', async () => {
    // Before the opening there is nothing to estimate.
    const early = await during(clock, source.flows({ ticker: 'D00010', to: date }))
    expect(early.day.at(-1)).toBe(lastDay)
    await clock.advance(epochMsOfKst(date, '13:00') - clock.now())
    const flows = await during(clock, source.flows({ ticker: 'D00010', to: date, from: date }))
    expect([...flows.day]).toEqual([today])
    expect([...(flows.provisional ?? [])]).toEqual([1])
    const { foreign } = simulator.market.parties(
      simulator.market.papers[0] ?? never(),
      simulator.market.first,
    )
    expect(Math.sign(flows.foreignNetValue[0] ?? 0)).toBe(Math.sign(foreign))
    const bars = await during(clock, source.dailyBars({ ticker: 'D00010', to: date }))
    expect(bars.day.at(-1)).toBe(lastDay)
    const info = await during(clock, source.basicInfo('D00010'))
    const last = lastTick.get('D00010')
    expect(info).toMatchObject({ high: last?.high, low: last?.low, price: last?.price })
    await store.write({
      ...past,
      source: SIMULATOR_SOURCE,
      knownAt: clock.now(),
      stocks: [],
      bars: null,
      flows,
      indexes: null,
    })
    const market = await store.load({ tickers: ['D00010'] })
    expect(market.stocks[0]?.series.length).toBe(before.stocks[0]?.series.length)
  })

  it('brings the session into the store as its ticks told it', async () => {
    await clock.advance(epochMsOfKst(date, '18:35') - clock.now())
    const { leaving, ...target } = await syncTarget({
      source,
      store,
      simulated: true,
      continues: true,
      where: store.where,
      knownAt: clock.now(),
    })
    expect(leaving).toEqual([])
    const report = await during(clock, syncMarket({ ...target, clock }))
    expect(report).toMatchObject({ through: '2026-04-01', failed: 0, readjusted: [] })
    after = await store.load()
    expect((await store.summary()).sources).toEqual(['demo', SIMULATOR_SOURCE])
    const open = simulator.market.papers.filter(
      ({ halted, market }) => !halted && market !== 'KONEX',
    )
    expect(open.length).toBeGreaterThan(35)
    for (const { code } of open) {
      const series = after.stocks.find(({ stock }) => stock.ticker === code)?.series
      const bar = dayOf(series, today)
      const tick = lastTick.get(code)
      expect(bar, code).toMatchObject({
        'bars.open': tick?.open,
        'bars.high': tick?.high,
        'bars.low': tick?.low,
        'bars.close': tick?.price,
        'bars.volume': tick?.volume,
        'bars.tradedValue': tick?.tradedValue,
      })
      const minutes = simulator.truth(code)
      expect(minutes[0]?.open).toBe(bar?.['bars.open'])
      expect(minutes.at(-1)?.close).toBe(bar?.['bars.close'])
      expect(Math.max(...minutes.map(({ high }) => high))).toBe(bar?.['bars.high'])
      expect(Math.min(...minutes.map(({ low }) => low))).toBe(bar?.['bars.low'])
      expect(source.live.minuteBars(code).map(({ dayVolume: _, ...minute }) => minute)).toEqual(
        minutes,
      )
    }
  })

  it('changes nothing of what the store held', () => {
    for (const { stock, series } of before.stocks) {
      const now = after.stocks.find(({ stock: { ticker } }) => ticker === stock.ticker)
      expect(now?.stock).toMatchObject(stock)
      for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) {
        const held = series.columns[`bars.${name}`]
        const kept = now?.series.columns[`bars.${name}`]?.slice(0, held?.length)
        expect(kept, `${stock.ticker} ${name}`).toEqual(held)
      }
      const grown = (now?.series.length ?? 0) - series.length
      const traded = simulator.market.paper(stock.ticker)?.halted === false
      expect(grown, stock.ticker).toBe(traded && stock.market !== 'KONEX' ? 1 : 0)
    }
    expect(before.stocks.length).toBe(past.stocks.length)
  })

  it('has final flows in the evening, of the stocks that have any', () => {
    for (const { stock, series } of after.stocks) {
      const paper = simulator.market.paper(stock.ticker) ?? never()
      if (paper.halted || stock.market === 'KONEX') continue
      const row = dayOf(series, today)
      const net = simulator.market.net(paper, simulator.market.first, 'value')
      const known = (value: number | undefined) =>
        value === undefined ? Number.NaN : Math.round(value / 1e6) * 1e6
      expect(row?.['flows.foreign'] ?? Number.NaN, stock.ticker).toBe(known(net?.foreign))
      expect(series.provisionalFlows?.at(-1) ?? 0).toBe(0)
      const has = [...given.flows.keys()].some((key) => key.startsWith(stock.ticker))
      expect(net !== null, stock.ticker).toBe(has)
    }
  })

  it('moves the indexes as it moves their members, tick by tick', () => {
    for (const [name, code] of [
      ['KOSPI', '001'],
      ['KOSDAQ', '101'],
    ] as const) {
      const bar = dayOf(after.indexes?.[name], today)
      const yesterday = dayOf(after.indexes?.[name], lastDay)?.['bars.close'] ?? Number.NaN
      expect(yesterday).toBe(given.indexes.get(`${name} ${lastDay}`)?.['close'])
      const members = simulator.market.papers.filter(
        (paper) => paper.market === name && paper.kind === 'common',
      )
      const worth = (column: 'base' | 'close') =>
        members.reduce(
          (sum, paper) =>
            sum +
            paper.listedShares *
              (simulator.market.path(paper)[column][simulator.market.first] ?? 0),
          0,
        )
      expect(bar?.['bars.close']).toBeCloseTo((yesterday * worth('close')) / worth('base'), 1)
      const tick = lastIndex.get(code)
      expect(tick).toMatchObject({ open: bar?.['bars.open'] })
      expect(bar?.['bars.high']).toBeGreaterThanOrEqual(tick?.high ?? Number.NaN)
      expect(bar?.['bars.low']).toBeLessThanOrEqual(tick?.low ?? Number.NaN)
      expect(bar?.['bars.high']).toBeGreaterThan(bar?.['bars.low'] ?? Number.NaN)
    }
  })

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
    expect(now.value).toBe(dayOf(after.indexes?.['KOSPI'], today)?.['bars.close'])
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
    expect(weeks.at(-1)?.close).toBe(lastTick.get(ticker)?.price)
    const streaks = await during(clock, source.buyingStreaks({ market: 'KOSDAQ' }))
    expect(streaks.length).toBeGreaterThan(3)
    const holdings = await during(clock, source.foreignHoldings({ ticker, pages: 2 }))
    expect(holdings.at(-1)?.day).toBe(today)
    expect(source.counts().refusals).toEqual({})
    expect(heard.every((tick) => codes.has(tick.ticker))).toBe(true)
  })

  it('goes on with the session after it, from its close', async () => {
    const next = fromDayNumber(today + 1)
    const later = manualClock(epochMsOfKst(next, '16:05'))
    const other = createSimulator({ past, clock: later })
    const asked = createKiwoomSource(connectSimulator(other))
    const ticker = 'D00010'
    const bars = await during(later, asked.dailyBars({ ticker, to: next, from: date }))
    expect([...bars.day]).toEqual([today, today + 1])
    expect(bars.close[0]).toBe(lastTick.get(ticker)?.price)
    const listed = await during(later, asked.listStocks())
    expect(listed.find((stock) => stock.ticker === ticker)?.previousClose).toBe(bars.close[0])
    await asked.close()
    other.close()
  })

  it('goes on from what was stored on the way as it would have without', async () => {
    const stored = batchFromMarket(await store.load({ bars: 320 }))
    const again = createSimulator({ past: stored, clock: manualClock(clock.now()) })
    again.close()
    for (const paper of simulator.market.papers) {
      const same = again.market.paper(paper.code)
      // Of what is not synced the store knows one session less.
      if (same === undefined || paper.market === 'KONEX') continue
      for (let session = 0; session < 4; session++) {
        const own = simulator.market.first + 1 + session
        const other = again.market.first + session
        expect(again.market.days[other]).toBe(simulator.market.days[own])
        expect(again.market.tape(same, 'KRX', other), paper.code).toEqual(
          simulator.market.tape(paper, 'KRX', own),
        )
        expect(again.market.parties(same, other)).toEqual(simulator.market.parties(paper, own))
      }
    }
  })
})

function never(): never {
  throw new Error('a market has papers')
}
