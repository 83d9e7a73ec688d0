import {
  type BarRows,
  dayNumber,
  type FlowRows,
  type IndexRows,
  type MarketBatch,
  type Stock,
  tradeDate,
} from '@ralph-stock/core'

/** A row of prices: ticker, date, open, high, low, close, volume. */
export type PriceRow = readonly [string, string, number, number, number, number, number]

/** A listing of which little is known. */
export function listing(ticker: string, more: Partial<Stock> = {}): Stock {
  return {
    ticker,
    name: `종목 ${ticker}`,
    market: 'KOSPI',
    sector: '반도체 제조업',
    kind: 'common',
    department: null,
    listedShares: 1_000_000,
    marketCap: 5_000_000_000,
    listingDate: '2001-02-03',
    ...more,
  }
}

/** Rows in columns, in the order given. */
export function barRows(rows: readonly PriceRow[]): BarRows {
  const at = (position: 2 | 3 | 4 | 5 | 6): Float64Array =>
    Float64Array.from(rows, (row) => row[position])
  return {
    ...keys(rows),
    open: at(2),
    high: at(3),
    low: at(4),
    close: at(5),
    volume: at(6),
    tradedValue: null,
    rawClose: null,
  }
}

/** Net buying in KRW: ticker, date, foreign, institution; NaN is missing. */
export function flowRows(rows: ReadonlyArray<readonly [string, string, number, number]>): FlowRows {
  const nothing = (): Float64Array => new Float64Array(rows.length).fill(Number.NaN)
  return {
    ...keys(rows),
    foreignNetValue: Float64Array.from(rows, (row) => row[2]),
    institutionNetValue: Float64Array.from(rows, (row) => row[3]),
    foreignNetVolume: nothing(),
    institutionNetVolume: nothing(),
    provisional: null,
  }
}

/** Values of an index: name, date, close. */
export function indexRows(rows: ReadonlyArray<readonly [string, string, number]>): IndexRows {
  const close = Float64Array.from(rows, (row) => row[2])
  const alike = (): Float64Array => close.slice()
  return {
    ...keys(rows),
    open: alike(),
    high: alike(),
    low: alike(),
    close,
    volume: new Float64Array(rows.length).fill(1000),
    tradedValue: new Float64Array(rows.length).fill(1e9),
  }
}

/** A batch that a test source says; parts that are left out are absent. */
export function batchOf(parts: Partial<MarketBatch>): MarketBatch {
  return {
    source: 'contract',
    knownAt: Date.UTC(2026, 1, 10, 9),
    stocks: [],
    listDay: null,
    bars: null,
    flows: null,
    indexes: null,
    ...parts,
  }
}

/** Day number of a date. */
export function dayOf(date: string): number {
  return dayNumber(tradeDate(date))
}

function keys(rows: ReadonlyArray<readonly [string, string, ...unknown[]]>): {
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
    day: Int32Array.from(rows, ([, date]) => dayOf(date)),
  }
}
