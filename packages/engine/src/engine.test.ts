import {
  type BarStore,
  bars,
  criterion,
  defineStrategy,
  type LoadRequest,
  type MarketBatch,
  rankWithin,
  type Strategy,
  tradeDate,
} from '@ralph-stock/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { marketFromBatch } from './batch-market.js'
import { DEMO_LAST_DATE, demoMarket } from './demo/index.js'
import { createEngine } from './engine.js'

const strategy = (id: string): Strategy =>
  defineStrategy({
    id,
    version: '1.0.0',
    maxScore: 3,
    lookback: 2,
    criteria: [
      criterion({
        id: `${id}.up`,
        maxPoints: 1,
        label: { ko: '상승', en: 'Up' },
        inputs: { close: bars.close, before: bars.close.shift(1) },
        score: ({ close, before }) => (close > before ? 1 : 0),
      }),
      criterion({
        id: `${id}.first`,
        maxPoints: 2,
        label: { ko: '거래대금 10위', en: 'Ten most traded' },
        inputs: { rank: rankWithin('universe', bars.tradedValue) },
        score: ({ rank }) => (rank <= 10 ? 2 : 0),
      }),
    ],
    grades: { A: 3, B: 2 },
    screen: { minimumGrade: 'B' },
  })

/** Holds one batch; enough to see what an engine asks of a store. */
function storeOf(batch: MarketBatch | null): BarStore & { readonly loads: LoadRequest[] } {
  const loads: LoadRequest[] = []
  let held = batch
  const none = { inserted: 0, updated: 0, unchanged: 0 }
  return {
    loads,
    write: async (written) => {
      held = written
      return { stocks: none, bars: none, flows: none, indexes: none }
    },
    load: async (request = {}) => {
      loads.push(request)
      if (held === null) throw new Error('nothing to load')
      return marketFromBatch(held)
    },
    summary: async () => ({
      stocks: 0,
      bars: held?.bars?.length ?? 0,
      flows: 0,
      indexBars: 0,
      firstDate: null,
      lastDate: held === null ? null : tradeDate(DEMO_LAST_DATE),
      sources: [],
    }),
    close: async () => {},
  }
}

const BATCH = demoMarket({ stocks: 60, sessions: 40 })
const one = strategy('one')
const two = strategy('two')
let store = storeOf(BATCH)

beforeEach(() => {
  store = storeOf(BATCH)
})

describe('createEngine', () => {
  it('refuses two strategies of one id', () => {
    expect(() => createEngine({ strategies: [one, one], store })).toThrow(
      expect.objectContaining({ code: 'E_ENGINE_DUPLICATE' }),
    )
  })
})

