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
  summarize,
} from './scan-result.js'
export {
  type HistoryThreads,
  type HistoryThreadsOptions,
  loadStrategies,
  openHistoryThreads,
  type StrategyModule,
} from './threads/index.js'
export {
  adjustmentSince,
  countsEntrySession,
  DELISTED_AFTER,
  type EnteredAt,
  enteredAt,
  fillAt,
  type HoldingRule,
  netReturn,
  type OpenFill,
  openFill,
  type Position,
  type PositionEnd,
  positionEnd,
  type Sale,
  type SignalMarket,
  type SignalStep,
  signalStep,
  TRADING_COSTS,
  type TrackingReport,
  type TrackingRequest,
  type TradingCosts,
  trackSignals,
} from './tracking/index.js'
