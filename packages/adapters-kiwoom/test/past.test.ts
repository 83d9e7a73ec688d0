import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedStore, type Store } from '@ralph-stock/adapters-timescale'
import { dayNumber, epochMsOfKst, type MarketInput, type Tick, tradeDate } from '@ralph-stock/core'
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
import { dayOf, rowsOf } from './past-support.js'
import { during } from './support.js'

const past = demoMarket({ stocks: 30, sessions: 70 })
const lastDay = dayNumber(tradeDate('2026-03-31'))
const today = dayNumber(tradeDate('2026-04-01'))
const date = tradeDate('2026-04-01')

/** Opening a store and living a session take seconds, and more of them on a busy machine. */
const PATIENCE_MS = 180_000

describe('a session that follows a stored market', { timeout: PATIENCE_MS }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ralph-stock-past-'))
  const given = { flows: rowsOf(past.flows), indexes: rowsOf(past.indexes) }
  const lastTick = new Map<string, Tick>()
  const lastIndex = new Map<string, IndexTick>()
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
      (tick) => lastTick.set(tick.ticker, tick),
    )
  }, PATIENCE_MS)

  afterAll(async () => {
    await source.close()
    simulator.close()
    await store.close()
    rmSync(folder, { recursive: true, force: true })
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
