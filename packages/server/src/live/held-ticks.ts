import type { Tick } from '@ralph-stock/core'

/**
 * Keeps the ticks of stocks whose missed minutes are still being asked for: those minutes must be fed
 * before the ticks after them.
 */
export type HeldTicks = {
  hold(ticker: string): void
  holds(ticker: string): boolean
  /** The stocks whose ticks are kept. */
  tickers(): string[]
  /** Whether the tick was kept. */
  take(tick: Tick): boolean
  /** What was kept, oldest first; from now on ticks pass. */
  release(ticker: string): readonly Tick[]
}

/** A minute's trades of a busy stock, many times over. The first are dropped, their range is in the rest. */
const MOST = 5000

export function heldTicks(): HeldTicks {
  const held = new Map<string, Tick[]>()
  return {
    hold: (ticker) => {
      if (!held.has(ticker)) held.set(ticker, [])
    },
    holds: (ticker) => held.has(ticker),
    tickers: () => [...held.keys()],
    take: (tick) => {
      const kept = held.get(tick.ticker)
      if (kept === undefined) return false
      kept.push(tick)
      if (kept.length > MOST) kept.shift()
      return true
    },
    release: (ticker) => {
      const kept = held.get(ticker) ?? []
      held.delete(ticker)
      return kept
    },
  }
}