describe('scan', () => {
  it('gives what the screen shows, best first, with prices and counts', async () => {
    const engine = createEngine({ strategies: [one, two], store })
    const { asOf, universe, results } = await engine.scan()
    expect(asOf).toBe(DEMO_LAST_DATE)
    expect(universe.eligible + sum(universe.excluded)).toBe(BATCH.stocks.length)
    expect(results.map((result) => result.strategy.id)).toEqual(['one', 'two'])
    const [first] = results
    expect(first?.entries.length).toBe(first?.screened)
    expect(first?.entries.length).toBe(10)
    expect(sum(first?.grades ?? {})).toBe(universe.eligible)
    for (const { card, quote } of first?.entries ?? []) {
      expect(card.screen.passed).toBe(true)
      expect(quote?.close).toBeGreaterThan(0)
      expect(quote?.tradedValue).toBeGreaterThan(0)
      expect(card.criteria[0]?.points).toBe((quote?.change ?? 0) > 0 ? 1 : 0)
    }
  })

  it('keeps what is asked for, and compares with all', async () => {
    const engine = createEngine({ strategies: [one, two], store })
    const all = await engine.scan({ strategies: ['two'], all: true })
    const kospi = await engine.scan({ strategies: ['two'], all: true, market: 'KOSPI' })
    const [every] = all.results
    expect(every?.entries).toHaveLength(all.universe.eligible)
    expect(kospi.results[0]?.entries).toEqual(
      every?.entries.filter(({ card }) => card.market === 'KOSPI'),
    )
    const best = await engine.scan({ strategies: ['two', 'one', 'two'], minimumGrade: 'A', top: 2 })
    expect(best.results.map((result) => result.strategy.id)).toEqual(['two', 'one'])
    for (const { entries } of best.results) {
      expect(entries.length).toBeLessThanOrEqual(2)
      for (const { card } of entries) expect(card.grade).toBe('A')
    }
    const foreign = await engine.scan({ strategies: ['two'], minimumGrade: 'GREEN' })
    expect(foreign.results[0]?.entries).toHaveLength(10)
  })

  it('refuses an unknown strategy, a closed day, and an empty store', async () => {
    const engine = createEngine({ strategies: [one], store })
    await expect(engine.scan({ strategies: ['none'] })).rejects.toThrow(
      'no strategy has the id "none"; known are one',
    )
    await expect(engine.scan({ date: '2026-03-29' })).rejects.toThrow('2026-03-27')
    await expect(engine.scan({ date: 'soon' })).rejects.toMatchObject({ code: 'E_DATE_INVALID' })
    const empty = createEngine({ strategies: [one], store: storeOf(null) })
    await expect(empty.scan()).rejects.toMatchObject({ code: 'E_ENGINE_EMPTY' })
  })
})

describe('score', () => {
  it('gives the card of the scan', async () => {
    const engine = createEngine({ strategies: [one], store })
    const { results } = await engine.scan({ top: 1 })
    const card = results[0]?.entries[0]?.card
    const scored = await engine.score({ ticker: card?.ticker ?? '', strategy: 'one' })
    expect(JSON.parse(JSON.stringify(scored))).toEqual(JSON.parse(JSON.stringify(card)))
    await expect(engine.score({ ticker: '999990', strategy: 'one' })).rejects.toMatchObject({
      code: 'E_STOCK_UNKNOWN',
    })
  })
})

describe('the loaded market', () => {
  it('is loaded once per date, for all who ask at once', async () => {
    const engine = createEngine({ strategies: [one], store })
    await Promise.all([engine.scan(), engine.scan(), engine.market()])
    await engine.scan({ date: '2026-03-30' })
    expect(store.loads.map(({ through }) => through)).toEqual([DEMO_LAST_DATE, '2026-03-30'])
    // Twenty bars tell a stock from a young one, however few a strategy reads.
    expect(store.loads[0]?.bars).toBe(20)
  })

  it('is forgotten when the store changes, or on demand, or when others are newer', async () => {
    const engine = createEngine({ strategies: [one], store, cachedMarkets: 1 })
    await engine.scan()
    await engine.write(BATCH)
    await engine.scan()
    engine.refresh()
    await engine.scan()
    await engine.scan({ date: '2026-03-30' })
    await engine.scan()
    expect(store.loads).toHaveLength(5)
  })

  it('is asked for again after a load that failed', async () => {
    let failures = 1
    const flaky: BarStore = {
      ...store,
      load: async (request) => {
        if (failures-- > 0) throw new Error('lost')
        return store.load(request)
      },
    }
    const engine = createEngine({ strategies: [one], store: flaky })
    await expect(engine.scan()).rejects.toThrow('lost')
    expect((await engine.scan()).results).toHaveLength(1)
  })
})

describe('events', () => {
  it('tell of loads, scans, scores and writes', async () => {
    const engine = createEngine({ strategies: [one], store })
    const heard: string[] = []
    engine.events.on('*', (name) => heard.push(name))
    const { results } = await engine.scan({ top: 1 })
    await engine.score({ ticker: results[0]?.entries[0]?.card.ticker ?? '', strategy: 'one' })
    await engine.write(BATCH)
    expect(heard).toEqual(['market:loaded', 'scan:done', 'score:done', 'store:changed'])
  })
})

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}
