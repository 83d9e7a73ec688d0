import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../src/index.js'
import type { Connection } from '../src/repositories/repository.js'
import { barRows, batchOf } from './support/batches.js'
import { DATES, fillStore } from './support/filled-store.js'
import { type TestPlace, testEngines } from './support/stores.js'

for (const engine of await testEngines()) {
  describe(`the repositories on ${engine.name}`, () => {
    let place: TestPlace
    let store: Store
    let seen: Array<{ text: string; parameters: readonly unknown[] }> = []

    beforeAll(async () => {
      place = await engine.place()
      store = await place.open((text, parameters) => seen.push({ text, parameters }))
      await fillStore(store)
    })
    afterAll(async () => {
      await store.close()
      await place.remove()
    })

    async function planOf(work: () => Promise<unknown>): Promise<string> {
      seen = []
      await work()
      expect(seen).toHaveLength(1)
      const [{ text, parameters }] = seen as [(typeof seen)[0]]
      // Small tables are cheaper to scan: the plan of a large one is wanted.
      return store.transaction(async ({ market }) => {
        const { db } = market as unknown as { db: Connection }
        await sql`set local enable_seqscan = off`.execute(db)
        const pieces = text.split(/\$\d+/)
        const order = [...text.matchAll(/\$(\d+)/g)].map((match) => Number(match[1]) - 1)
        const query = pieces.flatMap((piece, k) =>
          k < order.length
            ? [sql.raw(piece), sql.lit(parameters[order[k] as number])]
            : [sql.raw(piece)],
        )
        const { rows } = await sql<{
          'QUERY PLAN': string
        }>`explain ${sql.join(query, sql``)}`.execute(db)
        return rows.map((row) => row['QUERY PLAN']).join('\n')
      })
    }

    it('finds stocks', async () => {
      const { stocks } = store.repositories
      expect((await stocks.search('삼성'))[0]?.ticker).toBe('000070')
      expect((await stocks.search('000070'))[0]?.name).toBe('삼성전자')
      expect(await stocks.search('100%')).toEqual([])
      expect((await stocks.byMarket('KOSPI', { limit: 2 })).map(({ ticker }) => ticker)).toEqual([
        '002990',
        '002980',
      ])
      expect((await stocks.bySector('화학', { limit: 1, offset: 1 }))[0]?.ticker).toBe('002970')
      expect((await stocks.etfs()).map(({ ticker }) => ticker)).toEqual(['000030'])
      expect((await stocks.administrative()).map(({ ticker }) => ticker)).toEqual(['000040'])
      expect(await stocks.list()).toHaveLength(300)
      expect(await stocks.count()).toBe(300)
      await stocks.updateMarketCap('000010', 5)
      expect((await stocks.require('000010')).marketCap).toBe(5)
      await expect(stocks.updateMarketCap('999990', 5)).rejects.toMatchObject({
        code: 'E_STOCK_UNKNOWN',
      })
      await expect(stocks.require('999990')).rejects.toMatchObject({ code: 'E_STORE_NOT_FOUND' })
      expect((await stocks.flows('000020', 3)).map(({ date }) => date)).toEqual(DATES.slice(2))
    })

    it('pages through stocks, the largest first, each with its last price', async () => {
      const { quotes: stocks } = store.repositories
      seen = []
      const first = await stocks.page({ limit: 120 })
      expect(seen).toHaveLength(1)
      expect(first).toHaveLength(120)
      expect(first[0]).toMatchObject({
        ticker: '002990',
        marketCap: 299e9,
        date: '2025-03-02',
        close: 12_270,
        previousClose: 12_267,
        volume: 1358,
        tradingValue: null,
      })
      const all = [...first]
      for (let last = first.at(-1); last !== undefined; last = all.at(-1)) {
        const next = await stocks.page({ limit: 120, before: last })
        if (next.length === 0) break
        all.push(...next)
      }
      const tickers = all.map(({ ticker }) => ticker)
      expect(tickers).toEqual((await stocks.page()).map(({ ticker }) => ticker))
      expect(new Set(tickers).size).toBe(300)
      const caps = all.map(({ marketCap }) => marketCap ?? -1)
      expect(caps).toEqual(caps.toSorted((a, b) => b - a))
      const found = await stocks.page({ market: 'KOSPI', sector: '화학', search: '00007' })
      expect(found.map(({ ticker }) => ticker)).toEqual(['000070'])
      expect(await stocks.page({ market: 'KOSDAQ' })).toEqual([])
      expect((await stocks.page({ search: '삼성' }))[0]?.name).toBe('삼성전자')
    })

    it('reads prices of one stock or the newest of many', async () => {
      const { prices } = store.repositories
      const range = await prices.byDateRange('000010', '2025-01-03', '2025-01-05')
      expect(range.map(({ date, close }) => [date, close])).toEqual([
        ['2025-01-03', 10_010],
        ['2025-01-04', 10_013],
        ['2025-01-05', 10_016],
      ])
      expect((await prices.latest('000010', 2)).map(({ close }) => close)).toEqual([10_184, 10_181])
      seen = []
      expect(await prices.latestOf(['000010', '000020', 'none'])).toHaveLength(2)
      expect(seen).toHaveLength(1)
      expect(await prices.latestVolume('000010')).toBe(1060)
      await prices.updateRealtimeBar({
        ticker: 'LIVE',
        date: '2026-02-10',
        importId: 1,
        price: 100,
        volume: 10,
      })
      await prices.updateRealtimeBar({
        ticker: 'LIVE',
        date: '2026-02-10',
        importId: 1,
        price: 90,
        volume: 30,
      })
      expect((await prices.latest('LIVE'))[0]).toMatchObject({
        open: 100,
        high: 100,
        low: 90,
        close: 90,
        volume: 30,
      })
    })

    it('answers the hot questions from an index', async () => {
      const { signals, prices, stocks, news } = store.repositories
      expect(await planOf(() => signals.latest(20))).toContain('signals_newest')
      expect(await planOf(() => signals.top(20, { status: 'OPEN', strategyId: 'vcp' }))).toMatch(
        /signals_(best|one_open)/,
      )
      expect(await planOf(() => signals.find({ ticker: '000010' }))).toContain('signals_ticker')
      expect(await planOf(() => prices.latest('000010', 60))).toContain('daily_prices_pkey')
      expect(
        await planOf(() => prices.byDateRange('000010', '2025-01-01', '2025-02-01')),
      ).toContain('daily_prices_pkey')
      expect(await planOf(() => stocks.flows('000010'))).toContain('institutional_flows_pkey')
      expect(await planOf(() => news.byTicker('000010'))).toContain('news_newest')
      const page = await planOf(() =>
        store.repositories.signalLists.newest({
          limit: 20,
          before: { signalDate: '2026-02-10', id: 2, strategyId: 'vcp' },
        }),
      )
      expect(page).toContain('signals_newest')
      expect(page).toContain('daytrading_signals_newest')
      const listed = await planOf(() =>
        store.repositories.quotes.page({
          market: 'KOSPI',
          limit: 20,
          before: { ticker: '000500', marketCap: 50e9 },
        }),
      )
      expect(listed).toMatch(/stocks_largest_of_market/)
      expect(listed).toContain('daily_prices_pkey')
      expect(await planOf(() => store.repositories.quotes.page({ limit: 20 }))).toContain(
        'stocks_largest',
      )
      const { jobs } = store.repositories
      expect(await planOf(() => jobs.list({ limit: 20 }))).toContain('jobs_newest')
      expect(await planOf(() => jobs.list({ name: 'scan', limit: 20 }))).toContain('jobs_name')
      const replaced = barRows([['000010', '2025-01-02', 1, 1, 1, 1, 1]])
      expect((await store.write(batchOf({ bars: replaced }))).bars.updated).toBe(1)
    })
  })
}
