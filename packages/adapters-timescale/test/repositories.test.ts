import { type RalphError, type SignalCursor, tradeDate } from '@ralph-stock/core'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../src/index.js'
import type { Connection } from '../src/repositories/repository.js'
import {
  barRows,
  batchOf,
  cardOf,
  day,
  flowRows,
  indexRows,
  manyBars,
  stockOf,
} from './support/batches.js'
import { type TestPlace, testEngines } from './support/stores.js'

const DATES = ['2026-02-04', '2026-02-05', '2026-02-06', '2026-02-09', '2026-02-10']

for (const engine of await testEngines()) {
  describe(`the repositories on ${engine.name}`, () => {
    let place: TestPlace
    let store: Store
    let seen: Array<{ text: string; parameters: readonly unknown[] }> = []

    beforeAll(async () => {
      place = await engine.place()
      store = await place.open((text, parameters) => seen.push({ text, parameters }))
      const bars = manyBars(300, 60)
      const stocks = bars.tickers.map((ticker, n) =>
        stockOf(ticker, {
          name: n === 7 ? '삼성전자' : `종목 ${ticker}`,
          sector: n % 2 === 0 ? '반도체' : '화학',
          marketCap: n * 1e9,
          kind: n === 3 ? 'etf' : null,
          department: n === 4 ? '관리종목(소속부없음)' : null,
        }),
      )
      const flows = flowRows([
        ...DATES.map((date) => ['000010', date, 5, 5, Number.NaN, Number.NaN] as const),
        ...DATES.map((date, k) => ['000020', date, k === 2 ? -1 : 9, 5, 1, 1] as const),
      ])
      const indexes = indexRows(DATES.map((date) => ['KOSPI', date, 1, 1, 1, 1, 1] as const))
      await store.write(batchOf({ stocks, listDay: day('2026-02-10'), bars, flows, indexes }))
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

    it('keeps one open signal per stock and strategy, and a scan adds nothing twice', async () => {
      const { signals, vcpSignals, daytradingSignals, scans } = store.repositories
      const cards = ['000010', '000020'].map((ticker, k) => cardOf(ticker, { score: 60 + k }))
      const scan = { asOf: tradeDate('2026-02-10'), strategies: ['vcp'], eligible: 300, cards }
      expect(await store.saveScan(scan)).toMatchObject({ added: 2, corrected: 0, kept: 0 })
      expect(await store.saveScan(scan)).toMatchObject({ added: 0, corrected: 0, kept: 2 })
      const better = { ...scan, cards: [cardOf('000010', { score: 80 })] }
      expect(await store.saveScan(better)).toMatchObject({ added: 0, corrected: 1, kept: 0 })
      const next = {
        ...scan,
        asOf: tradeDate('2026-02-11'),
        cards: [
          cardOf('000010', { asOf: tradeDate('2026-02-11') }),
          cardOf('000030', { strategyId: 'daytrade' }),
        ],
      }
      expect(await store.saveScan(next)).toMatchObject({ added: 1, kept: 1 })
      expect(await daytradingSignals.count()).toBe(1)
      expect((await scans.latest())[0]).toMatchObject({ asOf: '2026-02-11', found: 2 })

      const open = await signals.find({ status: 'OPEN' })
      expect(open.map(({ ticker }) => ticker).sort()).toEqual(['000010', '000020'])
      expect((await vcpSignals.active())[0]).toMatchObject({ ticker: '000010', score: 80 })
      expect(await vcpSignals.countActive()).toBe(2)
      expect((await signals.doubleBuy()).map(({ ticker }) => ticker)).toEqual(['000010'])
      expect(await signals.summaryByDate('2026-02-10')).toEqual([
        { strategyId: 'vcp', grade: 'A', signals: 2 },
      ])
      const [first] = await signals.latest(1, { ticker: '000010' })
      expect(first).toMatchObject({ sector: '화학', card: { score: 80, plan: { entry: 10_000 } } })

      const exit = {
        exitDate: '2026-02-12',
        exitPrice: 11_500,
        reason: 'target',
        returnRate: 0.148,
        at: null,
      }
      const id = first?.id ?? 0
      expect(await signals.close(id, exit)).toMatchObject({ status: 'CLOSED', exitPrice: 11_500 })
      const again = await signals.close(id, exit).catch((error: RalphError) => error.code)
      expect(again).toBe('E_STORE_NOT_FOUND')
      // The date has its signal, closed; a later date may open another.
      expect(await store.saveScan(better)).toMatchObject({ added: 0, kept: 1 })
      expect(await store.saveScan(next)).toMatchObject({ added: 1 })
    })

    it('writes all signals of a scan or none', async () => {
      const before = [
        await store.repositories.signals.count(),
        await store.repositories.scans.count(),
      ]
      const broken = cardOf('000050', { score: null as unknown as number })
      const scan = {
        asOf: tradeDate('2026-02-10'),
        strategies: ['vcp'],
        eligible: 1,
        cards: [cardOf('000040'), broken],
      }
      await expect(store.saveScan(scan)).rejects.toMatchObject({ code: 'E_STORE_QUERY' })
      expect([
        await store.repositories.signals.count(),
        await store.repositories.scans.count(),
      ]).toEqual(before)
    })

    it('counts a return on the date of its exit', async () => {
      const { performance, signals } = store.repositories
      const [open] = await signals.find({ status: 'OPEN', ticker: '000020' })
      await signals.close(open?.id ?? 0, {
        exitDate: '2026-02-09',
        exitPrice: 9500,
        reason: 'stop',
        returnRate: -0.05,
        at: null,
      })
      const course = await performance.cumulativeReturn()
      expect(course.map(({ date }) => date)).toEqual(['2026-02-09', '2026-02-10', '2026-02-12'])
      expect(course.map(({ dailyReturn }) => dailyReturn)).toEqual([-0.05, 0, 0.148])
      expect(course.at(-1)?.cumulativeReturn).toBeCloseTo(0.95 * 1.148 - 1, 12)
      expect(await performance.signalPerformance({ strategyId: 'vcp' })).toEqual({
        totalSignals: 3,
        closedSignals: 2,
        winRate: 0.5,
        avgReturn: expect.closeTo(0.049, 12),
        bestReturn: 0.148,
        worstReturn: -0.05,
      })
      const period = await performance.byPeriod({ from: '2026-02-01', to: '2026-02-28' })
      expect(period.maxDrawdown).toBeCloseTo(-0.05, 12)
      expect(period.sharpeRatio).toBeGreaterThan(0)
      expect((await performance.topPerformers(1))[0]).toMatchObject({
        ticker: '000010',
        returnRate: 0.148,
      })
      // A signal that was never entered was no position.
      const [waiting] = await signals.find({ status: 'OPEN' })
      await store.closeSignal(waiting ?? { id: 0, strategyId: '' }, {
        exitDate: '2026-02-13',
        exitPrice: null,
        reason: 'unfilled',
        returnRate: null,
        at: null,
      })
      expect(await performance.signalPerformance({ strategyId: 'vcp' })).toMatchObject({
        totalSignals: 2,
        closedSignals: 2,
        winRate: 0.5,
      })
      const [daytrade] = await store.findSignals({ strategyId: 'daytrade' })
      await store.closeSignal(daytrade ?? { id: 0, strategyId: '' }, {
        exitDate: '2026-02-11',
        exitPrice: 10_500,
        reason: 'target',
        returnRate: 0.047,
        at: Date.UTC(2026, 1, 11, 3),
      })
      expect(await performance.signalPerformance({ strategyId: 'daytrade' })).toMatchObject({
        totalSignals: 1,
        bestReturn: 0.047,
      })
      expect(await performance.signalPerformance()).toMatchObject({ closedSignals: 3 })
      const both = await performance.cumulativeReturn({ from: '2026-02-10' })
      expect(both.map(({ date, dailyReturn }) => [date, dailyReturn])).toEqual([
        ['2026-02-11', 0.047],
        ['2026-02-12', 0.148],
      ])
      const none = await performance.signalPerformance({ strategyId: 'none' })
      expect(none).toMatchObject({ totalSignals: 0, winRate: null, avgReturn: null })
      expect(await performance.sharpeRatio({ strategyId: 'none' })).toBeNull()
    })

    it('lists signals of every strategy with their stocks, page by page', async () => {
      const { signalLists } = store.repositories
      seen = []
      const all = await signalLists.newest()
      expect(seen).toHaveLength(1)
      expect(all).toHaveLength(4)
      expect(all.map(({ signal_date }) => signal_date)).toEqual([
        '2026-02-11',
        '2026-02-10',
        '2026-02-10',
        '2026-02-10',
      ])
      const paged = []
      for (let page = await signalLists.newest({ limit: 1 }); page[0] !== undefined; ) {
        paged.push(page[0])
        page = await signalLists.newest({ limit: 1, before: keyOf(page[0]) })
      }
      expect(paged).toEqual(all)
      for (const strategyId of ['vcp', 'daytrade', undefined]) {
        const best = await signalLists.best(strategyId === undefined ? {} : { strategyId })
        const scores = best.map(({ score }) => score)
        expect(scores).toEqual(scores.toSorted((a, b) => b - a))
      }
      expect((await signalLists.newest({ strategyId: 'daytrade' }))[0]).toMatchObject({
        ticker: '000030',
        sector: '화학',
        entry_date: '2026-02-10',
        entry_price: 10_000,
        exit_time: '2026-02-11T03:00:00Z',
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

function keyOf(row: {
  readonly id: number
  readonly strategy_id: string
  readonly signal_date: string
}): SignalCursor {
  return { id: row.id, strategyId: row.strategy_id, signalDate: row.signal_date }
}
