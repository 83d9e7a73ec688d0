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
  readonly address: { readonly folder: string } | { readonly url: string; readonly schema: string }
  open(onStatement?: StatementListener): Promise<Store>
  remove(): Promise<void>
}

/** The engines of this machine; without a server, PGlite alone (in CI that is an error). */
export async function testEngines(): Promise<TestEngine[]> {
  const pglite: TestEngine = { name: 'PGlite', place: () => embeddedPlace() }
  const available = await serverAvailable('PostgreSQL', async () => {
    const client = new Client({ connectionString: postgresUrl(), connectionTimeoutMillis: 3000 })
    await client.connect()
    await client.end()
  })
  return available ? [pglite, { name: 'PostgreSQL', place: postgresPlace }] : [pglite]
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

/** A new schema on the test server. */
export async function postgresPlace(): Promise<TestPlace> {
  const url = postgresUrl()
  const schema = `store_${randomUUID().replaceAll('-', '')}`
  return {
    address: { url, schema },
    open: (onStatement) =>
      openPostgresStore({ url, schema, ...(onStatement === undefined ? {} : { onStatement }) }),
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
