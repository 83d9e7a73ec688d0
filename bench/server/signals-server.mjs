// One of the two servers that are compared: node signals-server.mjs service|bare <schema>. It prints
// its port.
import { openPostgresStore } from '@ralph-stock/adapters-timescale'
import { krxCalendar } from '@ralph-stock/core'
import { createEngine } from '@ralph-stock/engine'
import { buildApp } from '@ralph-stock/server'
import { vcp } from '@ralph-stock/strategies-vcp'
import Fastify from 'fastify'
import pg from 'pg'

const CONNECTIONS = 10
const [, , kind, schema] = process.argv
const url = process.env.TEST_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/test'
let asked = null
const store = await openPostgresStore({
  url,
  schema,
  connections: CONNECTIONS,
  onStatement: (text, values) => {
    asked = { text, values }
  },
})

/** The whole service with all that a request passes, its log included. */
async function service() {
  const strategies = [vcp()]
  const nobody = { clients: 0, topics: 0, delivered: 0 }
  const context = {
    store,
    strategies,
    engine: createEngine({ strategies, store }),
    clock: { now: Date.now, after: () => ({ stop() {} }) },
    calendar: krxCalendar(),
    jobs: { counts: () => ({ queued: 0, running: 0 }) },
    hub: { stats: () => nobody, topics: () => [], publish() {}, close: async () => {} },
    live: null,
    version: '0.0.0',
  }
  return buildApp({
    context,
    strict: false,
    limits: { requestsPerMinute: Number.POSITIVE_INFINITY },
  })
}

/** A route that runs the same prepared statement and returns its rows. */
async function bare() {
  await store.repositories.signalLists.newest({ limit: 21 })
  const { text, values } = asked
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    options: `-c search_path="${schema}"`,
  })
  const app = Fastify()
  app.get('/api/kr/signals', async () => {
    const { rows } = await pool.query({ name: 'newest', text, values: [...values] })
    return rows
  })
  return app
}

const app = await (kind === 'service' ? service() : bare())
await app.listen({ host: '127.0.0.1', port: 0 })
process.send(app.server.address().port)
