import { tradeDate } from '@ralph-stock/core'
import { expect, it } from 'vitest'
import {
  BARS,
  type BarTuple,
  barRows,
  batchOf,
  day,
  flowRows,
  indexRows,
  stockOf,
} from './support/batches.js'
import { codeOf, seriesOf, suiteOnEngines } from './support/suite.js'

await suiteOnEngines('writing', (given) => {
  it('changes nothing when the same batch comes again', async () => {
    const batch = batchOf({
      stocks: [stockOf('000010')],
      listDay: day('2026-02-10'),
      bars: barRows(BARS),
      flows: flowRows([['000010', '2026-02-10', 1, 2, 3, 4]]),
      indexes: indexRows([['KOSPI', '2026-02-10', 2500.5, 2520, 2490, 2510.25, 4e8]]),
    })
    await given.store.write(batch)
    const again = await given.store.write(batch)
    for (const count of Object.values(again)) {
      expect(count).toMatchObject({ inserted: 0, updated: 0 })
    }
    expect(again.bars.unchanged).toBe(6)
    expect((await given.store.summary()).bars).toBe(6)
  })

  it('lets a batch take the place of another source, and leaves the rest', async () => {
    const invented = [stockOf('D00010'), stockOf('000020')]
    await given.store.write(
      batchOf({
        source: 'invented',
        stocks: invented,
        listDay: day('2026-02-09'),
        bars: barRows([['D00010', '2026-02-09', 10, 11, 9, 10, 5]]),
        indexes: indexRows([['KOSPI', '2026-02-09', 1, 2, 1, 2, 3]]),
      }),
    )
    await given.store.write(
      batchOf({
        source: 'real',
        replaces: ['invented'],
        stocks: [stockOf('000010')],
        listDay: day('2026-02-10'),
        bars: barRows(BARS),
      }),
    )
    const summary = await given.store.summary()
    expect(summary).toMatchObject({ stocks: 1, bars: 6, indexBars: 0, sources: ['real'] })
    const { stocks, universeDay } = await given.store.load({ through: tradeDate('2026-02-10') })
    expect(stocks.map(({ stock }) => stock.ticker)).toEqual(['000010', '000020'])
    expect(universeDay).toBe(day('2026-02-10'))
  })

  it('corrects a row, never doubles it, and still knows what it was', async () => {
    await given.store.write(batchOf({ source: 'first', bars: barRows(BARS), knownAt: 1000 }))
    const corrected = BARS.map(
      (row, k): BarTuple =>
        k === 1 ? ([...row.slice(0, 5), 119, 2000] as unknown as BarTuple) : row,
    )
    const report = await given.store.write(
      batchOf({
        source: 'second',
        bars: barRows([...corrected, ['000020', '2026-02-11', 1, 1, 1, 1, 1]]),
        knownAt: 2000,
      }),
    )
    expect(report.bars).toEqual({ inserted: 1, updated: 1, unchanged: 5 })
    const { prices } = given.store.repositories
    expect((await prices.byDateRange('000010', '2026-02-10', '2026-02-10'))[0]?.close).toBe(119)
    const before = await prices.asKnownAt('000010', '2026-02-10', new Date(1500))
    expect(before).toMatchObject({ close: 118, source: 'first', knownAt: new Date(1000) })
    const after = await prices.asKnownAt('000010', '2026-02-10', new Date(2500))
    expect(after).toMatchObject({ close: 119, source: 'second' })
    expect(await prices.asKnownAt('000010', '2026-02-10', new Date(500))).toBeNull()
  })

  it('does not touch rows that came again unchanged', async () => {
    await given.store.write(batchOf({ bars: barRows(BARS), source: 'first' }))
    await given.store.write(batchOf({ bars: barRows(BARS), source: 'second' }))
    expect((await given.store.summary()).sources).toEqual(['first'])
  })

  it('keeps what an import without a column does not know', async () => {
    const values = Float64Array.of(1, 2, 3, 4, 5, 6)
    await given.store.write(
      batchOf({ bars: barRows(BARS, { tradedValue: values, rawClose: values }) }),
    )
    const again = await given.store.write(batchOf({ bars: barRows(BARS) }))
    expect(again.bars.updated).toBe(0)
    const series = seriesOf(await given.store.load(), '000010')
    expect([...(series.columns['bars.tradedValue'] ?? [])]).toEqual([1, 2, 4])
    expect([...(series.columns['bars.rawClose'] ?? [])]).toEqual([1, 2, 4])
  })

  it('lets a final flow replace an estimate and never the reverse', async () => {
    const estimate = flowRows(
      [['000010', '2026-02-10', 1, 1, Number.NaN, Number.NaN]],
      Uint8Array.of(1),
    )
    const final = flowRows([['000010', '2026-02-10', 7, Number.NaN, Number.NaN, Number.NaN]])
    const bars = barRows(BARS)
    await given.store.write(batchOf({ bars, flows: estimate }))
    expect(seriesOf(await given.store.load(), '000010').provisionalFlows?.[1]).toBe(1)
    expect((await given.store.write(batchOf({ flows: final }))).flows.updated).toBe(1)
    expect((await given.store.write(batchOf({ flows: estimate }))).flows.unchanged).toBe(1)
    const series = seriesOf(await given.store.load(), '000010')
    expect(series.provisionalFlows).toBeNull()
    expect(series.columns['flows.foreign']?.[1]).toBe(7)
    expect(series.columns['flows.institution']?.[1]).toBeNaN()
  })

  it('refuses a wrong batch as a whole', async () => {
    const twice = barRows([...BARS, BARS[0] as BarTuple])
    expect(await codeOf(given.store.write(batchOf({ bars: twice })))).toBe('E_BARS_DUPLICATE')
    const negative = barRows([['000010', '2026-02-10', 1, 1, 1, -1, 1]])
    expect(await codeOf(given.store.write(batchOf({ bars: negative })))).toBe('E_BARS_VALUE')
    const short = barRows(BARS, { open: new Float64Array(2) })
    const stocks = [stockOf('000010')]
    expect(await codeOf(given.store.write(batchOf({ stocks, bars: short })))).toBe('E_BARS_SHAPE')
    expect(await codeOf(given.store.write(batchOf({ stocks: [...stocks, ...stocks] })))).toBe(
      'E_STOCK_DUPLICATE',
    )
    expect(await given.store.summary()).toMatchObject({
      stocks: 0,
      bars: 0,
      lastDate: null,
      sources: [],
    })
  })
})
