export { change } from './momentum/change/change.js'
export { cutlerRsi } from './momentum/cutler-rsi/cutler-rsi.js'
export {
  type ContractionOptions,
  type Contractions,
  contractions,
  type Pullback,
} from './pattern/contractions/contractions.js'
export { reboundFromLow } from './pattern/rebound-from-low/rebound-from-low.js'
export { type VcpMeasures, type VcpOptions, vcpMeasures, vcpScore } from './pattern/vcp/vcp.js'
export {
  type BandStep,
  type BelowStep,
  DEFAULT_VCP_THRESHOLDS,
  type VcpMeasureName,
  type VcpThresholds,
  vcpPoints,
} from './pattern/vcp/vcp-points.js'
export { withinSessions } from './pattern/within-sessions/within-sessions.js'
export { barsSinceLowest } from './statistics/bars-since-lowest/bars-since-lowest.js'
export { countAbove } from './statistics/count-above/count-above.js'
export { type ExtremeOptions, highest } from './statistics/highest/highest.js'
export { lowest } from './statistics/lowest/lowest.js'
export { streakAbove } from './statistics/streak-above/streak-above.js'
export { sum } from './statistics/sum/sum.js'
export {
  RELATIVE_STRENGTH_PARTS,
  type WeightedPart,
  weightedChange,
} from './statistics/weighted-change/weighted-change.js'
export { zScore } from './statistics/z-score/z-score.js'
export { sma } from './trend/sma/sma.js'
export { type Bollinger, bollinger } from './volatility/bollinger/bollinger.js'
export { coefficientOfVariation } from './volatility/coefficient-of-variation/coefficient-of-variation.js'
export { stdev } from './volatility/stdev/stdev.js'
