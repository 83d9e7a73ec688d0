import {
  type BarStore,
  createMarket,
  dayNumber,
  fromDayNumber,
  type MarketBatch,
  type MarketInput,
  tradeDate,
} from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { syncMarket } from '../src/index.js'
import { during, pair } from './support.js'

type Row = { open: number; high: number; low: number; close: number; volume: number; value: number }
type Flow = { foreign: number; provisional: boolean }

/** A store in memory: what sync needs of one, and a look into it. */
function memoryStore() {
  const bars = new Map<string, Map<number, Row>>()
  const flows = new Map<string, Map<number, Flow>>()
  const indexes = new Map<string, Map<number, Row>>()
  let stocks: MarketBatch['stocks'] = []
  let batches = 0
  const into = <T>(all: Map<string, Map<number, T>>, ticker: string, day: number, row: T) => {
    const rows = all.get(ticker) ?? new Map<number, T>()
    rows.set(day, row)
    all.set(ticker, rows)
  }
  const take = (rows: NonNullable<MarketBatch['bars']>, all: Map<string, Map<number, Row>>) => {
    for (let i = 0; i < rows.length; i++) {
      into(all, rows.tickers[rows.ticker[i] ?? 0] ?? '', rows.day[i] ?? 0, {
        open: rows.open[i] ?? 0,
        high: rows.high[i] ?? 0,
        low: rows.low[i] ?? 0,
        close: rows.close[i] ?? 0,
        volume: rows.volume[i] ?? 0,
        value: rows.tradedValue?.[i] ?? 0,
      })
    }
  }
  const series = (ticker: string, rows: Map<number, Row>, count: number) => {
    const traded = [...rows].filter(([, row]) => row.volume > 0).sort(([a], [b]) => a - b)
    const last = traded.slice(-count)
    const own = flows.get(ticker)
    return {
      ticker,
      length: last.length,
      days: Int32Array.from(last, ([day]) => day),
      columns: {
        'bars.close': Float64Array.from(last, ([, row]) => row.close),
        'flows.foreign': Float64Array.from(last, ([day]) => own?.get(day)?.foreign ?? Number.NaN),
      },
      magnitudes: {},
      halts: Int32Array.from(
        [...rows].flatMap(([day, row]) => (row.volume === 0 ? [day] : [])),
      ).sort(),
      provisionalFlows: Uint8Array.from(last, ([day]) => (own?.get(day)?.provisional ? 1 : 0)),
      adjustment: 'split',
      volumeScope: 'KRX',
      issues: [],
    } as const
  }
  const store: Pick<BarStore, 'write' | 'load' | 'summary'> = {
    write: async (batch) => {
      batches++
      if (batch.stocks.length > 0) stocks = batch.stocks
      if (batch.bars !== null) take(batch.bars, bars)
      if (batch.indexes !== null) take({ ...batch.indexes, rawClose: null }, indexes)
      const net = batch.flows
      for (let i = 0; net !== null && i < net.length; i++) {
        into(flows, net.tickers[net.ticker[i] ?? 0] ?? '', net.day[i] ?? 0, {
          foreign: net.foreignNetValue[i] ?? 0,
          provisional: net.provisional?.[i] === 1,
        })
      }
      const none = { inserted: 0, updated: 0, unchanged: 0 }
      return { stocks: none, bars: none, flows: none, indexes: none }
    },
    load: async ({ bars: count = 9999, tickers } = {}): Promise<MarketInput> => ({
      stocks: stocks
        .filter(({ ticker }) => bars.has(ticker) && (tickers?.includes(ticker) ?? true))
        .map((stock) => ({
          stock,
          series: series(stock.ticker, bars.get(stock.ticker) ?? new Map(), count),
        })),
      indexes: Object.fromEntries(
        [...indexes].map(([name, rows]) => [name, series(name, rows, count)]),
      ),
    }),
    summary: async () => {
      const days = [...bars.values()].flatMap((rows) => [...rows.keys()])
      const first = days.length === 0 ? null : fromDayNumber(Math.min(...days))
      const last = days.length === 0 ? null : fromDayNumber(Math.max(...days))
      const size = (all: Map<string, Map<number, unknown>>) =>
        [...all.values()].reduce((sum, rows) => sum + rows.size, 0)
      return {
        stocks: stocks.length,
        bars: size(bars),
        flows: size(flows),
        indexBars: size(indexes),
        firstDate: first,
        lastDate: last,
        sources: ['kiwoom'],
      }
    },
  }
  return { store, bars, flows, indexes, batches: () => batches, load: () => store.load() }
}

const from = tradeDate('2026-02-02')

