export { marketFromBatch } from './batch-market.js'
export {
  createEngine,
  type Engine,
  type EngineOptions,
  pickStrategies,
  type ScanRequest,
  type ScoreRequest,
} from './engine.js'
export type { EngineEvents } from './events.js'
export {
  type EngineScan,
  type Quote,
  quoteOf,
  type ScanEntry,
  type ScanFilter,
  type StrategyScan,
} from './scan-result.js'
export {
  type HistoryThreads,
  type HistoryThreadsOptions,
  loadStrategies,
  openHistoryThreads,
  type StrategyModule,
} from './threads/index.js'
