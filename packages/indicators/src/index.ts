export { type CatalogueEntry, type CatalogueParameter, INDICATOR_CATALOGUE } from './catalogue.js'
export { change } from './momentum/change/change.js'
export { cutlerRsi } from './momentum/cutler-rsi/cutler-rsi.js'
export { rsi } from './momentum/rsi/rsi.js'
export { type Stochastic, stochastic } from './momentum/stochastic/stochastic.js'
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
export { median } from './statistics/median/median.js'
export { percentile } from './statistics/percentile/percentile.js'
export { slope } from './statistics/slope/slope.js'
export { streakAbove } from './statistics/streak-above/streak-above.js'
export { sum } from './statistics/sum/sum.js'
export {
  RELATIVE_STRENGTH_PARTS,
  type WeightedPart,
  weightedChange,
} from './statistics/weighted-change/weighted-change.js'
export { zScore } from './statistics/z-score/z-score.js'
export { type Adx, adx } from './trend/adx/adx.js'
export { ema } from './trend/ema/ema.js'
export { type Macd, macd } from './trend/macd/macd.js'
export { sma } from './trend/sma/sma.js'
export { wilder } from './trend/wilder/wilder.js'
export { wma } from './trend/wma/wma.js'
export { atr } from './volatility/atr/atr.js'
export { type Bollinger, bollinger } from './volatility/bollinger/bollinger.js'
export { coefficientOfVariation } from './volatility/coefficient-of-variation/coefficient-of-variation.js'
export { stdev } from './volatility/stdev/stdev.js'
export { trueRange } from './volatility/true-range/true-range.js'
export { obv } from './volume/obv/obv.js'
export { typicalVwap, vwap } from './volume/vwap/vwap.js'
