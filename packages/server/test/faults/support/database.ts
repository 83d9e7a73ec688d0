import { randomUUID } from 'node:crypto'
import type { Store } from '@ralph-stock/adapters-timescale'
import { postgresUrl, serverAvailable } from '@ralph-stock/test-support/requirements.js'
import { Client } from 'pg'

/** A database of its own on the test server, which a test can take away and give back. */
export type TestDatabase = {
  readonly url: string
  /** Ends every connection; new ones are made as before. */
  cut(): Promise<void>
  /** Ends every connection and lets nobody in, as while a server is started anew. */
  stop(): Promise<void>
  start(): Promise<void>
  drop(): Promise<void>
}

/** Whether there is a server to make databases on; in CI there must be. */
export function hasPostgres(): Promise<boolean> {
  return serverAvailable('PostgreSQL', () => asAdmin('select 1'))
}

/** @param like a database to copy, to which nobody is connected */
export async function testDatabase(like?: TestDatabase): Promise<TestDatabase> {
  const name = `ralph_faults_${randomUUID().replaceAll('-', '')}`
  const template = like === undefined ? '' : ` template "${nameOf(like)}"`
  await asAdmin(`create database "${name}"${template}`)
  const url = new URL(postgresUrl())
  url.pathname = `/${name}`
  const cut = () =>
    asAdmin(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
  return {
    url: url.href,
    cut,
    async stop() {
      await asAdmin(`alter database "${name}" allow_connections false`)
      await cut()
    },
    start: () => asAdmin(`alter database "${name}" allow_connections true`),
    drop: () => asAdmin(`drop database if exists "${name}" with (force)`),
  }
}

/** Waits until a store has nothing under way. */
export async function rested(store: Store): Promise<void> {
  // Between two statements of one task it has nothing to do for a moment.
  for (let quiet = 0; quiet < 5; ) {
    await new Promise((resolve) => setImmediate(resolve))
    const { total, idle, waiting } = store.pool() ?? { total: 0, idle: 0, waiting: 0 }
    quiet = waiting > 0 || idle < total ? 0 : quiet + 1
  }
}

function nameOf({ url }: TestDatabase): string {
  return new URL(url).pathname.slice(1)
}

async function asAdmin(statement: string): Promise<void> {
  const client = new Client({ connectionString: postgresUrl(), connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
