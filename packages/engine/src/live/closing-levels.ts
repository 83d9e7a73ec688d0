import {
  atLeast,
  atMost,
  fromDayNumber,
  krxMarket,
  type PriceLimits,
  priceLimits,
} from '@ralph-stock/core'

/** Prices of a stretch of a session, and the session's open. KRW. */
export type Stretch = { readonly open: number; readonly high: number; readonly low: number }

/** Levels in the prices of the session. */
export type Levels = { readonly target: number; readonly stop: number }

/** A level that was reached, and the price at which it is sold. */
export type LevelHit = { readonly price: number; readonly reason: 'target' | 'stop' }

/**
 * The level that a stretch reaches; null when it reaches none. Of both the stop counts.
 *
 * @param gaps whether the position was held before the session, whose open may be through a level
 */
export function levelHit(stretch: Stretch, gaps: boolean, levels: Levels): LevelHit | null {
  const { open, high, low } = stretch
  const { target, stop } = levels
  if (atMost(low, stop)) return { price: whole(gaps && open < stop ? open : stop), reason: 'stop' }
  if (!atLeast(high, target)) return null
  return { price: whole(gaps && open > target ? open : target), reason: 'target' }
}

// Levels that were adjusted for a split may be fractions of a won.
function whole(price: number): number {
  return Math.max(1, Math.round(price))
}

/** The price limits of a session; null where the close before is not known. */
export function limitsOf(base: number, day: number, market: string): PriceLimits | null {
  if (!Number.isSafeInteger(base) || base < 1) return null
  return priceLimits(base, { date: fromDayNumber(day), market: krxMarket(market) })
}
