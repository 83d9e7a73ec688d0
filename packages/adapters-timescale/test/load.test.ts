import { createSeries, tradeDate } from '@ralph-stock/core'
import { expect, it } from 'vitest'
import {
  BARS,
  type BarTuple,
  barRows,
  batchOf,
  day,
  flowRows,
  indexRows,
  manyBars,
  stockOf,
} from './support/batches.js'
import { codeOf, seriesOf, suiteOnEngines } from './support/suite.js'

await suiteOnEngines('loading', (given) => {
  it('gives back what was written, as the rows themselves would', async () => {
    const flows = flowRows([
      ['000010', '2026-02-10', 5e9, Number.NaN, Number.NaN, 30],
      ['000010', '2026-02-12', Number.NaN, Number.NaN, Number.NaN, Number.NaN],
    ])
    const report = await given.store.write(
      batchOf({ stocks: [stockOf('000010'), stockOf('000020')], bars: barRows(BARS), flows }),
    )
    expect(report.bars).toEqual({ inserted: 6, updated: 0, unchanged: 0 })
    expect(report.flows.inserted).toBe(2)
    const market = await given.store.load()
    const rows = BARS.filter(([ticker]) => ticker === '000010')
    const expected = createSeries({
      ticker: '000010',
      bars: rows.map(([, date, open, high, low, close, volume]) => {
        return { date, open, high, low, close, volume }
      }),
      flows: [{ date: '2026-02-10', foreignNetValue: 5e9, institutionNetVolume: 30 }],
    })
    expect(seriesOf(market, '000010')).toEqual(expected)
    expect(seriesOf(market, '000020').columns['flows.foreign']).toBeUndefined()
  })

  it('loads nothing later than asked, each stock with its own last bars', async () => {
    await given.store.write(
      batchOf({
        bars: barRows(BARS),
        flows: flowRows([['000010', '2026-02-12', 1, 1, 1, 1]]),
        indexes: indexRows([
          ['KOSPI', '2026-02-10', 1, 1, 1, 1, 1],
          ['KOSPI', '2026-02-12', 1, 1, 1, 1, 1],
        ]),
      }),
    )
    const early = await given.store.load({ through: tradeDate('2026-02-10') })
    expect([...seriesOf(early, '000010').days]).toEqual([day('2026-02-09'), day('2026-02-10')])
    expect(early.indexes?.['KOSPI']?.length).toBe(1)
    const one = await given.store.load({ bars: 1 })
    expect([...seriesOf(one, '000010').days]).toEqual([day('2026-02-12')])
    expect([...seriesOf(one, '000010').halts]).toEqual([])
    expect(seriesOf(one, '000010').columns['flows.foreign']?.[0]).toBe(1)
    const two = await given.store.load({ bars: 2, tickers: ['000010'] })
    expect(two.stocks).toHaveLength(1)
    expect([...seriesOf(two, '000010').days]).toEqual([day('2026-02-10'), day('2026-02-12')])
    expect([...seriesOf(two, '000010').halts]).toEqual([day('2026-02-11')])
    expect((await given.store.load({ tickers: [] })).stocks).toEqual([])
    expect(await codeOf(given.store.load({ bars: 0 }))).toBe('E_PARAM_RANGE')
  })

  it('finds the last bars of stocks that traded seldom, long ago or since lately', async () => {
    const { store } = given
    const steady = manyBars(1, 40, '2026-01-01')
    const others: BarTuple[] = [
      ['000020', '2025-06-02', 10, 11, 9, 10, 5],
      ['000020', '2026-02-09', 10, 11, 9, 11, 5],
      ['000030', '2025-06-02', 10, 11, 9, 10, 5],
      ['000040', '2026-02-09', 10, 11, 9, 10, 5],
    ]
    await store.write(batchOf({ stocks: [stockOf('000000')], bars: steady }))
    await store.write(
      batchOf({ bars: barRows(others), flows: flowRows([['000020', '2025-06-02', 7, 1, 1, 1]]) }),
    )
    const market = await store.load({ bars: 2 })
    expect(market.stocks.map(({ stock, series }) => [stock.ticker, series.length])).toEqual([
      ['000000', 2],
      ['000020', 2],
      ['000030', 1],
      ['000040', 1],
    ])
    expect(seriesOf(market, '000020').columns['flows.foreign']?.[0]).toBe(7)
    expect(seriesOf(market, '000000').days[1]).toBe(day('2026-02-09'))
  })

  it('finds enough bars behind many wrong rows', async () => {
    const wrong = Array.from(
      { length: 9 },
      (_, k): BarTuple => ['000010', `2026-03-0${k + 1}`, 10, 1, 50, 10, 5],
    )
    await given.store.write(batchOf({ bars: barRows([...BARS, ...wrong]) }))
    expect(seriesOf(await given.store.load({ bars: 2 }), '000010').length).toBe(2)
  })

  it('sorts days that came late', async () => {
    const [a, b, ...rest] = BARS
    await given.store.write(batchOf({ bars: barRows([b as BarTuple]) }))
    await given.store.write(batchOf({ bars: barRows([...rest, a as BarTuple]) }))
    expect([...seriesOf(await given.store.load(), '000010').days]).toEqual(
      ['2026-02-09', '2026-02-10', '2026-02-12'].map(day),
    )
  })

  it('reads the list in force, and knows a stock that is no longer listed', async () => {
    const list = (date: string, ...tickers: string[]) =>
      batchOf({
        listDay: day(date),
        stocks: tickers.map((ticker) => stockOf(ticker, { department: date })),
      })
    await given.store.write(batchOf({ bars: barRows(BARS) }))
    expect((await given.store.load()).universeDay).toBeNull()
    await given.store.write(list('2026-02-11', '000020', '000030'))
    await given.store.write(list('2026-02-09', '000010', '000020'))
    const late = await given.store.load()
    expect(late.universeDay).toBe(day('2026-02-11'))
    expect(late.stocks.map(({ stock }) => [stock.ticker, stock.department])).toEqual([
      ['000010', '2026-02-09'],
      ['000020', '2026-02-11'],
      ['000030', '2026-02-11'],
    ])
    const early = await given.store.load({ through: tradeDate('2026-02-10') })
    expect(early.universeDay).toBe(day('2026-02-09'))
    expect(early.stocks.map(({ stock }) => stock.ticker)).toEqual(['000010', '000020'])
    const before = await given.store.load({ through: tradeDate('2026-01-02') })
    expect(before.universeDay).toBe(day('2026-02-11'))
    expect((await given.store.repositories.stocks.get('000020'))?.department).toBe('2026-02-11')
  })

  it('keeps a bar whose price is missing and never calls it a bar', async () => {
    await given.store.write(
      batchOf({ bars: barRows([['000010', '2026-02-10', Number.NaN, 1, 1, 1, 1]]) }),
    )
    const series = seriesOf(await given.store.load(), '000010')
    expect(series.length).toBe(0)
    expect(series.issues).toEqual([{ date: '2026-02-10', kind: 'inconsistent' }])
  })
})
