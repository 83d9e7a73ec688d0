export type {
  FinishedScan,
  SavedScan,
  SignalCursor,
  SignalEntry,
  SignalExit,
  SignalFill,
  SignalKey,
  SignalQuery,
  SignalStore,
  StoredSignal,
} from '@ralph-stock/core'
export type { SessionGap, StoreReport, SuspiciousBar } from './doctor/report.js'
export type { EngineKind, PoolState, StatementListener } from './engine.js'
export type { MigrationStatus } from './migrate/migrator.js'
export { type EmbeddedStoreOptions, openEmbeddedStore } from './pglite/open.js'
export { openPostgresStore, type PostgresStoreOptions } from './postgres/open.js'
export type * from './repositories/index.js'
export type { Store } from './store.js'
