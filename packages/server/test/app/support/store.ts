import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  openEmbeddedStore,
  openPostgresStore,
  type StatementListener,
  type Store,
} from '@ralph-stock/adapters-timescale'
import { postgresUrl, serverAvailable } from '@ralph-stock/test-support/requirements.js'
import { Client } from 'pg'

type Opened = { readonly store: Store; remove(): Promise<void> }
type Options = { readonly onStatement?: StatementListener }

/** A new store: a schema of the test server, which is made sooner, or else a folder. */
export async function openStore(options: Options): Promise<Opened> {
  const url = postgresUrl()
  const available = await serverAvailable('PostgreSQL', () => withClient(url, 'select 1'))
  if (!available) return openFolder(options)
  const schema = `app_${randomUUID().replaceAll('-', '')}`
  return {
    store: await openPostgresStore({ url, schema, timescale: false, ...options }),
    remove: () => withClient(url, `drop schema if exists "${schema}" cascade`),
  }
}

async function openFolder(options: Options): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'ralph-app-'))
  return {
    store: await openEmbeddedStore({ folder, ...options }),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function withClient(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  await client.connect()
  await client.query(statement)
  await client.end()
}
