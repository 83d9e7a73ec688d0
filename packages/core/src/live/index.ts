export { type LiveOptions, type LiveScorer, liveScorer } from './live-scorer.js'
export type { VolumeShare } from './live-stock.js'
export type { Tick, TickRefusal, TickResult } from './tick.js'
export { U_SHAPED_VOLUME, type VolumeCurve, volumeShare } from './volume-curve.js'
