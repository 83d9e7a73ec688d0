import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  openEmbeddedStore,
  openPostgresStore,
  type StatementListener,
  type Store,
} from '@ralph-stock/adapters-timescale'
import { RalphError } from '@ralph-stock/core'
import type { Io } from './io.js'
import type { CommonOptions } from './options.js'

/** What a command wants of its store. */
export type Access = 'read' | 'write' | 'as-is' | 'create-as-is'

const DEFAULT_HOME = '.ralph-stock'

/** Folder of the embedded store: `--home`, else RALPH_STOCK_HOME, else `.ralph-stock`. */
export function homeOf(options: CommonOptions, { env }: Io): string {
  return resolve(options.home ?? (env['RALPH_STOCK_HOME'] || DEFAULT_HOME))
}

/**
 * Opens the store, uses it and closes it, whatever happens: PostgreSQL where DATABASE_URL says so, a
 * folder of this machine otherwise.
 *
 * @param access `read` does not make a folder that is absent; `as-is` leaves the tables as they are too,
 *   `create-as-is` the tables alone: without either, opening takes pending migrations
 * @param onStatement told of every statement
 * @throws RalphError E_STORE_*, E_ENGINE_EMPTY
 */
export async function withStore<T>(
  options: CommonOptions,
  io: Io,
  access: Access,
  use: (store: Store) => Promise<T>,
  onStatement?: StatementListener,
): Promise<T> {
  const store = await openStore(options, io, access, onStatement)
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

function openStore(
  options: CommonOptions,
  io: Io,
  access: Access,
  onStatement: StatementListener | undefined,
): Promise<Store> {
  const listener = onStatement === undefined ? {} : { onStatement }
  const migrate = access === 'read' || access === 'write'
  const url = io.env['DATABASE_URL'] ?? ''
  // TimescaleDB takes over tables, so it needs them made.
  if (url !== '') return openPostgresStore({ url, migrate, timescale: migrate, ...listener })
  const folder = homeOf(options, io)
  const creates = access === 'write' || access === 'create-as-is'
  if (!creates && !existsSync(folder)) {
    throw new RalphError('E_ENGINE_EMPTY', `there is no store in ${folder} yet`, { folder })
  }
  return openEmbeddedStore({ folder, migrate, ...listener })
}
