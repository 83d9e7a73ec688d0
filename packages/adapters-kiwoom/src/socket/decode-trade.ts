import type { QuoteVenue } from '@ralph-stock/core'
import { readNumber } from '../map/numbers.js'
import { instantOf, readSecond } from '../map/times.js'
import type { Trade } from './live-types.js'

/** Why a trade was refused; the first that holds. */
export type TradeProblem =
  | 'item'
  | 'venue'
  | '20: no time'
  | '20: ahead of the clock'
  | '10: no positive price'
  | '15: no number'
  | '13: no count'
  | 'beyond its day'

const UNIT = 1e6

/**
 * Reads a trade (0B) without a copy in between: the object made here is the one that listeners get.
 * It takes and refuses what the schema `tradeValues` does.
 *
 * @param text the item as registered, `005930`, `005930_NX` or `005930_AL`
 * @param spare the venue of a plain item; one feed registers one venue only
 * @param dayAt the Korean day of a time of day
 * @param now epoch ms
 */
export function decodeTrade(
  text: unknown,
  values: Readonly<Record<string, unknown>>,
  spare: QuoteVenue,
  dayAt: (second: number) => number,
  now: number,
): Trade | TradeProblem {
  if (typeof text !== 'string' || !isItem(text)) return 'item'
  const suffixed = text.length === 9
  const venue = suffixed ? (text.endsWith('_NX') ? 'NXT' : 'unified') : spare
  if (venue !== spare || contradicts(venue, values['9081'])) return 'venue'
  const second = typeof values['20'] === 'string' ? readSecond(values['20']) : null
  if (second === null) return '20: no time'
  const at = instantOf(dayAt(second), second)
  if (at > now + AHEAD_MS) return '20: ahead of the clock'
  const price = magnitude(values['10'])
  if (!(price > 0)) return '10: no positive price'
  const quantity = numberOf(values['15'])
  if (Number.isNaN(quantity) || SATURATED_AT.has(quantity)) return '15: no number'
  const volume = numberOf(values['13'])
  if (!(volume >= 0) || SATURATED_AT.has(volume)) return '13: no count'
  const session = sessionOf(values['290'])
  const open = magnitude(values['16'])
  const high = magnitude(values['17'])
  const low = magnitude(values['18'])
  if (session === REGULAR && ((high > 0 && price > high) || (low > 0 && price < low)))
    return 'beyond its day'
  const tradedValue = numberOf(values['14'])
  const trade: Mutable<Trade> = {
    ticker: suffixed ? text.slice(0, 6) : text,
    at,
    price,
    volume,
    venue,
    quantity,
    session,
  }
  if (tradedValue >= 0) trade.tradedValue = tradedValue * UNIT
  if (open > 0 && high > 0 && low > 0) {
    trade.open = open
    trade.high = high
    trade.low = low
  }
  return trade
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] }

const REGULAR = 2
/** Clocks differ by seconds; a trade later than this has not happened. */
const AHEAD_MS = 300_000
const SATURATED_AT: ReadonlySet<number> = new Set([4_294_967_295, 2_147_483_647, -2_147_483])

/** Six digits or capital letters, with or without the suffix of a venue. */
function isItem(text: string): boolean {
  if (text.length !== 6 && text.length !== 9) return false
  for (let at = 0; at < 6; at++) {
    const code = text.charCodeAt(at)
    if (!((code >= 48 && code <= 57) || (code >= 65 && code <= 90))) return false
  }
  return text.length === 6 || text.endsWith('_NX') || text.endsWith('_AL')
}

/** Captured frames name the exchange, samples number it. */
function contradicts(venue: QuoteVenue, named: unknown): boolean {
  if (venue === 'unified') return false
  if (named === 'KRX' || named === '1') return venue !== 'KRX'
  if (named === 'NXT' || named === '2') return venue !== 'NXT'
  return false
}

function sessionOf(value: unknown): number {
  return value === '1' ? 1 : value === '3' ? 3 : REGULAR
}

/** Blank, absent and unreadable are all missing here. */
function numberOf(value: unknown): number {
  return typeof value === 'string' ? (readNumber(value) ?? Number.NaN) : Number.NaN
}

function magnitude(value: unknown): number {
  return Math.abs(numberOf(value))
}
