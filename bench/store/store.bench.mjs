// The store against bare statements on the same engine: import, load, and the list of signals.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { openEmbeddedStore, openPostgresStore } from '@ralph-stock/adapters-timescale'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { median, race, table } from '../lib/timing.mjs'
import { cards, encodeBare, HALF, market, parseBare, STOCKS } from './rows.mjs'

const URL = process.env.TEST_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/test'
const COLUMNS =
  'ticker text, date date, open float8, high float8, low float8, close float8, volume float8, primary key (ticker, date)'
const PLAIN = 'select ticker, date, open, high, low, close, volume from daily_prices'
const LIST = `select s.*, k.sector, k.market_cap from signals s left join stocks k on k.ticker = s.ticker
  order by s.signal_date desc, s.id desc limit $1`
const rounds = Number(process.env.ROUNDS ?? 5)
const bars = market()

for (const engine of [embedded, server]) {
  const { name, store, bare, remove } = await engine()
  // Both fill an empty table of their own, in turn.
  const times = { bare: [], store: [] }
  let again = []
  for (let round = 0; round <= rounds; round++) {
    await bare.query('drop table if exists bare')
    await bare.query(`create table bare (${COLUMNS})`)
    times.bare.push(await timed(() => bare.copyIn('bare', encodeBare(bars))))
    while ((await store.migrations.down()) !== null);
    await store.migrations.up()
    times.store.push(await timed(() => store.write(batch(bars))))
    if (round === rounds) again = [await timed(() => store.write(batch(bars)))]
  }
  const [copy, write] = [median(times.bare.slice(1)), median(times.store.slice(1))]
  await store.saveScan({
    asOf: '2026-02-10',
    strategies: ['vcp'],
    eligible: STOCKS,
    cards: cards(),
  })

  const load = await race(
    {
      plain: async () => parseBare(await bare.copyOut(PLAIN)),
      store: () => store.load(),
    },
    rounds,
  )
  const list = await race(
    {
      bare: async () => {
        for (let i = 0; i < HALF; i++) await bare.prepared('newest', LIST, [20])
      },
      store: async () => {
        for (let i = 0; i < HALF; i++) await store.repositories.signals.latest(20)
      },
    },
    rounds,
  )
  table([
    [`${name}, ${bars.length.toLocaleString('en')} rows`, 'bare ms', 'store ms', 'rate', 'goal'],
    row('import into empty tables', copy, write, '>= 0.6'),
    row('import of the same again', copy, median(again), ''),
    row('whole market into columns', load.plain, load.store, '>= 1.0'),
    row(`20 newest signals, x ${HALF}`, list.bare, list.store, '>= 0.8'),
  ])
  process.stdout.write('\n')
  await store.close()
  await remove()
}

function row(what, bareMs, storeMs, goal) {
  return [what, bareMs.toFixed(0), storeMs.toFixed(0), (bareMs / storeMs).toFixed(2), goal]
}

function batch(rows) {
  const none = { stocks: [], listDay: null, flows: null, indexes: null }
  return { source: 'bench', knownAt: Date.UTC(2026, 1, 10), ...none, bars: rows }
}

async function timed(work) {
  globalThis.gc?.()
  const started = performance.now()
  await work()
  return performance.now() - started
}

// A second PGlite of the same kind, on the same disk: the store keeps its folder to itself.
async function embedded() {
  const folder = mkdtempSync(join(tmpdir(), 'ralph-stock-bench-'))
  const store = await openEmbeddedStore({ folder: join(folder, 'store') })
  const lite = await PGlite.create(join(folder, 'bare'))
  const seeds = await openTables(lite)
  return {
    name: 'PGlite in a folder',
    store,
    bare: {
      query: (text) => lite.query(text),
      copyIn: async (into, file) =>
        lite.query(`copy ${into} from '/dev/blob' with (format binary)`, [], {
          blob: new Blob([file]),
        }),
      async copyOut(select) {
        await seeds.prices()
        const { blob } = await lite.query(`copy (${select}) to '/dev/blob' with (format binary)`)
        return Buffer.from(await blob.arrayBuffer())
      },
      async prepared(_, text, values) {
        await seeds.signals(store)
        return lite.query(text, values)
      },
    },
    async remove() {
      await lite.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The tables that the bare statements read, filled once from what the store holds. */
async function openTables(lite) {
  const done = new Set()
  const once = async (name, work) => {
    if (done.has(name)) return
    done.add(name)
    await work()
  }
  return {
    prices: () =>
      once('prices', async () => {
        await lite.query('create table daily_prices as select * from bare order by ticker, date')
        await lite.query('alter table daily_prices add primary key (ticker, date)')
        await lite.query('analyze daily_prices')
      }),
    signals: (store) =>
      once('signals', async () => {
        const all = await store.repositories.signals.list()
        await lite.query(
          'create table stocks (ticker text primary key, sector text, market_cap float8)',
        )
        await lite.query(
          `create table signals as select * from json_to_recordset($1::json) as s(
          id int, "scanId" int, "strategyId" text, "strategyVersion" text, ticker text, name text,
          market text, signal_date date, status text, score float8, "maxScore" float8,
          coverage float8, grade text, "entryPrice" float8, "targetPrice" float8, "stopPrice" float8,
          quantity float8, card jsonb, "exitDate" date, "exitPrice" float8, "exitReason" text,
          "returnRate" float8, "createdAt" timestamptz, "updatedAt" timestamptz)`,
          [JSON.stringify(all.map((signal) => ({ ...signal, signal_date: signal.signalDate })))],
        )
        await lite.query('create index on signals (signal_date, id)')
        await lite.query('analyze signals')
      }),
  }
}

async function server() {
  const schema = `bench_${process.pid}`
  const store = await openPostgresStore({ url: URL, schema })
  const client = new pg.Client({ connectionString: URL, options: `-c search_path=${schema}` })
  await client.connect()
  return {
    name: 'PostgreSQL',
    store,
    bare: {
      query: (text) => client.query(text),
      copyIn: (into, file) =>
        new Promise((resolve, reject) => {
          const stream = client.query(copyFrom(`copy ${into} from stdin with (format binary)`))
          stream.on('error', reject).on('finish', resolve)
          stream.end(file)
        }),
      async copyOut(select) {
        const parts = []
        const stream = client.query(copyTo(`copy (${select}) to stdout with (format binary)`))
        for await (const part of stream) parts.push(part)
        return Buffer.concat(parts)
      },
      prepared: (name, text, values) => client.query({ name, text, values }),
    },
    async remove() {
      await client.query(`drop schema ${schema} cascade`)
      await client.end()
    },
  }
}
