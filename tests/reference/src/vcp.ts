import { type Criteria, type Criterion, known, unknown } from './card.js'
import type { Bar } from './data.js'
import { isBelow, isWithin } from './edges.js'
import { mean, standardDeviation, sum, valueAt, window } from './statistics.js'

/** The five lines of the VCP score (100 points) of the last bar. */
export function vcpCriteria(bars: Bar[]): Criteria {
  return {
    'vcp.band-contraction': bandContraction(bars),
    'vcp.volume-dry-up': volumeDryUp(bars),
    'vcp.volatility-decrease': volatilityDecrease(bars),
    'vcp.rsi-neutral': rsiNeutral(bars),
    'vcp.band-position': bandPosition(bars),
  }
}

function closesOf(bars: Bar[]): number[] {
  return bars.map((bar) => bar.close)
}

/** Width of the 20-day, 2-sd bands over their middle, at the bar `back` bars before `t`. */
function bandwidth(bars: Bar[], back: number): number | null {
  const closes = window(closesOf(bars), back + 19, back)
  if (closes === null) return null
  const middle = mean(closes)
  return middle === 0 ? null : (4 * standardDeviation(closes)) / middle
}

function bandContraction(bars: Bar[]): Criterion {
  const now = bandwidth(bars, 0)
  const before: number[] = []
  for (let back = 20; back >= 1; back -= 1) {
    const width = bandwidth(bars, back)
    if (width === null) return unknown(30)
    before.push(width)
  }
  const usual = mean(before)
  if (now === null || usual === 0) return unknown(30)
  const ratio = now / usual
  if (isBelow(ratio, 0.5)) return known(30, 30)
  if (isBelow(ratio, 0.7)) return known(20, 30)
  if (isBelow(ratio, 0.9)) return known(10, 30)
  return known(0, 30)
}

function volumeDryUp(bars: Bar[]): Criterion {
  const volumes = bars.map((bar) => bar.volume)
  const recent = window(volumes, 4, 0)
  const earlier = window(volumes, 19, 5)
  if (recent === null || earlier === null || mean(earlier) === 0) return unknown(20)
  const ratio = mean(recent) / mean(earlier)
  if (isBelow(ratio, 0.5)) return known(20, 20)
  if (isBelow(ratio, 0.7)) return known(15, 20)
  if (isBelow(ratio, 0.9)) return known(10, 20)
  if (isBelow(ratio, 1.1)) return known(5, 20)
  return known(0, 20)
}

function coefficientOfVariation(values: number[]): number | null {
  const center = mean(values)
  return center === 0 ? null : standardDeviation(values) / center
}

function volatilityDecrease(bars: Bar[]): Criterion {
  const recentCloses = window(closesOf(bars), 4, 0)
  const earlierCloses = window(closesOf(bars), 24, 5)
  if (recentCloses === null || earlierCloses === null) return unknown(20)
  const recent = coefficientOfVariation(recentCloses)
  const earlier = coefficientOfVariation(earlierCloses)
  if (recent === null || earlier === null || earlier === 0) return unknown(20)
  const ratio = recent / earlier
  if (isBelow(ratio, 0.5)) return known(20, 20)
  if (isBelow(ratio, 0.8)) return known(15, 20)
  if (isBelow(ratio, 1)) return known(10, 20)
  return known(0, 20)
}

/** Cutler's RSI on the last 14 changes; `null` with fewer than 15 closes or no change at all. */
export function cutlerRsi(bars: Bar[]): number | null {
  const closes = window(closesOf(bars), 14, 0)
  if (closes === null) return null
  const changes = closes.slice(1).map((close, i) => close - (closes[i] ?? close))
  const gains = sum(changes.filter((change) => change > 0))
  const losses = -sum(changes.filter((change) => change < 0))
  if (gains + losses === 0) return null
  return (100 * gains) / (gains + losses)
}

function rsiNeutral(bars: Bar[]): Criterion {
  const rsi = cutlerRsi(bars)
  if (rsi === null) return unknown(15)
  if (isWithin(rsi, 40, 60)) return known(15, 15)
  if (isWithin(rsi, 30, 70)) return known(10, 15)
  if (isWithin(rsi, 20, 80)) return known(5, 15)
  return known(0, 15)
}

/** Place of the close between the 20-day, 2-sd bands, 0 at the lower; `null` without a width. */
export function bandPositionOf(bars: Bar[]): number | null {
  const closes = window(closesOf(bars), 19, 0)
  const today = valueAt(bars, 0)
  if (closes === null || today === null) return null
  const lower = mean(closes) - 2 * standardDeviation(closes)
  const upper = mean(closes) + 2 * standardDeviation(closes)
  if (upper - lower === 0) return null
  return (today.close - lower) / (upper - lower)
}

function bandPosition(bars: Bar[]): Criterion {
  const position = bandPositionOf(bars)
  if (position === null) return unknown(15)
  if (isWithin(position, 0.4, 0.6)) return known(15, 15)
  if (isWithin(position, 0.3, 0.7)) return known(10, 15)
  if (isWithin(position, 0.2, 0.8)) return known(5, 15)
  return known(0, 15)
}
