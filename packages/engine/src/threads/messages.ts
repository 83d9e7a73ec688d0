import type { PackedMarket } from '@ralph-stock/core'

/**
 * Where a thread finds a strategy. Functions cannot be sent to a thread, so it imports the module and
 * calls the export with the options.
 */
export type StrategyModule = {
  /** Absolute address: `import.meta.resolve('@ralph-stock/strategies-vcp')`. */
  readonly module: string
  /** Name of the factory that the module exports. */
  readonly export: string
  readonly options?: unknown
}

/** What a thread is given when it starts. */
export type WorkerStart = {
  readonly market: PackedMarket
  readonly strategies: readonly StrategyModule[]
  /** The history's memory, in the order in which its arrays are laid out. */
  readonly buffers: readonly SharedArrayBuffer[]
}

/** The three passes of a history; all of one is done before the next begins. */
export type Pass = 'panel' | 'groups' | 'scores'

/** A piece of a pass: stocks (or comparisons) `from` to `to` exclusive. */
export type Task = { readonly pass: Pass; readonly from: number; readonly to: number }

/** What a thread says: it is ready, a piece is done, or what went wrong. */
export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
