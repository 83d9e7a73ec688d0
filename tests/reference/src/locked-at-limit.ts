import type { Bar } from './data.js'
import { tickSize } from './plan.js'
import { valueAt } from './statistics.js'

/**
 * Highest price allowed on a day, from the base price (the previous close).
 * 30 % of the base, cut to the tick of the base, on top of it, cut to the tick of the result.
 */
export function upperLimit(base: number): number {
  // base * 3 is an integer, so the floor is exact.
  const share = Math.floor((base * 3) / 10)
  const range = share - (share % tickSize(base))
  const raw = base + range
  return raw - (raw % tickSize(raw))
}

/** True when the last bar closed at the upper limit of the traded bar before it. */
export function isLockedAtLimit(bars: Bar[]): boolean {
  const today = valueAt(bars, 0)
  const before = valueAt(bars, 1)
  if (today === null || before === null) return false
  return today.close === upperLimit(before.close)
}
