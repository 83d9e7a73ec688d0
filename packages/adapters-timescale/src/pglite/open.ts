import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { StatementListener } from '../engine.js'
import { storeError } from '../errors.js'
import { migrateUp } from '../migrate/migrator.js'
import { createStore, type Store } from '../store.js'
import { openPGlite } from './engine.js'
import { type FolderLock, lockFolder } from './lock-file.js'

/** How to open an embedded store. */
export type EmbeddedStoreOptions = {
  /** Made where it is absent. One process at a time may have it open. */
  readonly folder: string
  /** Whether to take pending migrations; true unless told. */
  readonly migrate?: boolean
  readonly onStatement?: StatementListener
}

/**
 * Opens a store in a folder, without a server.
 *
 * @throws RalphError E_STORE_LOCKED (with the `pid` of the process that has it), E_STORE_DISK,
 *   E_STORE_SCHEMA_NEWER, E_STORE_MIGRATION
 * @example const store = await openEmbeddedStore({ folder: './data' })
 */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<Store> {
  const folder = resolve(options.folder)
  let lock: FolderLock
  try {
    mkdirSync(folder, { recursive: true })
    lock = lockFolder(join(folder, 'store.lock'))
  } catch (error) {
    throw storeError(error, folder)
  }
  try {
    const engine = await openPGlite(join(folder, 'pgdata'), folder, options.onStatement ?? ignore)
    try {
      if (options.migrate !== false) await migrateUp(engine)
    } catch (error) {
      await engine.close()
      throw error
    }
    return createStore(engine, 'pglite', folder, { onClose: () => lock.release() })
  } catch (error) {
    lock.release()
    throw error
  }
}

function ignore(): void {}
