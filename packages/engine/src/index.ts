export {
  createEngine,
  type Engine,
  type EngineOptions,
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
