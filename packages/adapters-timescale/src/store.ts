import type {
  BarStore,
  BatchReport,
  FinishedScan,
  LoadRequest,
  MarketBatch,
  MarketInput,
  SavedScan,
  SignalExit,
  SignalFill,
  SignalKey,
  SignalQuery,
  SignalStore,
  StoredSignal,
  StoreSummary,
} from '@ralph-stock/core'
import { RalphError } from '@ralph-stock/core'
import { inspect, type StoreReport } from './doctor/report.js'
import type { Engine, EngineKind, PoolState } from './engine.js'
import { loadMarket } from './market/load-market.js'
import { summarize } from './market/summary.js'
import { writeMarket } from './market/write-market.js'
import {
  type MigrationStatus,
  migrateDown,
  migrateUp,
  migrationStatus,
} from './migrate/migrator.js'
import { type Repositories, repositoriesOn } from './repositories/index.js'
import { closeSignal, enterSignal, findSignals, saveScan } from './signals/signal-store.js'

/** An open store. Whoever opens it closes it. */
export interface Store extends BarStore, SignalStore {
  /** Single reads and writes; each call is one statement, and sees what is committed. */
  readonly repositories: Repositories
  /**
   * Runs several steps as one: all are kept when `work` resolves, none when it rejects. Within it, use
   * the repositories that it is given.
   */
  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>
  /** Looks the store over: version, migrations, rows, gaps, suspicious bars. */
  inspect(limit?: number): Promise<StoreReport>
  /** How TimescaleDB is used, in a sentence; null on the embedded store. */
  readonly notice: string | null
  readonly kind: EngineKind
  /** Where it is: the folder, or host and database. Holds no password. */
  readonly where: string
  /** How busy the connections to the server are; null on the embedded store. */
  pool(): PoolState | null
  readonly migrations: {
    /** Takes every pending step; resolves to their names. */
    up(): Promise<string[]>
    /** Takes back the last step; resolves to its name, or null. */
    down(): Promise<string | null>
    status(): Promise<MigrationStatus[]>
  }
}

/** What comes with a store: `onClose` runs once, after the engine is closed. */
export type StoreExtras = {
  readonly onClose?: () => void
  readonly notice?: string | null
}

/** Puts the store together over an engine. */
export function createStore(
  engine: Engine,
  kind: EngineKind,
  where: string,
  { onClose = () => {}, notice = null }: StoreExtras = {},
): Store {
  const repositories = repositoriesOn(engine.db)
  let closed: Promise<void> | null = null
  const open = (): Engine => {
    if (closed === null) return engine
    throw new RalphError('E_STORE_CLOSED', `store ${where}: it is closed`, { where })
  }
  return {
    kind,
    where,
    notice,
    get repositories(): Repositories {
      open()
      return repositories
    },
    async transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
      return open().transaction(({ db }) => work(repositoriesOn(db)))
    },
    async saveScan(scan: FinishedScan): Promise<SavedScan> {
      return open().transaction(({ db }) => saveScan(repositoriesOn(db), scan))
    },
    async findSignals(query?: SignalQuery): Promise<StoredSignal[]> {
      return findSignals(open().db, query)
    },
    async enterSignal(signal: SignalKey, fill: SignalFill): Promise<StoredSignal> {
      return enterSignal(open().db, signal, fill)
    },
    async closeSignal(signal: SignalKey, exit: SignalExit): Promise<StoredSignal> {
      return closeSignal(open().db, signal, exit)
    },
    async inspect(limit?: number): Promise<StoreReport> {
      return inspect(open(), kind, where, limit)
    },
    async write(batch: MarketBatch): Promise<BatchReport> {
      return writeMarket(open(), batch)
    },
    async load(request?: LoadRequest): Promise<MarketInput> {
      return loadMarket(open(), request)
    },
    async summary(): Promise<StoreSummary> {
      return summarize(open())
    },
    pool: () => engine.pool?.() ?? null,
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
