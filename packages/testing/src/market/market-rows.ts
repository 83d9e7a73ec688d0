import {
  type Article,
  type Bar,
  createMarket,
  createSeries,
  dayNumber,
  epochMsOfKst,
  type Flow,
  fromDayNumber,
  krxCalendar,
  type Market,
  type Series,
  type Stock,
  type TradeDate,
  tradeDate,
} from '@ralph-stock/core'
import { buildBars, sessionsOf } from './build-bars.js'
import { buildArticles, buildFlows } from './build-flows.js'
import { randomOf, seedOf } from './random.js'
import type { MarketScript } from './script.js'

/** The last session of every generated market. */
export const LAST_SESSION: TradeDate = tradeDate('2026-02-10')

/** The rows of one stock, as a source would deliver them. */
export type StockRows = {
  readonly stock: Stock
  readonly bars: readonly Bar[]
  readonly flows?: readonly Flow[]
  readonly articles?: readonly Article[]
}

/** The rows of a market, oldest first. */
export type MarketRows = {
  /** Sessions, ascending; the last one is `LAST_SESSION` unless the rows were cut. */
  readonly sessions: readonly TradeDate[]
  readonly stocks: readonly StockRows[]
  readonly indexes: Readonly<Record<string, readonly Bar[]>>
}

/** Tells a story in rows. */
export function rowsOf(script: MarketScript, indexes: readonly string[] = INDEXES): MarketRows {
  const longest = Math.max(2, ...script.stocks.map(({ segments }) => sessionsOf(segments)))
  const calendar = krxCalendar()
  const last = dayNumber(LAST_SESSION)
  const days = calendar.between(calendar.shift(last, 1 - longest), last)
  const sessions = days.map(fromDayNumber)
  return {
    sessions,
    stocks: script.stocks.map((one) => {
      const bars = buildBars(one, sessions)
      const flows = buildFlows(one, bars)
      const articles = buildArticles(one.articles, LAST_SESSION)
      return {
        stock: one.stock,
        bars,
        ...(flows === undefined ? {} : { flows }),
        ...(articles === undefined ? {} : { articles }),
      }
    }),
    indexes: Object.fromEntries(indexes.map((name) => [name, indexBars(script, name, sessions)])),
  }
}

/** The indexes that every generated market has. */
export const INDEXES: readonly string[] = ['KOSPI', 'KOSDAQ']

/** The market of rows, in memory of its own. `columns` names data of your own to be made up. */
export function marketOf(rows: MarketRows, columns: readonly string[] = []): Market {
  return createMarket({
    stocks: rows.stocks.map((one) => ({ stock: one.stock, series: seriesOf(one, columns) })),
    indexes: Object.fromEntries(
      Object.entries(rows.indexes).map(([name, bars]) => [
        name,
        createSeries({ ticker: name, bars, adjustment: 'none' }),
      ]),
    ),
  })
}

/** The series of one stock's rows, in memory of its own. */
export function seriesOf(rows: StockRows, columns: readonly string[] = []): Series {
  const { stock, bars, flows, articles } = rows
  const series = createSeries({
    ticker: stock.ticker,
    bars,
    ...(flows === undefined ? {} : { flows }),
    ...(articles === undefined ? {} : { articles }),
  })
  if (columns.length === 0) return series
  const own = columns.map((name) => [name, ownColumn(series, name)])
  return { ...series, columns: { ...series.columns, ...Object.fromEntries(own) } }
}

/** The rows as they were known at the end of a day: what came later is not there. */
export function through(rows: MarketRows, date: TradeDate): MarketRows {
  const ends = epochMsOfKst(date, '23:59:59')
  const known = <T extends { readonly date: string }>(list: readonly T[]): T[] =>
    list.filter((one) => one.date <= date)
  return {
    sessions: rows.sessions.filter((session) => session <= date),
    stocks: rows.stocks.map(({ stock, bars, flows, articles }) => ({
      stock,
      bars: known(bars),
      ...(flows === undefined ? {} : { flows: known(flows) }),
      ...(articles === undefined
        ? {}
        : { articles: articles.filter(({ publishedAt }) => publishedAt <= ends) }),
    })),
    indexes: Object.fromEntries(
      Object.entries(rows.indexes).map(([name, bars]) => [name, known(bars)]),
    ),
  }
}

// Indexes move little, and now and then by exactly nothing or 1 %.
function indexBars(script: MarketScript, name: string, sessions: readonly TradeDate[]): Bar[] {
  const bars: Bar[] = []
  let close = 2000
  sessions.forEach((date, i) => {
    const random = randomOf(seedOf(`${script.indexSeed}/${name}/${sessions.length - i}`))
    const kind = Math.floor(random() * 6)
    const before = close
    if (kind > 3) close = 2000
    else if (kind === 3) close = before * 1.01
    else if (kind === 2) close = before * 0.99
    else if (kind === 1) close = before * (1 + 0.04 * (random() - 0.5))
    if (close < 200 || close > 20_000) close = 2000
    const gap = script.indexGap
    if (gap !== null && gap.name === name && gap.sessionsBack === sessions.length - 1 - i) return
    const [low, high] = [Math.min(before, close), Math.max(before, close)]
    bars.push({ date, open: before, high, low, close, volume: 1_000_000 })
  })
  return bars
}

function ownColumn(series: Series, name: string): Float64Array {
  return Float64Array.from(series.days, (day) => {
    const random = randomOf(seedOf(`${series.ticker}/${name}/${day}`))
    if (random() < 0.05) return Number.NaN
    return random() < 0.3 ? Math.round(20 * random()) - 10 : 200 * (random() - 0.5)
  })
}
