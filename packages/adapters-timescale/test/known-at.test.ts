import { expect, it } from 'vitest'
import { BARS, barRows, batchOf, flowRows, indexRows, stockOf } from './support/batches.js'
import { codeOf, seriesOf, suiteOnEngines } from './support/suite.js'

const KOSPI = ['KOSPI', '2026-02-10', 2500, 2520, 2490, 2510, 4] as const
const flow = (value: number, provisional = 0) =>
  flowRows(
    [['000010', '2026-02-10', value, value, Number.NaN, Number.NaN]],
    Uint8Array.of(provisional),
  )

await suiteOnEngines('reading the past', (given) => {
  const flowAt = async (knownAt: number) => {
    const series = seriesOf(await given.store.load({ knownAt }), '000010')
    return [series.columns['flows.foreign']?.[1], series.provisionalFlows?.[1]]
  }

  it('knows flows and indexes as they were', async () => {
    const { store } = given
    const bars = barRows(BARS)
    const [open, high, low] = KOSPI.slice(2) as [number, number, number]
    const indexes = indexRows([KOSPI])
    const stocks = [stockOf('000010')]
    await store.write(batchOf({ knownAt: 1000, stocks, bars, flows: flow(1, 1), indexes }))
    const corrected = indexRows([['KOSPI', '2026-02-10', open, high, low, 2515, 4]])
    await store.write(batchOf({ knownAt: 2000, flows: flow(7), indexes: corrected }))
    expect(await flowAt(999)).toEqual([undefined, undefined])
    expect(await flowAt(1000)).toEqual([1, 1])
    expect(await flowAt(2000)).toEqual([7, undefined])
    const closeAt = async (knownAt: number) =>
      (await store.load({ knownAt })).indexes?.['KOSPI']?.columns['bars.close']?.[0]
    expect([await closeAt(999), await closeAt(1999), await closeAt(2000)]).toEqual([
      undefined,
      2510,
      2515,
    ])
  })

  it('cuts the past like the present', async () => {
    const { store } = given
    await store.write(batchOf({ knownAt: 1000, bars: barRows(BARS) }))
    const later = BARS.map((row) => [...row.slice(0, 6), row[6] * 2] as unknown as typeof row)
    await store.write(batchOf({ knownAt: 2000, bars: barRows(later) }))
    const request = { bars: 2, tickers: ['000010'] }
    const past = await store.load({ ...request, knownAt: 1500 })
    expect([...(seriesOf(past, '000010').columns['bars.volume'] ?? [])]).toEqual([2000, 500])
    expect(await store.load({ ...request, knownAt: 2000 })).toEqual(await store.load(request))
    expect(await codeOf(store.load({ knownAt: -1 }))).toBe('E_PARAM_RANGE')
  })

  it('keeps an older fact as a revision, once, and the newer row as it is', async () => {
    const { store } = given
    const values = Float64Array.of(1, 2, 3, 4, 5, 6)
    await store.write(batchOf({ knownAt: 2000, bars: barRows(BARS), flows: flow(7) }))
    const older = batchOf({
      knownAt: 1000,
      source: 'older',
      bars: barRows(
        BARS.map((row) => [...row.slice(0, 6), 9] as unknown as typeof row),
        { tradedValue: values },
      ),
      flows: flow(3, 1),
    })
    for (let times = 0; times < 2; times++) {
      const { bars, flows } = await store.write(older)
      expect(bars).toEqual({ inserted: 0, updated: 0, unchanged: BARS.length })
      expect(flows).toEqual({ inserted: 0, updated: 0, unchanged: 1 })
    }
    const now = await store.load()
    expect(seriesOf(now, '000010').columns['bars.volume']?.[1]).toBe(2000)
    expect(seriesOf(now, '000010').columns['flows.foreign']?.[1]).toBe(7)
    const past = seriesOf(await store.load({ knownAt: 1000 }), '000010')
    expect(past.columns['bars.volume']?.[1]).toBe(9)
    expect(past.columns['bars.tradedValue']?.[1]).toBe(2)
    expect(await flowAt(1999)).toEqual([3, 1])
    const { prices } = store.repositories
    const found = await prices.asKnownAt('000010', '2026-02-10', new Date(1500))
    expect(found).toMatchObject({ volume: 9, source: 'older' })
    expect((await store.inspect()).rows['daily_prices']).toBe(BARS.length)
  })

  it('reads a flow that was final before an estimate came', async () => {
    const { store } = given
    const bars = barRows(BARS)
    await store.write(batchOf({ knownAt: 2000, bars, flows: flow(1, 1) }))
    expect((await store.write(batchOf({ knownAt: 1000, flows: flow(7) }))).flows.updated).toBe(1)
    await store.write(batchOf({ knownAt: 500, bars }))
    expect(await flowAt(900)).toEqual([undefined, undefined])
    expect(await flowAt(1500)).toEqual([7, undefined])
    expect(await flowAt(2500)).toEqual([7, undefined])
  })
})
