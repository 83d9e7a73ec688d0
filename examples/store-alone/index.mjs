// The store alone: write rows twice, read them in columns, correct one, see what was known before.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedStore } from '@ralph-stock/adapters-timescale'
import { dayNumber, tradeDate } from '@ralph-stock/core'

const folder = mkdtempSync(join(tmpdir(), 'store-alone-'))
const store = await openEmbeddedStore({ folder })

const first = batch('morning-file', '2026-02-10T07:00:00Z', [
  ['2026-02-09', 10_000, 10_300, 9_900, 10_200, 120_000],
  ['2026-02-10', 10_200, 10_450, 10_150, 10_400, 150_000],
])
console.log('first time ', (await store.write(first)).bars)
console.log('second time', (await store.write(first)).bars)

const market = await store.load()
const { series } = market.stocks[0]
console.log('closes     ', [...series.columns['bars.close']])

const correction = batch('evening-file', '2026-02-10T11:00:00Z', [
  ['2026-02-10', 10_200, 10_450, 10_150, 10_410, 150_000],
])
console.log('correction ', (await store.write(correction)).bars)

const { prices } = store.repositories
for (const instant of ['2026-02-10T08:00:00Z', '2026-02-10T12:00:00Z']) {
  const known = await prices.asKnownAt('000010', '2026-02-10', new Date(instant))
  console.log(`as known at ${instant}: ${known.close} (${known.source})`)
}

await store.close()
rmSync(folder, { recursive: true })

function batch(source, knownAt, rows) {
  const column = (at) => Float64Array.from(rows, (row) => row[at])
  return {
    source,
    knownAt: Date.parse(knownAt),
    stocks: [],
    listDay: null,
    flows: null,
    indexes: null,
    bars: {
      length: rows.length,
      tickers: ['000010'],
      ticker: new Int32Array(rows.length),
      day: Int32Array.from(rows, ([date]) => dayNumber(tradeDate(date))),
      open: column(1),
      high: column(2),
      low: column(3),
      close: column(4),
      volume: column(5),
      tradedValue: null,
      rawClose: null,
    },
  }
}
