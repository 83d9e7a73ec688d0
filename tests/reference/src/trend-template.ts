import { type Criteria, type Criterion, known, unknown } from './card.js'
import type { Bar } from './data.js'
import { atLeast, isAbove } from './edges.js'
import { mean, valueAt, window } from './statistics.js'

function meanClose(bars: Bar[], count: number, back = 0): number | null {
  const own = window(bars, back + count - 1, back)
  return own === null ? null : mean(own.map((bar) => bar.close))
}

/** `0.4 r63 + 0.2 r126 + 0.2 r189 + 0.2 r252`; `null` with fewer than 253 bars. */
export function strengthNumber(bars: Bar[]): number | null {
  const today = valueAt(bars, 0)
  const parts: number[] = []
  for (const [weight, back] of [
    [0.4, 63],
    [0.2, 126],
    [0.2, 189],
    [0.2, 252],
  ] as const) {
    const past = valueAt(bars, back)
    if (today === null || past === null || past.close === 0) return null
    parts.push(weight * (today.close / past.close - 1))
  }
  return parts.reduce((total, part) => total + part, 0)
}

/**
 * Relative strength in percent: how many of the known numbers are strictly lower, over how many
 * are known, the stock's own included. Another stock's number is no threshold: exact comparison.
 *
 * @param known numbers of all eligible stocks that have one
 */
export function relativeStrength(own: number, known: number[]): number {
  return (known.filter((other) => other < own).length / known.length) * 100
}

/**
 * Eight conditions of one point. A condition is unknown when an average, an extreme or a number
 * that it names is missing, whatever the others say.
 *
 * @param strengths numbers of all eligible stocks that have one, the stock's own included
 */
export function trendTemplateCriteria(bars: Bar[], strengths: number[]): Criteria {
  const close = valueAt(bars, 0)?.close ?? null
  const mean50 = meanClose(bars, 50)
  const mean150 = meanClose(bars, 150)
  const mean200 = meanClose(bars, 200)
  const mean200Before = meanClose(bars, 200, 21)
  const year = window(bars, 251, 0)
  const lowest = year === null ? null : Math.min(...year.map((bar) => bar.low))
  const highest = year === null ? null : Math.max(...year.map((bar) => bar.high))
  const own = strengthNumber(bars)
  const strength = own === null ? null : relativeStrength(own, strengths)
  return {
    'close-above-mean-150-200': all(above(close, mean150), above(close, mean200)),
    'mean-150-above-mean-200': all(above(mean150, mean200)),
    'mean-200-rising': all(above(mean200, mean200Before)),
    'mean-50-above-mean-150-200': all(above(mean50, mean150), above(mean50, mean200)),
    'close-above-mean-50': all(above(close, mean50)),
    'close-above-low': all(reaches(close, lowest === null ? null : 1.3 * lowest)),
    'close-near-high': all(reaches(close, highest === null ? null : 0.75 * highest)),
    'relative-strength': all(reaches(strength, 70)),
  }
}

function above(value: number | null, threshold: number | null): boolean | null {
  return value === null || threshold === null ? null : isAbove(value, threshold)
}

function reaches(value: number | null, threshold: number | null): boolean | null {
  return value === null || threshold === null ? null : atLeast(value, threshold)
}

function all(...parts: (boolean | null)[]): Criterion {
  if (parts.includes(null)) return unknown(1)
  return known(parts.every((part) => part === true) ? 1 : 0, 1)
}
