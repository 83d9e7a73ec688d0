import type { Card } from './card.js'
import type { Bar } from './data.js'
import { atLeast, isAbove } from './edges.js'
import { mean, valueAt, window } from './statistics.js'
import { tradedValue } from './view.js'

const LEAST_VALUE_KRW = 1e9

/** True when the mean traded value of the 20 bars before `t` is known and at least 1e9 won. */
export function isLiquid(bars: Bar[]): boolean {
  const prior = window(bars, 20, 1)
  return prior !== null && atLeast(mean(prior.map(tradedValue)), LEAST_VALUE_KRW)
}

/** True when the mean of 50 closes, `t` included, is known and the close is above it. */
export function isInUptrend(bars: Bar[]): boolean {
  const own = window(bars, 49, 0)
  const today = valueAt(bars, 0)
  if (own === null || today === null) return false
  return isAbove(today.close, mean(own.map((bar) => bar.close)))
}

/** True for the grades S, A and B. */
export function isBOrBetter(grade: Card['grade']): boolean {
  return grade === 'S' || grade === 'A' || grade === 'B'
}
