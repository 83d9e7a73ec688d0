import { type RalphError, type SignalCursor, tradeDate } from '@ralph-stock/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../src/index.js'
import { cardOf } from './support/batches.js'
import { fillStore } from './support/filled-store.js'
import { type TestPlace, testEngines } from './support/stores.js'

for (const engine of await testEngines()) {
  describe(`the repositories of signals on ${engine.name}`, () => {
    let place: TestPlace
    let store: Store
    let statements = 0

    beforeAll(async () => {
      place = await engine.place()
      store = await place.open(() => {
        statements++
      })
      await fillStore(store)
    })
    afterAll(async () => {
      await store.close()
      await place.remove()
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
      statements = 0
      const all = await signalLists.newest()
      expect(statements).toBe(1)
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
  })
}

function keyOf(row: {
  readonly id: number
  readonly strategy_id: string
  readonly signal_date: string
}): SignalCursor {
  return { id: row.id, strategyId: row.strategy_id, signalDate: row.signal_date }
}
