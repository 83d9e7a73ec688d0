import {
  atLeast,
  atMost,
  findDay,
  lastAtOrBefore,
  type PlanRule,
  type Series,
  type SessionCalendar,
} from '@ralph-stock/core'
import { limitAt, type PriceColumns, priceColumns } from './printed-prices.js'

/** How a position was entered: at a session's close, at its open, or within it. */
export type EnteredAt = 'close' | 'open' | 'live'

/** What of a plan says how long a position is held. */
export type HoldingRule = Pick<PlanRule, 'fill' | 'holdingBars'>

/** A position that waits for its end. Prices are those of the series. */
export type Position = {
  readonly entered: EnteredAt
  /** Day number of the session in which it was entered. */
  readonly day: number
  readonly target: number
  readonly stop: number
  readonly holding: HoldingRule
}

/** How a position ended. */
export type PositionEnd = {
  readonly bar: number
  /** In the prices of the series. */
  readonly price: number
  readonly reason: 'target' | 'stop' | 'expired'
}

/**
 * Whether the session of the entry is the first of those that count to the holding limit. A position
 * is held through the session in which it was bought at the open. One that is bought at the close has
 * nothing of it left; and one bought live of a strategy that is bought at the close is the same
 * position as on paper, so its days are counted alike.
 */
export function countsEntrySession(entered: EnteredAt, { fill }: HoldingRule): boolean {
  return entered === 'open' || (entered === 'live' && fill === 'next-open')
}

/**
 * Where a position ends by the stock's own traded bars; null while it is open.
 *
 * - It ends on the first later bar whose range reaches the stop or the target; of both in one bar the
 *   stop counts. The bar of an open that was bought is such a bar; the bar of a close or of an instant
 *   is not, for nobody knows which of its prices came later.
 * - A gap through either fills at the open.
 * - Else it ends at the close of the last bar of its holding limit. Halts are no bars, so they prolong
 *   nothing but the wait.
 * - Nothing is sold at a locked lower limit: the sale is made at the open of the next bar that is not
 *   locked from the open to the close.
 *
 * @param market whose price limits hold
 */
export function positionEnd(
  series: Series,
  market: string,
  position: Position,
): PositionEnd | null {
  const prices = priceColumns(series)
  const { entered, day, holding } = position
  const later = lastAtOrBefore(series.days, day) + 1
  const own = findDay(series.days, day)
  const counts = own >= 0 && countsEntrySession(entered, holding)
  const last = (counts ? own : later) + holding.holdingBars - 1
  const first = own >= 0 ? own : later
  let unsold: PositionEnd['reason'] | null = null
  for (let bar = first; bar < series.length; bar++) {
    const price = prices.open[bar] as number
    if (unsold !== null) {
      if (isLocked(prices, market, bar)) continue
      return { bar, price, reason: unsold }
    }
    const hit = bar > own || entered === 'open' ? levelHit(prices, bar, position, bar > own) : null
    if (hit !== null) {
      if (!isLocked(prices, market, bar)) return { bar, ...hit }
      unsold = hit.reason
    } else if (bar >= last) {
      const close = prices.close[bar] as number
      if (limitAt(prices, market, bar, close) !== 'lower')
        return { bar, price: close, reason: 'expired' }
      unsold = 'expired'
    }
  }
  return null
}

function levelHit(
  { open, high, low }: PriceColumns,
  bar: number,
  { target, stop }: Position,
  gaps: boolean,
): Pick<PositionEnd, 'price' | 'reason'> | null {
  const first = open[bar] as number
  if (atMost(low[bar] as number, stop)) {
    return { price: gaps && first < stop ? first : stop, reason: 'stop' }
  }
  if (atLeast(high[bar] as number, target)) {
    return { price: gaps && first > target ? first : target, reason: 'target' }
  }
  return null
}

// Locked from the open to the close: it never traded above its lower limit.
function isLocked(prices: PriceColumns, market: string, bar: number): boolean {
  return limitAt(prices, market, bar, prices.high[bar] as number) === 'lower'
}

/** What became of an order for the open after a signal. */
export type OpenFill =
  | { readonly state: 'filled'; readonly bar: number }
  /** The stock did not trade that day, or opened at its upper limit. */
  | { readonly state: 'unfilled'; readonly day: number }
  /** The day's bar is not there yet. */
  | { readonly state: 'waiting' }

/**
 * Buys at the open of the session after a signal, or not at all: an order is good for one day. A stock
 * that is halted then, or opens at its upper limit, where nobody sells, is not bought; one without a
 * row of that day but with a later one was not traded.
 *
 * @param day day number of the signal
 */
export function openFill(
  series: Series,
  market: string,
  calendar: SessionCalendar,
  day: number,
): OpenFill {
  if (calendar.ordinal(calendar.last) <= calendar.ordinal(day)) return { state: 'waiting' }
  const next = calendar.next(day)
  const bar = findDay(series.days, next)
  if (bar < 0) {
    const known = Math.max(series.days.at(-1) ?? next - 1, series.halts.at(-1) ?? next - 1)
    return known < next ? { state: 'waiting' } : { state: 'unfilled', day: next }
  }
  const prices = priceColumns(series)
  const locked = limitAt(prices, market, bar, prices.open[bar] as number) === 'upper'
  return locked ? { state: 'unfilled', day: next } : { state: 'filled', bar }
}
