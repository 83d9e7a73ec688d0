export {
  countsEntrySession,
  type EnteredAt,
  type HoldingRule,
  type OpenFill,
  openFill,
  type Position,
  type PositionEnd,
  positionEnd,
} from './closing-rule.js'
export { netReturn, type Sale, TRADING_COSTS, type TradingCosts } from './costs.js'
export { adjustmentSince, enteredAt, fillAt } from './signal-levels.js'
export { DELISTED_AFTER, type SignalMarket, type SignalStep, signalStep } from './signal-step.js'
export { type TrackingReport, type TrackingRequest, trackSignals } from './track-signals.js'
