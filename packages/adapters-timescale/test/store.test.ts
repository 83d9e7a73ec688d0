import {
  createSeries,
  type MarketInput,
  type RalphError,
  type Series,
  tradeDate,
} from '@ralph-stock/core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../src/index.js'
import {
  type BarTuple,
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

const NaN_ = Number.NaN

const BARS: readonly BarTuple[] = [
  ['000010', '2026-02-09', 100, 110, 90, 105, 1000],
  ['000010', '2026-02-10', 105, 120, 104, 118, 2000],
  ['000010', '2026-02-11', 0, 0, 0, 118, 0],
  ['000010', '2026-02-12', 118, 117, 110, 112, 500],
  ['000010', '2026-02-13', 112, 90, 80, 111, 500],
  ['000020', '2026-02-10', 5000, 5100, 4900, 5050, 10],
]

function seriesOf(market: MarketInput, ticker: string): Series {
  const found = market.stocks.find(({ stock }) => stock.ticker === ticker)
  if (found === undefined) throw new Error(`no ${ticker}`)
  return found.series
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: RalphError) => error.code,
  )
}

for (const engine of await testEngines()) {
  describe(`a store on ${engine.name}`, () => {
    let place: TestPlace
    let store: Store
    const statements: string[] = []

    beforeAll(async () => {
      place = await engine.place()
      store = await place.open((statement) => statements.push(statement))
    })
    afterAll(async () => {
      await store.close()
      await place.remove()
    })
    // Down and up again leaves empty tables, and shows that every step can be taken back.
    beforeEach(async () => {
      while ((await store.migrations.down()) !== null);
      await store.migrations.up()
      statements.length = 0
    })

    it('gives back what was written, as the rows themselves would', async () => {
      const flows = flowRows([
        ['000010', '2026-02-10', 5e9, NaN_, NaN_, 30],
        ['000010', '2026-02-12', NaN_, NaN_, NaN_, NaN_],
      ])
      const report = await store.write(
        batchOf({ stocks: [stockOf('000010'), stockOf('000020')], bars: barRows(BARS), flows }),
      )
      expect(report.bars).toEqual({ inserted: 6, updated: 0, unchanged: 0 })
      expect(report.flows.inserted).toBe(2)
      const market = await store.load()
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

    it('changes nothing when the same batch comes again', async () => {
      const batch = batchOf({
        stocks: [stockOf('000010')],
        listDay: day('2026-02-10'),
        bars: barRows(BARS),
        flows: flowRows([['000010', '2026-02-10', 1, 2, 3, 4]]),
        indexes: indexRows([['KOSPI', '2026-02-10', 2500.5, 2520, 2490, 2510.25, 4e8]]),
      })
      await store.write(batch)
      const again = await store.write(batch)
      for (const count of Object.values(again)) {
        expect(count).toMatchObject({ inserted: 0, updated: 0 })
      }
      expect(again.bars.unchanged).toBe(6)
      expect((await store.summary()).bars).toBe(6)
    })

    it('lets a batch take the place of another source, and leaves the rest', async () => {
      const invented = [stockOf('D00010'), stockOf('000020')]
      await store.write(
        batchOf({
          source: 'invented',
          stocks: invented,
          listDay: day('2026-02-09'),
          bars: barRows([['D00010', '2026-02-09', 10, 11, 9, 10, 5]]),
          indexes: indexRows([['KOSPI', '2026-02-09', 1, 2, 1, 2, 3]]),
        }),
      )
      await store.write(
        batchOf({
          source: 'real',
          replaces: ['invented'],
          stocks: [stockOf('000010')],
          listDay: day('2026-02-10'),
          bars: barRows(BARS),
        }),
      )
      const summary = await store.summary()
      expect(summary).toMatchObject({ stocks: 1, bars: 6, indexBars: 0, sources: ['real'] })
      const { stocks, universeDay } = await store.load({ through: tradeDate('2026-02-10') })
      expect(stocks.map(({ stock }) => stock.ticker)).toEqual(['000010', '000020'])
      expect(universeDay).toBe(day('2026-02-10'))
    })

    it('corrects a row, never doubles it, and still knows what it was', async () => {
      await store.write(batchOf({ source: 'first', bars: barRows(BARS), knownAt: 1000 }))
      const corrected = BARS.map(
        (row, k): BarTuple =>
          k === 1 ? ([...row.slice(0, 5), 119, 2000] as unknown as BarTuple) : row,
      )
      const report = await store.write(
        batchOf({
          source: 'second',
          bars: barRows([...corrected, ['000020', '2026-02-11', 1, 1, 1, 1, 1]]),
          knownAt: 2000,
        }),
      )
      expect(report.bars).toEqual({ inserted: 1, updated: 1, unchanged: 5 })
      const { prices } = store.repositories
      expect((await prices.byDateRange('000010', '2026-02-10', '2026-02-10'))[0]?.close).toBe(119)
      const before = await prices.asKnownAt('000010', '2026-02-10', new Date(1500))
      expect(before).toMatchObject({ close: 118, source: 'first', knownAt: new Date(1000) })
      const after = await prices.asKnownAt('000010', '2026-02-10', new Date(2500))
      expect(after).toMatchObject({ close: 119, source: 'second' })
      expect(await prices.asKnownAt('000010', '2026-02-10', new Date(500))).toBeNull()
    })

    it('does not touch rows that came again unchanged', async () => {
      await store.write(batchOf({ bars: barRows(BARS), source: 'first' }))
      await store.write(batchOf({ bars: barRows(BARS), source: 'second' }))
      expect((await store.summary()).sources).toEqual(['first'])
    })

    it('keeps what an import without a column does not know', async () => {
      const values = Float64Array.of(1, 2, 3, 4, 5, 6)
      await store.write(batchOf({ bars: barRows(BARS, { tradedValue: values, rawClose: values }) }))
      const again = await store.write(batchOf({ bars: barRows(BARS) }))
      expect(again.bars.updated).toBe(0)
      const series = seriesOf(await store.load(), '000010')
      expect([...(series.columns['bars.tradedValue'] ?? [])]).toEqual([1, 2, 4])
      expect([...(series.columns['bars.rawClose'] ?? [])]).toEqual([1, 2, 4])
    })

    it('lets a final flow replace an estimate and never the reverse', async () => {
      const estimate = flowRows([['000010', '2026-02-10', 1, 1, NaN_, NaN_]], Uint8Array.of(1))
      const final = flowRows([['000010', '2026-02-10', 7, NaN_, NaN_, NaN_]])
      const bars = barRows(BARS)
      await store.write(batchOf({ bars, flows: estimate }))
      expect(seriesOf(await store.load(), '000010').provisionalFlows?.[1]).toBe(1)
      expect((await store.write(batchOf({ flows: final }))).flows.updated).toBe(1)
      expect((await store.write(batchOf({ flows: estimate }))).flows.unchanged).toBe(1)
      const series = seriesOf(await store.load(), '000010')
      expect(series.provisionalFlows).toBeNull()
      expect(series.columns['flows.foreign']?.[1]).toBe(7)
      expect(series.columns['flows.institution']?.[1]).toBeNaN()
    })

    it('loads nothing later than asked, each stock with its own last bars', async () => {
      await store.write(
        batchOf({
          bars: barRows(BARS),
          flows: flowRows([['000010', '2026-02-12', 1, 1, 1, 1]]),
          indexes: indexRows([
            ['KOSPI', '2026-02-10', 1, 1, 1, 1, 1],
            ['KOSPI', '2026-02-12', 1, 1, 1, 1, 1],
          ]),
        }),
      )
      const early = await store.load({ through: tradeDate('2026-02-10') })
      expect([...seriesOf(early, '000010').days]).toEqual([day('2026-02-09'), day('2026-02-10')])
      expect(early.indexes?.['KOSPI']?.length).toBe(1)
      const one = await store.load({ bars: 1 })
      expect([...seriesOf(one, '000010').days]).toEqual([day('2026-02-12')])
      expect([...seriesOf(one, '000010').halts]).toEqual([])
      expect(seriesOf(one, '000010').columns['flows.foreign']?.[0]).toBe(1)
      const two = await store.load({ bars: 2, tickers: ['000010'] })
      expect(two.stocks).toHaveLength(1)
      expect([...seriesOf(two, '000010').days]).toEqual([day('2026-02-10'), day('2026-02-12')])
      expect([...seriesOf(two, '000010').halts]).toEqual([day('2026-02-11')])
      expect((await store.load({ tickers: [] })).stocks).toEqual([])
      expect(await codeOf(store.load({ bars: 0 }))).toBe('E_PARAM_RANGE')
    })

    it('finds enough bars behind many wrong rows', async () => {
      const wrong = Array.from(
        { length: 9 },
        (_, k): BarTuple => ['000010', `2026-03-0${k + 1}`, 10, 1, 50, 10, 5],
      )
      await store.write(batchOf({ bars: barRows([...BARS, ...wrong]) }))
      expect(seriesOf(await store.load({ bars: 2 }), '000010').length).toBe(2)
    })

    it('sorts days that came late', async () => {
      const [a, b, ...rest] = BARS
      await store.write(batchOf({ bars: barRows([b as BarTuple]) }))
      await store.write(batchOf({ bars: barRows([...rest, a as BarTuple]) }))
      expect([...seriesOf(await store.load(), '000010').days]).toEqual(
        ['2026-02-09', '2026-02-10', '2026-02-12'].map(day),
      )
    })

    it('reads the list in force, and knows a stock that is no longer listed', async () => {
      const list = (date: string, ...tickers: string[]) =>
        batchOf({
          listDay: day(date),
          stocks: tickers.map((ticker) => stockOf(ticker, { department: date })),
        })
      await store.write(batchOf({ bars: barRows(BARS) }))
      expect((await store.load()).universeDay).toBeNull()
      await store.write(list('2026-02-11', '000020', '000030'))
      await store.write(list('2026-02-09', '000010', '000020'))
      const late = await store.load()
      expect(late.universeDay).toBe(day('2026-02-11'))
      expect(late.stocks.map(({ stock }) => [stock.ticker, stock.department])).toEqual([
        ['000010', '2026-02-09'],
        ['000020', '2026-02-11'],
        ['000030', '2026-02-11'],
      ])
      const early = await store.load({ through: tradeDate('2026-02-10') })
      expect(early.universeDay).toBe(day('2026-02-09'))
      expect(early.stocks.map(({ stock }) => stock.ticker)).toEqual(['000010', '000020'])
      const before = await store.load({ through: tradeDate('2026-01-02') })
      expect(before.universeDay).toBe(day('2026-02-11'))
      expect((await store.repositories.stocks.get('000020'))?.department).toBe('2026-02-11')
    })

    it('refuses a wrong batch as a whole', async () => {
      const twice = barRows([...BARS, BARS[0] as BarTuple])
      expect(await codeOf(store.write(batchOf({ bars: twice })))).toBe('E_BARS_DUPLICATE')
      const negative = barRows([['000010', '2026-02-10', 1, 1, 1, -1, 1]])
      expect(await codeOf(store.write(batchOf({ bars: negative })))).toBe('E_BARS_VALUE')
      const short = barRows(BARS, { open: new Float64Array(2) })
      const stocks = [stockOf('000010')]
      expect(await codeOf(store.write(batchOf({ stocks, bars: short })))).toBe('E_BARS_SHAPE')
      expect(await codeOf(store.write(batchOf({ stocks: [...stocks, ...stocks] })))).toBe(
        'E_STOCK_DUPLICATE',
      )
      expect(await store.summary()).toMatchObject({
        stocks: 0,
        bars: 0,
        lastDate: null,
        sources: [],
      })
    })

    it('keeps a bar whose price is missing and never calls it a bar', async () => {
      await store.write(batchOf({ bars: barRows([['000010', '2026-02-10', NaN_, 1, 1, 1, 1]]) }))
      const series = seriesOf(await store.load(), '000010')
      expect(series.length).toBe(0)
      expect(series.issues).toEqual([{ date: '2026-02-10', kind: 'inconsistent' }])
    })

    it('asks the same number of statements for one stock and for hundreds', async () => {
      const count = async (tickers: number): Promise<[number, number, number]> => {
        const from = tickers === 1 ? '2024-01-02' : '2025-01-02'
        const bars = manyBars(tickers, 20, from)
        statements.length = 0
        await store.write(batchOf({ bars }))
        const first = statements.length
        statements.length = 0
        await store.write(batchOf({ bars: manyBars(tickers, 20, from, 1) }))
        const merge = statements.length
        statements.length = 0
        await store.load()
        return [first, merge, statements.length]
      }
      const one = await count(1)
      expect(await count(300)).toEqual(one)
    })

    it('rolls a failed transaction back and goes on', async () => {
      const failed = store.transaction(async ({ market }) => {
        await market.save({ date: '2026-02-10', kospi: 2500 })
        throw new TypeError('stop')
      })
      await expect(failed).rejects.toThrow('stop')
      expect(await store.repositories.market.count()).toBe(0)
    })

    it('keeps statements outside a transaction out of it', async () => {
      let release = (): void => {}
      const gate = new Promise<void>((resolve) => {
        release = resolve
      })
      const inside = store.transaction(async ({ market }) => {
        await market.save({ date: '2026-02-10', kospi: 2500 })
        await gate
        throw new TypeError('stop')
      })
      const outside = store.repositories.market.save({ date: '2026-02-11', kospi: 2600 })
      setTimeout(release, 50)
      await Promise.allSettled([inside, outside])
      expect((await store.repositories.market.list()).map(({ date }) => date)).toEqual([
        '2026-02-11',
      ])
    })

    it('reports its state', async () => {
      await store.write(
        batchOf({ stocks: [stockOf('000010'), stockOf('000020')], bars: barRows(BARS) }),
      )
      await store.saveScan({
        asOf: '2026-02-10',
        strategies: ['vcp'],
        eligible: 2,
        cards: [cardOf('000010')],
      })
      const report = await store.inspect()
      expect(report.version).toContain('PostgreSQL')
      expect(report.rows).toMatchObject({ stocks: 2, daily_prices: 6, signals: 1 })
      expect(report.haltedDays).toBe(1)
      expect(report.gaps).toEqual([
        { ticker: '000020', sessions: 4, missing: 3, lastDate: '2026-02-10' },
      ])
      expect(report.suspicious).toEqual([
        { ticker: '000010', date: '2026-02-13', why: 'inconsistent' },
      ])
      expect(report.migrations.every(({ appliedAt }) => appliedAt instanceof Date)).toBe(true)
    })
  })

  it(`refuses a closed store on ${engine.name}, and a schema that is newer`, async () => {
    const place = await engine.place()
    const store = await place.open()
    await store.transaction(async ({ market }) => {
      await market.save({ date: '2026-02-10' })
    })
    await store.close()
    await store.close()
    expect(await codeOf(store.load())).toBe('E_STORE_CLOSED')
    const { sql } = await import('kysely')
    const again = await place.open()
    await again.transaction(async ({ market }) => {
      // Reaches the connection as a migration of a later version would.
      const { db } = market as unknown as { db: Parameters<ReturnType<typeof sql>['execute']>[0] }
      await sql`insert into schema_migrations (name) values ('9999-later')`.execute(db)
    })
    await again.close()
    expect(await codeOf(place.open())).toBe('E_STORE_SCHEMA_NEWER')
    await place.remove()
  })
}
