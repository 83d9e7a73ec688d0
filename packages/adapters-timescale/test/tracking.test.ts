import { bars, criterion, defineStrategy, epochMsOfKst, tradeDate } from '@ralph-stock/core'
import { trackSignals } from '@ralph-stock/engine'
import { expect, it } from 'vitest'
import { type BarTuple, barRows, batchOf, cardOf, indexRows } from './support/batches.js'
import { suiteOnEngines } from './support/suite.js'

const strategyOf = (id: string, fill: 'close' | 'next-open', holdingBars: number) =>
  defineStrategy({
    id,
    version: '1.0.0',
    maxScore: 100,
    lookback: 1,
    criteria: [
      criterion({
        id: `${id}.any`,
        maxPoints: 100,
        label: { ko: '아무거나', en: 'Anything' },
        inputs: { close: bars.close },
        score: () => 100,
      }),
    ],
    grades: { A: 60 },
    plan: {
      targetPercent: 115,
      stopPercent: 95,
      positionPercent: 10,
      capital: 10_000_000,
      fill,
      holdingBars,
    },
  })
const strategies = [strategyOf('vcp', 'close', 5), strategyOf('daytrade', 'next-open', 1)]
const fills = { daytrade: 'next-open' } as const
const now = epochMsOfKst(tradeDate('2026-02-12'), '16:00')

await suiteOnEngines('signals followed in a store', (given) => {
  it('are entered and closed by its bars, with one load however many there are', async () => {
    const run = async (stocks: number): Promise<number> => {
      const tickers = Array.from({ length: stocks }, (_, n) => `${stocks}${n}`.padStart(6, '0'))
      const rows = tickers.flatMap((ticker): BarTuple[] => [
        [ticker, '2026-02-10', 10_000, 10_100, 9_900, 10_000, 10],
        [ticker, '2026-02-11', 10_100, 10_200, 9_900, 10_050, 10],
        [ticker, '2026-02-12', 10_100, 11_700, 10_000, 11_000, 10],
      ])
      const indexes = indexRows(rows.slice(0, 3).map(([, date]) => ['KOSPI', date, 1, 1, 1, 1, 1]))
      await given.store.write(batchOf({ bars: barRows(rows), indexes }))
      const asOf = tradeDate('2026-02-10')
      const cards = tickers.flatMap((ticker) => [
        cardOf(ticker),
        cardOf(ticker, { strategyId: 'daytrade' }),
      ])
      await given.store.saveScan({ asOf, strategies: ['vcp'], eligible: stocks, cards, fills })
      given.statements.length = 0
      const report = await trackSignals({
        store: given.store,
        signals: given.store,
        strategies,
        now,
      })
      expect(report).toMatchObject({ through: '2026-02-12', open: 0, untracked: [] })
      expect(report.entered).toHaveLength(stocks)
      expect(report.closed).toHaveLength(2 * stocks)
      const changes = report.entered.length + report.closed.length
      return given.statements.length - changes
    }
    const one = await run(1)
    expect(await run(30)).toBe(one)

    const [vcp] = await given.store.findSignals({ strategyId: 'vcp', limit: 1 })
    expect(vcp).toMatchObject({
      entry: { date: '2026-02-10', price: 10_000 },
      exit: { exitDate: '2026-02-12', exitPrice: 11_500, reason: 'target' },
    })
    const [daytrade] = await given.store.findSignals({ strategyId: 'daytrade', limit: 1 })
    expect(daytrade).toMatchObject({
      entry: { date: '2026-02-11', price: 10_100 },
      exit: { exitDate: '2026-02-11', exitPrice: 10_050, reason: 'expired' },
    })
    // 10,050 less 0.215 % of costs, for 10,100 and 0.015 %; the mean of equal returns is each.
    const { avgReturn } = await given.store.repositories.performance.signalPerformance({
      strategyId: 'daytrade',
    })
    expect(avgReturn).toBeCloseTo((10_050 * 0.99785) / (10_100 * 1.00015) - 1, 12)

    const rest = { store: given.store, signals: given.store, strategies, now }
    expect(await trackSignals(rest)).toMatchObject({ entered: [], closed: [], open: 0 })
  })
})
