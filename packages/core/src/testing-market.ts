import type { Article, Bar, Flow } from './bars/index.js'
import { createSeries, type Series } from './bars/index.js'
import { bars, type Column } from './columns/index.js'
import { dayNumber, fromDayNumber, krxCalendar, tradeDate } from './krx/index.js'
import {
  type Claims,
  type Criterion,
  criterion,
  defineStrategy,
  type Strategy,
  type StrategyDefinition,
} from './strategy/index.js'
import { createMarket, type Market, type Stock, unlistedStock } from './universe/index.js'

/** The last session of the made data, a Tuesday. */
export const LAST: string = '2026-02-10'

/** The `count` sessions up to `LAST`, oldest first. */
export function sessionsTo(count: number): string[] {
  const calendar = krxCalendar()
  const last = dayNumber(tradeDate(LAST))
  return calendar.between(calendar.shift(last, 1 - count), last).map(fromDayNumber)
}

/** Bars of these closes up to `LAST`, one a session, each opened at the close before. */
export function madeBars(closes: readonly number[], volume = 1000): Bar[] {
  return sessionsTo(closes.length).map((date, i): Bar => {
    const close = closes[i] as number
    const open = closes[i - 1] ?? close
    return { date, open, high: Math.max(open, close), low: Math.min(open, close), close, volume }
  })
}

/** A series of these closes. */
export function madeSeries(
  closes: readonly number[],
  more: { ticker?: string; flows?: readonly Flow[]; articles?: readonly Article[] } = {},
): Series {
  return createSeries({ ticker: '000100', bars: madeBars(closes), ...more })
}

/** A common stock of KOSPI. */
export function madeStock(ticker: string, more: Partial<Stock> = {}): Stock {
  return { ...unlistedStock(ticker), name: `종목 ${ticker}`, market: 'KOSPI', ...more }
}

/** A market of stocks by ticker, each with its closes up to `LAST`. */
export function madeMarket(
  closes: Readonly<Record<string, readonly number[]>>,
  listings: Readonly<Record<string, Partial<Stock>>> = {},
  indexes: Readonly<Record<string, readonly number[]>> = {},
): Market {
  return createMarket({
    stocks: Object.entries(closes).map(([ticker, list]) => ({
      stock: madeStock(ticker, listings[ticker]),
      series: madeSeries(list, { ticker }),
    })),
    indexes: Object.fromEntries(
      Object.entries(indexes).map(([name, list]) => [name, madeSeries(list, { ticker: name })]),
    ),
  })
}

/** `count` closes that rise by `step` from `first`. */
export function rising(count: number, first = 1000, step = 1): number[] {
  return Array.from({ length: count }, (_, i) => first + i * step)
}

/** A criterion of 10 points for a value above 0. */
export function madeCriterion(
  id: string,
  value: Column = bars.close,
  more: { claims?: Claims; maxPoints?: number; fractional?: boolean } = {},
): Criterion {
  return criterion({
    id,
    maxPoints: 10,
    label: { ko: '값', en: 'Value' },
    inputs: { value },
    score: ({ value: own }) => (own > 0 ? 10 : 0),
    ...more,
  })
}

/** A strategy of given criteria, 10 points each, or of whatever else is said. */
export function madeStrategy(
  criteria: readonly Criterion[],
  more: Partial<StrategyDefinition> = {},
): Strategy {
  return defineStrategy({
    id: 'made',
    version: '1.0.0',
    maxScore: criteria.reduce((sum, one) => sum + one.maxPoints, 0),
    lookback: 40,
    criteria,
    grades: { S: 20, A: 10 },
    ...more,
  })
}

/** A constructor that fails, for a host that forbids code from text. */
export function failing(error: Error): new () => object {
  return class {
    constructor() {
      throw error
    }
  }
}