// Whole markets by a clock that is moved take seconds, and more of them on a busy machine.
describe('sync', { timeout: 180_000 }, () => {
  it('brings the whole market, within the allowance, and tells how long it takes', async () => {
    const { clock, simulator, source } = pair({
      stocks: 60,
      history: 120,
      activity: 0.05,
      at: '19:00',
    })
    const memory = memoryStore()
    const seen: number[] = []
    let estimate = 0
    const report = await during(
      clock,
      syncMarket({
        source,
        store: memory.store,
        from,
        clock,
        onProgress: ({ done, estimatedEndAt }) => {
          seen.push(done)
          if (done === 20) estimate = estimatedEndAt ?? 0
        },
      }),
    )
    const papers = simulator.market.papers.filter(({ kind }) => kind !== 'etf' && kind !== 'etn')
    expect(report).toMatchObject({ done: papers.length, skipped: 0, failed: 0, failures: [] })
    expect(report.through).toBe('2026-03-31')
    expect(seen).toEqual(papers.map((_, at) => at + 1))
    expect(Math.abs(estimate - clock.now())).toBeLessThan(5000)
    expect(simulator.counts().tooMany).toBe(0)
    const { days } = simulator.market
    const first = days.findIndex((day) => day >= dayNumber(from))
    for (const paper of papers) {
      const path = simulator.market.path(paper)
      const rows = memory.bars.get(paper.code)
      expect(rows?.size, paper.code).toBe(121 - first)
      for (let at = first; at <= 120; at++) {
        expect(rows?.get(days[at] ?? 0)).toMatchObject({
          open: path.open[at],
          high: path.high[at],
          low: path.low[at],
          close: path.close[at],
          volume: path.volume[at],
        })
      }
      expect(memory.flows.get(paper.code)?.size).toBe(121 - first)
    }
    expect(memory.indexes.get('KOSDAQ')?.size).toBe(121 - first)
    expect(createMarket(await memory.load()).members.length).toBe(papers.length)
  })

  it('goes on after a kill where it was, and asks only for what is new', async () => {
    const { clock, simulator, source } = pair({
      stocks: 60,
      history: 60,
      activity: 0.05,
      at: '19:00',
    })
    const memory = memoryStore()
    const killer = new AbortController()
    const whole = { source, store: memory.store, from, clock, batch: 5 }
    const killed = during(
      clock,
      syncMarket({
        ...whole,
        signal: killer.signal,
        onProgress: ({ done }) => {
          if (done === 30) killer.abort()
        },
      }),
    )
    await expect(killed).rejects.toMatchObject({ code: 'E_BROKER_CLOSED' })
    const kept = memory.bars.size
    expect(kept).toBeGreaterThanOrEqual(25)
    const second = await during(clock, syncMarket(whole))
    expect(second.skipped).toBeGreaterThanOrEqual(kept - 2)
    expect(second.skipped + second.done).toBe(58)
    expect(memory.bars.size).toBe(58)
    const before = simulator.counts().requests
    const third = await during(clock, syncMarket(whole))
    expect(third).toMatchObject({ done: 0, skipped: 58, bars: 0 })
    // The lists, the indexes, and nothing else.
    expect(simulator.counts().requests - before).toBe(9)
    // The next day: one new bar of each, by one request each.
    await clock.advance(86_400_000)
    const next = await during(clock, syncMarket({ ...whole, flows: false }))
    expect(next.through).toBe('2026-04-01')
    expect(next.done).toBe(58)
    expect(next.bars).toBeLessThanOrEqual(58 * 2 + 10)
    expect(next.readjusted).toEqual([])
  })

  it('leaves a day that is not over, and mends provisional flows', async () => {
    const { clock, source } = pair({ stocks: 30, history: 60, at: '14:00' })
    const memory = memoryStore()
    const tickers = ['Z00010', 'Z00020']
    const options = { source, store: memory.store, from, clock, tickers }
    const early = await during(clock, syncMarket(options))
    expect(early.through).toBe('2026-03-30')
    await clock.advance(2 * 3_600_000)
    await during(clock, syncMarket(options))
    const day = dayNumber(tradeDate('2026-03-31'))
    expect(memory.flows.get('Z00010')?.get(day)?.provisional).toBe(true)
    await clock.advance(4 * 3_600_000)
    await during(clock, syncMarket(options))
    expect(memory.flows.get('Z00010')?.get(day)?.provisional).toBe(false)
    await expect(
      during(clock, syncMarket({ ...options, tickers: ['NOBODY'] })),
    ).rejects.toMatchObject({ code: 'E_STOCK_UNKNOWN' })
  })

  it('asks for all of a stock again when its past was adjusted', async () => {
    const { clock, source } = pair({ stocks: 30, history: 60, at: '19:00' })
    const memory = memoryStore()
    const options = { source, store: memory.store, from, clock, tickers: ['Z00010'] }
    await during(clock, syncMarket(options))
    const rows = memory.bars.get('Z00010') ?? new Map<number, Row>()
    const truth = new Map([...rows].map(([day, row]) => [day, { ...row }]))
    for (const row of rows.values()) row.close *= 5
    await clock.advance(86_400_000)
    const report = await during(clock, syncMarket(options))
    expect(report.readjusted).toEqual(['Z00010'])
    for (const [day, row] of truth) expect(rows.get(day)?.close).toBe(row.close)
  })

  it('tells which stocks failed, and stops when all would', async () => {
    const { clock, simulator, source } = pair({ stocks: 40, history: 30, at: '19:00' })
    const memory = memoryStore()
    const options = { store: memory.store, from, clock, flows: false }
    simulator.faults.add({ kind: 'html-page', api: 'ka10081', count: 12 })
    const broken = {
      ...source,
      dailyBars: (request: Parameters<typeof source.dailyBars>[0]) =>
        source.dailyBars({
          ...request,
          ticker: request.ticker === 'Z00020' ? '999999' : request.ticker,
        }),
    }
    const report = await during(clock, syncMarket({ ...options, source: broken }))
    expect(report.failures).toMatchObject([{ ticker: 'Z00020', code: 'E_BROKER_NOT_FOUND' }])
    const gone = { ...source, dailyBars: () => source.dailyBars({ ticker: '999999', to: from }) }
    await expect(
      during(clock, syncMarket({ ...options, store: memoryStore().store, source: gone })),
    ).rejects.toMatchObject({ code: 'E_BROKER_NOT_FOUND' })
  })
})
