import {
  type BarRows,
  dayNumber,
  type FlowRows,
  type IndexRows,
  type MarketBatch,
  type ScoreCard,
  type Stock,
  tradeDate,
  unlistedStock,
} from '@ralph-stock/core'

/** `[ticker, date, open, high, low, close, volume]`. */
export type BarTuple = readonly [string, string, number, number, number, number, number]

/** `[ticker, date, foreign value, institution value, foreign shares, institution shares]`. */
export type FlowTuple = readonly [string, string, number, number, number, number]

/** A halt on the 11th; the bars of the 12th and 13th: a high below the open, a low above the high. */
export const BARS: readonly BarTuple[] = [
  ['000010', '2026-02-09', 100, 110, 90, 105, 1000],
  ['000010', '2026-02-10', 105, 120, 104, 118, 2000],
  ['000010', '2026-02-11', 0, 0, 0, 118, 0],
  ['000010', '2026-02-12', 118, 117, 110, 112, 500],
  ['000010', '2026-02-13', 112, 90, 80, 111, 500],
  ['000020', '2026-02-10', 5000, 5100, 4900, 5050, 10],
]

/** A batch of a source, known at an hour. */
export function batchOf(parts: Partial<MarketBatch> = {}): MarketBatch {
  return {
    source: 'test',
    knownAt: Date.UTC(2026, 1, 10, 9),
    stocks: [],
    listDay: null,
    bars: null,
    flows: null,
    indexes: null,
    ...parts,
  }
}

export function day(date: string): number {
  return dayNumber(tradeDate(date))
}

export function stockOf(ticker: string, facts: Partial<Stock> = {}): Stock {
  return { ...unlistedStock(ticker), name: `종목 ${ticker}`, market: 'KOSPI', ...facts }
}

export function barRows(rows: readonly BarTuple[], extra: Partial<BarRows> = {}): BarRows {
  const column = (at: 2 | 3 | 4 | 5 | 6): Float64Array => Float64Array.from(rows, (row) => row[at])
  return {
    ...keys(rows),
    open: column(2),
    high: column(3),
    low: column(4),
    close: column(5),
    volume: column(6),
    tradedValue: null,
    rawClose: null,
    ...extra,
  }
}

export function flowRows(
  rows: readonly FlowTuple[],
  provisional: Uint8Array | null = null,
): FlowRows {
  const column = (at: 2 | 3 | 4 | 5): Float64Array => Float64Array.from(rows, (row) => row[at])
  return {
    ...keys(rows),
    foreignNetValue: column(2),
    institutionNetValue: column(3),
    foreignNetVolume: column(4),
    institutionNetVolume: column(5),
    provisional,
  }
}

export function indexRows(rows: readonly BarTuple[]): IndexRows {
  return { ...barRows(rows), tradedValue: Float64Array.from(rows, (row) => row[5] * row[6]) }
}

/** `days` sessions of `tickers` stocks from a day on, each price told by its place. */
export function manyBars(tickers: number, days: number, from = '2025-01-02', lift = 0): BarRows {
  const first = day(from)
  const length = tickers * days
  const fill = (value: (ticker: number, at: number) => number): Float64Array =>
    Float64Array.from({ length }, (_, k) => value(Math.floor(k / days), k % days))
  const close = (ticker: number, at: number): number => 10_000 + ticker * 7 + at * 3 + lift
  return {
    length,
    tickers: Array.from({ length: tickers }, (_, n) => String(n * 10).padStart(6, '0')),
    ticker: Int32Array.from({ length }, (_, k) => Math.floor(k / days)),
    day: Int32Array.from({ length }, (_, k) => first + (k % days)),
    open: fill((t, i) => close(t, i) - 50),
    high: fill((t, i) => close(t, i) + 100),
    low: fill((t, i) => close(t, i) - 100),
    close: fill(close),
    volume: fill((t, i) => 1000 + t + i),
    tradedValue: null,
    rawClose: null,
  }
}

/** A card that passed. */
export function cardOf(ticker: string, facts: Partial<ScoreCard> = {}): ScoreCard {
  return {
    strategyId: 'vcp',
    strategyVersion: '1.0.0',
    ticker,
    name: `종목 ${ticker}`,
    market: 'KOSPI',
    asOf: tradeDate('2026-02-10'),
    score: 70,
    maxScore: 100,
    coverage: 1,
    grade: 'A',
    outOfReach: [],
    subScores: {},
    criteria: [],
    evidence: {},
    annotation: null,
    flags: [],
    flows: null,
    universeAsOf: null,
    screen: { passed: true, failed: [] },
    plan: { entry: 10_000, target: 11_500, stop: 9_500, quantity: 10, note: null },
    ...facts,
  }
}

function keys(rows: ReadonlyArray<readonly [string, string, ...number[]]>): {
  length: number
  tickers: string[]
  ticker: Int32Array
  day: Int32Array
} {
  const tickers = [...new Set(rows.map(([ticker]) => ticker))]
  return {
    length: rows.length,
    tickers,
    ticker: Int32Array.from(rows, ([ticker]) => tickers.indexOf(ticker)),
    day: Int32Array.from(rows, ([, date]) => day(date)),
  }
}
