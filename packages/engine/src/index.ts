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
export { inventedAmong, SIMULATOR_SOURCE } from './invented.js'
export {
  createLiveDesk,
  type IndexQuote,
  type IndexTick,
  type LiveBoard,
  type LiveDesk,
  type LiveDeskEvents,
  type LiveDeskOptions,
  type LiveFeed,
  type LiveFlows,
  type LiveQuote,
  type LiveSignals,
  type SignalNews,
  withGateWarning,
} from './live/index.js'
export { type BatchOrigin, batchFromMarket } from './market-batch.js'
export {
  type EngineScan,
  type Quote,
  quoteOf,
  type ScanEntry,
  type ScanFilter,
  type StrategyScan,
  summarize,
} from './scan-result.js'
export { type SyncTarget, type SyncTargetRequest, syncTarget } from './sync-target.js'
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
