export { bandContraction } from './criteria/band-contraction.js'
export { bandPosition } from './criteria/band-position.js'
export { dualBuying } from './criteria/dual-buying.js'
export { foreign } from './criteria/foreign.js'
export { foreignStreak } from './criteria/foreign-streak.js'
export { institution } from './criteria/institution.js'
export { rsiNeutral } from './criteria/rsi-neutral.js'
export { volatilityDecrease } from './criteria/volatility-decrease.js'
export { volumeDryUp } from './criteria/volume-dry-up.js'
export { type ContractionFootprint, type FootprintPullback, footprint } from './footprint.js'
export {
  type TemplateOptions,
  type TrendTemplateInput,
  type TrendTemplateOptions,
  trendTemplateOptions,
} from './options/template-options.js'
export { type VcpInput, type VcpOptions, vcpOptions } from './options/vcp-options.js'
export { vcp } from './strategy.js'
export { templateCriteria } from './trend-template/criteria.js'
export { templateEvidence } from './trend-template/evidence.js'
export { trendTemplate } from './trend-template/strategy.js'
