import type { ScoreCard, StoreSummary, TradeDate } from '@ralph-stock/core'
import mitt, { type Emitter } from 'mitt'
import type { EngineScan } from './scan-result.js'

/** What an engine tells those who listen. */
export type EngineEvents = {
  /** A market was loaded from the store. */
  'market:loaded': { readonly through: TradeDate; readonly stocks: number; readonly ms: number }
  'scan:done': { readonly scan: EngineScan; readonly ms: number }
  'score:done': { readonly card: ScoreCard }
  /** The store was written through the engine; loaded markets are forgotten. */
  'store:changed': { readonly summary: StoreSummary }
}

// Sound: mitt's types call its ES module CommonJS, and so expect its default export one level deeper.
const emitter = mitt as unknown as typeof mitt.default

/** Makes an emitter of these events, by name. */
export function createEmitter<Events extends Record<string, unknown>>(): Emitter<Events> {
  return emitter<Events>()
}

/** Makes the emitter of an engine. */
export function createEvents(): Emitter<EngineEvents> {
  return createEmitter<EngineEvents>()
}
