import {
  type BarStore,
  createMarket,
  type Market,
  type MarketBatch,
  tradeDate,
} from '@ralph-stock/core'
import { barRows, batchOf, dayOf, flowRows, indexRows, listing, type PriceRow } from './batch.js'
import { type ContractCheck, ensure, ensureEqual } from './check.js'

const ROWS: readonly PriceRow[] = [
  ['000100', '2026-02-05', 1000, 1050, 990, 1010, 500],
  ['000100', '2026-02-06', 1010, 1010, 1010, 1010, 0],
  ['000100', '2026-02-09', 1010, 1100, 1000, 1090, 700],
  ['000100', '2026-02-10', 1090, 1120, 1080, 1100, 900],
  ['0126Z0', '2026-02-09', 50_000, 51_000, 49_500, 50_500, 33],
  ['0126Z0', '2026-02-10', 50_500, 52_000, 50_000, 51_500, 44],
]

/**
 * What every `BarStore` does, as checks for any test runner. Each opens a store of its own.
 *
 * @param open makes an empty store; the check closes it
 * @example for (const { name, run } of testBarStore(openMine)) it(name, run)
 */
export function testBarStore(open: () => Promise<BarStore>): readonly ContractCheck[] {
  const check = (name: string, body: (store: BarStore) => Promise<void>): ContractCheck => ({
    name,
    run: async () => {
      const store = await open()
      try {
        await body(store)
      } finally {
        await store.close()
      }
    },
  })
  return [
    check('is empty at first', async (store) => {
      const { stocks, bars, firstDate, lastDate } = await store.summary()
      ensureEqual([stocks, bars, firstDate, lastDate], [0, 0, null, null], 'the summary')
      ensureEqual((await load(store)).members.length, 0, 'the number of stocks')
    }),
    check('gives back what was written, halts apart from bars', async (store) => {
      const report = await store.write(firstBatch())
      ensureEqual(report.bars, { inserted: 6, updated: 0, unchanged: 0 }, 'the report of bars')
      const market = await load(store)
      const { series, stock } = memberOf(market, '000100')
      ensureEqual(stock.name, '종목 000100', 'the name')
      ensureEqual(stock.sector, '반도체 제조업', 'the sector')
      ensureEqual([...series.days], ['2026-02-05', '2026-02-09', '2026-02-10'].map(dayOf), 'days')
      ensureEqual([...series.halts], [dayOf('2026-02-06')], 'halts')
      ensureEqual(valuesOf(market, '000100', 'bars.close'), [1010, 1090, 1100], 'closes')
      ensureEqual(valuesOf(market, '000100', 'bars.volume'), [500, 700, 900], 'volumes')
      ensureEqual(valuesOf(market, '0126Z0', 'bars.high'), [51_000, 52_000], 'highs')
    }),
    check('lays flows beside the bars, missing where there are none', async (store) => {
      await store.write(firstBatch())
      const market = await load(store)
      ensureEqual(valuesOf(market, '000100', 'flows.foreign'), [null, 5e9, -7], 'foreign flows')
      ensureEqual(valuesOf(market, '000100', 'flows.institution'), [null, null, 8], 'institutions')
    }),
    check('keeps indexes apart from stocks', async (store) => {
      await store.write(firstBatch())
      const { indexes, members } = await load(store)
      const closes = indexes['KOSPI']?.columns['bars.close']
      ensureEqual([...(closes ?? [])], [2500.5, 2510.25], 'closes of KOSPI')
      ensureEqual(members.length, 2, 'the number of stocks')
    }),
    check('changes nothing when the same batch comes again', async (store) => {
      await store.write(firstBatch())
      const before = await store.summary()
      const again = await store.write(firstBatch())
      ensureEqual(
        again.bars,
        { inserted: 0, updated: 0, unchanged: 6 },
        'the second report of bars',
      )
      ensureEqual(again.flows.inserted + again.flows.updated, 0, 'flows changed')
      ensureEqual(again.indexes.inserted + again.indexes.updated, 0, 'index rows changed')
      ensureEqual(await store.summary(), before, 'the summary')
    }),
    check('corrects rows that are there, and doubles none', async (store) => {
      await store.write(firstBatch())
      const row: PriceRow = ['000100', '2026-02-10', 1090, 1130, 1080, 1125, 950]
      const more: PriceRow = ['000100', '2026-02-11', 1125, 1130, 1120, 1121, 10]
      const report = await store.write(batchOf({ bars: barRows([more, row]) }))
      ensureEqual(report.bars, { inserted: 1, updated: 1, unchanged: 0 }, 'the report of bars')
      const closes = valuesOf(await load(store), '000100', 'bars.close')
      ensureEqual(closes, [1010, 1090, 1125, 1121], 'closes')
    }),
    check('hides what came after a date', async (store) => {
      await store.write(firstBatch())
      const market = createMarket(await store.load({ through: tradeDate('2026-02-09') }))
      ensureEqual(valuesOf(market, '000100', 'bars.close'), [1010, 1090], 'closes')
      ensureEqual(valuesOf(market, '000100', 'flows.foreign'), [null, 5e9], 'flows')
      ensureEqual(market.indexes['KOSPI']?.length, 1, 'bars of KOSPI')
    }),
    check("loads each stock's own last traded bars", async (store) => {
      await store.write(firstBatch())
      const market = createMarket(await store.load({ bars: 2 }))
      ensureEqual(valuesOf(market, '000100', 'bars.close'), [1090, 1100], 'closes')
      ensureEqual(valuesOf(market, '0126Z0', 'bars.close'), [50_500, 51_500], 'closes')
    }),
    check('loads the asked stocks alone', async (store) => {
      await store.write(firstBatch())
      const { stocks } = await store.load({ tickers: ['0126Z0', '999990'] })
      ensureEqual(
        stocks.map(({ stock }) => stock.ticker),
        ['0126Z0'],
        'the tickers',
      )
    }),
    check('keeps a day for one batch or many', async (store) => {
      const { bars, ...rest } = firstBatch()
      await store.write({ ...rest, bars: null })
      for (const row of ROWS) await store.write(batchOf({ bars: barRows([row]) }))
      ensureEqual(valuesOf(await load(store), '000100', 'bars.close'), [1010, 1090, 1100], 'closes')
      ensure(bars !== null, 'the batch has bars')
    }),
    check('reads what was known at an instant', async (store) => {
      const [first, corrected] = [Date.UTC(2026, 1, 10, 9), Date.UTC(2026, 1, 11, 9)]
      await store.write(firstBatch())
      const rows: PriceRow[] = [
        ['000100', '2026-02-10', 1090, 1130, 1080, 1125, 950],
        ['000100', '2026-02-11', 1125, 1130, 1120, 1121, 10],
      ]
      await store.write(batchOf({ knownAt: corrected, bars: barRows(rows) }))
      const closesAt = async (knownAt: number): Promise<number[]> =>
        valuesOf(createMarket(await store.load({ knownAt })), '000100', 'bars.close')
      ensureEqual(await closesAt(first), [1010, 1090, 1100], 'closes before the correction')
      ensureEqual(await closesAt(corrected), [1010, 1090, 1125, 1121], 'closes after it')
      ensureEqual(await closesAt(first - 1), [], 'closes before anything was known')
    }),
    check('lets an older fact change nothing but the past', async (store) => {
      const [earlier, now] = [Date.UTC(2026, 1, 10, 8), Date.UTC(2026, 1, 10, 9)]
      await store.write(firstBatch())
      const row: PriceRow = ['000100', '2026-02-10', 1090, 1130, 1080, 1095, 850]
      const { bars } = await store.write(batchOf({ knownAt: earlier, bars: barRows([row]) }))
      ensureEqual(bars, { inserted: 0, updated: 0, unchanged: 1 }, 'the report of the older row')
      const closes = valuesOf(await load(store), '000100', 'bars.close')
      ensureEqual(closes, [1010, 1090, 1100], 'closes')
      const past = createMarket(await store.load({ knownAt: now - 1 }))
      ensureEqual(valuesOf(past, '000100', 'bars.close'), [1095], 'closes of the past')
    }),
    check('says what it holds', async (store) => {
      await store.write(firstBatch())
      const summary = await store.summary()
      ensureEqual([summary.stocks, summary.flows, summary.indexBars], [2, 2, 2], 'the counts')
      const dates = [summary.firstDate, summary.lastDate]
      ensureEqual(dates, ['2026-02-05', '2026-02-10'], 'the dates')
      ensureEqual(summary.sources, ['contract'], 'the sources')
    }),
  ]
}

function firstBatch(): MarketBatch {
  return batchOf({
    stocks: [listing('000100'), listing('0126Z0', { market: 'KOSDAQ', sector: null })],
    listDay: dayOf('2026-02-10'),
    bars: barRows(ROWS),
    flows: flowRows([
      ['000100', '2026-02-09', 5e9, Number.NaN],
      ['000100', '2026-02-10', -7, 8],
    ]),
    indexes: indexRows([
      ['KOSPI', '2026-02-09', 2500.5],
      ['KOSPI', '2026-02-10', 2510.25],
    ]),
  })
}

async function load(store: BarStore): Promise<Market> {
  return createMarket(await store.load())
}

function memberOf(market: Market, ticker: string): Market['members'][number] {
  const member = market.member(ticker)
  ensure(member !== undefined, `the store must hold ${ticker}; found none`)
  return member
}

function valuesOf(market: Market, ticker: string, name: string): number[] {
  const values = memberOf(market, ticker).series.columns[name]
  ensure(values !== undefined, `${ticker} must have ${name}; found none`)
  return [...values]
}
