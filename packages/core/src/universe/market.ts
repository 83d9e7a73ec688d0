import type { Series } from '../bars/index.js'
import { lastAtOrBefore } from '../bars/index.js'
import { RalphError } from '../errors/index.js'
import {
  calendarFromSessions,
  dayNumber,
  fromDayNumber,
  KRX_HOLIDAYS_FROM,
  KRX_HOLIDAYS_TO,
  type SessionCalendar,
  tradeDate,
} from '../krx/index.js'
import { listingReason } from './rules.js'
import type { Stock } from './stock.js'

/** A stock with its data. */
export type Member = {
  readonly stock: Stock
  readonly series: Series
  /** Why the stock is never eligible, whatever the date; null when it may be. */
  readonly listingReason: string | null
}

/** What a market is made of. */
export type MarketInput = {
  readonly stocks: ReadonlyArray<{ readonly stock: Stock; readonly series: Series }>
  /** By name: KOSPI, KOSDAQ. */
  readonly indexes?: Readonly<Record<string, Series>>
  /** Day number of the stock list; null when unknown. */
  readonly universeDay?: number | null
  /** Sessions beside those that the data show; the exchange's own table unless given. */
  readonly calendar?: SessionCalendar
}

/** All stocks and indexes of a market in memory, in columns. */
export type Market = {
  /** By ticker, ascending. */
  readonly members: readonly Member[]
  readonly indexes: Readonly<Record<string, Series>>
  readonly calendar: SessionCalendar
  /** Day numbers on which any stock or index has a bar, ascending. */
  readonly sessions: Int32Array
  readonly universeDay: number | null
  member(ticker: string): Member | undefined
}

/**
 * Puts stocks and indexes together. The dates on which anything traded are the market's sessions; the
 * exchange's calendar speaks for the days outside them.
 *
 * @throws RalphError E_STOCK_DUPLICATE
 */
export function createMarket(input: MarketInput): Market {
  const indexes = input.indexes ?? {}
  const sessions = observedSessions([
    ...Object.values(indexes),
    ...input.stocks.map(({ series }) => series),
  ])
  const calendar = input.calendar ?? calendarOf(sessions)
  const members = input.stocks
    .map(({ stock, series }): Member => {
      return { stock, series: withOrdinals(series, calendar), listingReason: listingReason(stock) }
    })
    .sort((a, b) => (a.stock.ticker < b.stock.ticker ? -1 : 1))
  const byTicker = new Map<string, Member>()
  for (const member of members) {
    const { ticker } = member.stock
    if (byTicker.has(ticker)) {
      throw new RalphError('E_STOCK_DUPLICATE', `the market holds ${ticker} twice`, { ticker })
    }
    byTicker.set(ticker, member)
  }
  return {
    members,
    indexes,
    calendar,
    sessions,
    universeDay: input.universeDay ?? null,
    member: (ticker) => byTicker.get(ticker),
  }
}

/**
 * The calendar of observed sessions, with the exchange's table before and after them where the two
 * meet; the observed days alone where they do not.
 */
export function calendarOf(sessions: Int32Array): SessionCalendar {
  if (sessions.length === 0) return calendarFromSessions([])
  const first = sessions[0] as number
  const last = sessions[sessions.length - 1] as number
  const extend =
    first <= dayNumber(tradeDate(KRX_HOLIDAYS_TO)) &&
    last >= dayNumber(tradeDate(KRX_HOLIDAYS_FROM))
  return calendarFromSessions(sessions, { extend })
}

/** The series with `sessions.ordinal` beside its bars. */
export function withOrdinals(series: Series, calendar: SessionCalendar): Series {
  const ordinals = new Float64Array(series.length)
  for (let i = 0; i < series.length; i++) ordinals[i] = calendar.ordinal(series.days[i] as number)
  return { ...series, columns: { ...series.columns, 'sessions.ordinal': ordinals } }
}

/**
 * Refuses a date on which nothing traded.
 *
 * @throws RalphError E_SESSION_NONE, with the last session before it
 */
export function requireSession(market: Market, day: number): void {
  const position = lastAtOrBefore(market.sessions, day)
  if (position >= 0 && market.sessions[position] === day) return
  const date = fromDayNumber(day)
  if (position < 0) {
    const first = market.sessions[0]
    const known =
      first === undefined ? 'the market is empty' : `the first session is ${fromDayNumber(first)}`
    throw new RalphError('E_SESSION_NONE', `no session on ${date}: ${known}`, { date })
  }
  const previous = fromDayNumber(market.sessions[position] as number)
  throw new RalphError(
    'E_SESSION_NONE',
    `no session on ${date}; the last one before it is ${previous}`,
    { date, previous },
  )
}

function observedSessions(all: readonly Series[]): Int32Array {
  const days = new Set<number>()
  for (const series of all) for (const day of series.days) days.add(day)
  return Int32Array.from(days).sort()
}
