import type {
  BarStore,
  BatchReport,
  LoadRequest,
  MarketBatch,
  MarketInput,
  StoreSummary,
} from '@ralph-stock/core'
import { RalphError } from '@ralph-stock/core'
import type { Engine, EngineKind } from './engine.js'
import { loadMarket } from './market/load-market.js'
import { summarize } from './market/summary.js'
import { writeMarket } from './market/write-market.js'
import {
  type MigrationStatus,
  migrateDown,
  migrateUp,
  migrationStatus,
} from './migrate/migrator.js'

/** An open store. Whoever opens it closes it. */
export interface Store extends BarStore {
  readonly kind: EngineKind
  /** Where it is: the folder, or host and database. Holds no password. */
  readonly where: string
  readonly migrations: {
    /** Takes every pending step; resolves to their names. */
    up(): Promise<string[]>
    /** Takes back the last step; resolves to its name, or null. */
    down(): Promise<string | null>
    status(): Promise<MigrationStatus[]>
  }
}

/** Puts the store together over an engine. `onClose` runs once, after the engine is closed. */
export function createStore(
  engine: Engine,
  kind: EngineKind,
  where: string,
  onClose: () => void = () => {},
): Store {
  let closed: Promise<void> | null = null
  const open = (): Engine => {
    if (closed === null) return engine
    throw new RalphError('E_STORE_CLOSED', `store ${where}: it is closed`, { where })
  }
  return {
    kind,
    where,
    async write(batch: MarketBatch): Promise<BatchReport> {
      return writeMarket(open(), batch)
    },
    async load(request?: LoadRequest): Promise<MarketInput> {
      return loadMarket(open(), request)
    },
    async summary(): Promise<StoreSummary> {
      return summarize(open())
    },
    migrations: {
      up: async () => migrateUp(open()),
      down: async () => migrateDown(open()),
      status: async () => migrationStatus(open()),
    },
    close(): Promise<void> {
      closed ??= engine.close().finally(onClose)
      return closed
    },
  }
}
