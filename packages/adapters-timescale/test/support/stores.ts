import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { postgresUrl, serverAvailable } from '@ralph-stock/test-support/requirements.js'
import { Client } from 'pg'
import {
  openEmbeddedStore,
  openPostgresStore,
  type StatementListener,
  type Store,
} from '../../src/index.js'

/** An engine to run a suite on. */
export type TestEngine = {
  readonly name: string
  /** A place of its own for a store; opening it twice gives the same data. */
  place(): Promise<TestPlace>
}

/** Where a store of a test is. */
export type TestPlace = {
  /** Arguments with which a child process opens the same store. */
  readonly address:
    | { readonly folder: string }
    | { readonly url: string; readonly schema: string; readonly timescale: boolean }
  open(onStatement?: StatementListener): Promise<Store>
  remove(): Promise<void>
}

/**
 * The engines of this machine; without a server, PGlite alone (in CI that is an error). TimescaleDB is
 * one of them where the server offers it; where not, that is said and no error.
 */
export async function testEngines(): Promise<TestEngine[]> {
  const engines: TestEngine[] = [{ name: 'PGlite', place: () => embeddedPlace() }]
  let timescale = false
  const available = await serverAvailable('PostgreSQL', async () => {
    const client = new Client({ connectionString: postgresUrl(), connectionTimeoutMillis: 3000 })
    await client.connect()
    const { rowCount } = await client.query(
      "select from pg_available_extensions where name = 'timescaledb'",
    )
    timescale = rowCount === 1
    await client.end()
  })
  if (!available) return engines
  engines.push({ name: 'PostgreSQL', place: () => postgresPlace() })
  if (timescale) engines.push({ name: 'TimescaleDB', place: () => postgresPlace(true) })
  else process.stdout.write('skipped: the PostgreSQL server does not offer TimescaleDB\n')
  return engines
}

/** A new folder for an embedded store, with the tables made: a copy, which takes a tenth of the time. */
export async function embeddedPlace(within: string = tmpdir()): Promise<TestPlace> {
  const folder = mkdtempSync(join(within, 'ralph-stock-store-'))
  cpSync(await templateFolder(), folder, { recursive: true })
  return {
    address: { folder },
    open: (onStatement) =>
      openEmbeddedStore({ folder, ...(onStatement === undefined ? {} : { onStatement }) }),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A new schema on the test server, with or without hypertables. */
export async function postgresPlace(timescale = false): Promise<TestPlace> {
  const url = postgresUrl()
  const schema = `store_${randomUUID().replaceAll('-', '')}`
  return {
    address: { url, schema, timescale },
    async open(onStatement) {
      const listener = onStatement === undefined ? {} : { onStatement }
      const store = await openPostgresStore({ url, schema, timescale, ...listener })
      if (timescale === (store.kind === 'timescale')) return store
      await store.close()
      throw new Error(store.notice ?? 'the store is of another kind')
    },
    remove: async () => {
      const client = new Client({ connectionString: url })
      await client.connect()
      await client.query(`drop schema if exists "${schema}" cascade`)
      await client.end()
    },
  }
}

async function templateFolder(): Promise<string> {
  const cache = fileURLToPath(new URL('../../../../.cache/pglite/0.5-empty', import.meta.url))
  if (existsSync(cache)) return cache
  mkdirSync(dirname(cache), { recursive: true })
  const draft = `${cache}-${randomUUID()}`
  const store = await openEmbeddedStore({ folder: draft, migrate: false })
  await store.close()
  try {
    renameSync(draft, cache)
  } catch {
    // Another process was faster.
    rmSync(draft, { recursive: true, force: true })
  }
  return cache
}
