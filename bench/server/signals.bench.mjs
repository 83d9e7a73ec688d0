// /api/kr/signals of the whole service against a bare route that runs the same prepared statement on
// PostgreSQL and returns its rows: requests a second, in turns, each server alone on one core.
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { openPostgresStore } from '@ralph-stock/adapters-timescale'
import { scanMarket } from '@ralph-stock/core'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { vcp } from '@ralph-stock/strategies-vcp'
import autocannon from 'autocannon'
import pg from 'pg'
import { randomMarket } from '../lib/random-market.mjs'
import { median, table } from '../lib/timing.mjs'

const url = process.env.TEST_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/test'
const rounds = Number(process.env.BENCH_ROUNDS ?? 5)
const seconds = Number(process.env.BENCH_SECONDS ?? 4)
const SESSIONS = 20
const WARM_UP = 6000
const schema = `bench_${process.pid}`
const GOAL = 0.7

const store = await openPostgresStore({ url, schema })
const market = randomMarket({ stocks: 200, bars: 300 })
const strategies = [vcp(), closingBet()]
const names = strategies.map(({ id }) => id)
for (const day of market.sessions.slice(-SESSIONS)) {
  const asOf = new Date(day * 86_400_000).toISOString().slice(0, 10)
  const cards = [...scanMarket(market, strategies, asOf).cards.values()].flat()
  const own = cards.filter(({ ticker }) => (Number(ticker) / 10 + day) % SESSIONS === 0)
  await store.saveScan({ asOf, strategies: names, eligible: 200, cards: own })
}

const servers = { bare: await start('bare'), service: await start('service') }
try {
  const rates = { bare: [], service: [] }
  let bytes = {}
  // Code that is still being compiled tells nothing: a service has much more of it.
  for (let turn = 0; turn < 8; turn++) {
    for (const { address } of Object.values(servers)) await load(address, { amount: WARM_UP / 8 })
  }
  for (let round = 0; round < rounds; round++) {
    for (const [name, { address }] of Object.entries(servers)) {
      const result = await load(address, { duration: seconds })
      bytes = { ...bytes, [name]: result.throughput.total / result.requests.total }
      rates[name].push(result.requests.average)
    }
  }
  const ratios = rates.service.map((rate, round) => rate / rates.bare[round])
  table([
    ['20 newest signals, 16 clients', 'requests/s', 'bytes', 'ratio', 'goal'],
    ['bare route, rows as they are', median(rates.bare).toFixed(0), bytes.bare.toFixed(0), '', ''],
    [
      'the service',
      median(rates.service).toFixed(0),
      bytes.service.toFixed(0),
      median(ratios).toFixed(2),
      `>= ${GOAL}`,
    ],
  ])
} finally {
  for (const { child } of Object.values(servers)) child.kill()
  await store.close()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`drop schema ${schema} cascade`)
  await client.end()
}

async function load(address, how) {
  const result = await autocannon({ url: `${address}/api/kr/signals`, connections: 16, ...how })
  if (result.non2xx + result.errors === 0) return result
  throw new Error(`${address}: ${result.non2xx + result.errors} requests failed`)
}

/** A server in a process of its own, on one core where the system can pin it. */
async function start(kind) {
  const file = fileURLToPath(new URL('./signals-server.mjs', import.meta.url))
  const pinned = spawnSync('taskset', ['-c', '0', 'true']).status === 0
  const command = [process.execPath, process.env.BENCH_SERVER ?? file, kind, schema]
  const [program, ...rest] = pinned ? ['taskset', '-c', '0', ...command] : command
  const child = spawn(program, rest, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const port = await new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`${kind} ended with ${code}`)))
  })
  return { child, address: `http://127.0.0.1:${port}` }
}
