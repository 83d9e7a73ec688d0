import {
  dayNumber,
  fromDayNumber,
  lastAtOrBefore,
  type Series,
  type SessionCalendar,
  type SignalExit,
  type SignalFill,
  type StoredSignal,
  type Strategy,
  tradeDate,
} from '@ralph-stock/core'
import { openFill, positionEnd } from './closing-rule.js'
import { netReturn, type TradingCosts } from './costs.js'
import { priceColumns, printedPrice } from './printed-prices.js'
import { adjustmentSince, enteredAt, fillAt } from './signal-levels.js'

/** What stored bars say of the market in which a signal lives. */
export type SignalMarket = {
  readonly series: Series
  readonly calendar: SessionCalendar
  /** Day numbers of the sessions that are stored, ascending. */
  readonly sessions: Int32Array
}

/** What happens to a signal next. */
export type SignalStep =
  | { readonly kind: 'enter'; readonly fill: SignalFill }
  | { readonly kind: 'close'; readonly exit: SignalExit }

/** Sessions without a row of a stock, bar or halt, after which it is taken as delisted. */
export const DELISTED_AFTER = 20

/**
 * What happens to an open signal next by the bars that are there; null while it waits. A signal that
 * cannot be bought ends as `unfilled`; one whose stock has left the market ends as `delisted` at its
 * last close.
 *
 * @param strategy the signal's own, which has a plan
 */
export function signalStep(
  signal: StoredSignal,
  strategy: Strategy,
  market: SignalMarket,
  costs: TradingCosts,
): SignalStep | null {
  if (strategy.plan === null) return null
  return signal.entry === null
    ? entryStep(signal, strategy, market)
    : exitStep(signal, strategy, market, costs)
}

function entryStep(
  { card, signalDate }: StoredSignal,
  strategy: Strategy,
  market: SignalMarket,
): SignalStep | null {
  const { series, calendar } = market
  const date = tradeDate(signalDate)
  if (strategy.plan?.fill === 'close') {
    const { plan } = card
    if (plan === null) return unfilled(signalDate)
    const { entry: price, target, stop } = plan
    return { kind: 'enter', fill: { date: signalDate, price, target, stop } }
  }
  const filled = openFill(series, card.market, calendar, dayNumber(date))
  if (filled.state === 'unfilled') return unfilled(fromDayNumber(filled.day))
  if (filled.state === 'waiting') {
    const gone = isGone(market, dayNumber(date))
    return gone ? unfilled(fromDayNumber(calendar.next(dayNumber(date)))) : null
  }
  const prices = priceColumns(series)
  const price = printedPrice(prices, filled.bar, prices.open[filled.bar] as number)
  const opened = fromDayNumber(series.days[filled.bar] as number)
  const fill = fillAt(strategy, card, opened, price)
  return fill === null ? null : { kind: 'enter', fill }
}

function exitStep(
  signal: StoredSignal,
  strategy: Strategy,
  market: SignalMarket,
  costs: TradingCosts,
): SignalStep | null {
  const { entry, target, stop, signalDate, card } = signal
  if (entry === null || target === null || stop === null || strategy.plan === null) return null
  const { series, calendar } = market
  const day = dayNumber(tradeDate(entry.date))
  const ratio = adjustmentSince(series, signal)
  const found = positionEnd(series, card.market, {
    entered: enteredAt(entry, signalDate),
    day,
    target: target * ratio,
    stop: stop * ratio,
    holding: strategy.plan,
  })
  const end = found ?? (isGone(market, day) ? lastClose(series, day) : null)
  if (end === null) return null
  const date = fromDayNumber(end.bar < 0 ? day : (series.days[end.bar] as number))
  const paid = entry.price * ratio
  // A stock without a bar since the entry gives no other price than that of the entry.
  const price = end.bar < 0 ? paid : end.price
  return {
    kind: 'close',
    exit: {
      exitDate: date,
      exitPrice: end.bar < 0 ? entry.price : printedPrice(priceColumns(series), end.bar, price),
      reason: end.reason,
      returnRate: netReturn(paid, price, { date, market: card.market, calendar }, costs),
      at: null,
    },
  }
}

type End = { readonly bar: number; readonly price: number; readonly reason: string }

function lastClose({ length, days, columns }: Series, entryDay: number): End {
  const known = length > 0 && (days[length - 1] as number) >= entryDay
  const bar = known ? length - 1 : -1
  return { bar, price: columns['bars.close']?.[bar] ?? Number.NaN, reason: 'delisted' }
}

// A halted stock has rows; one that is missing for weeks, while others trade, is gone.
function isGone({ series, sessions }: SignalMarket, since: number): boolean {
  const last = Math.max(series.days.at(-1) ?? since, series.halts.at(-1) ?? since, since)
  return sessions.length - 1 - lastAtOrBefore(sessions, last) >= DELISTED_AFTER
}

function unfilled(exitDate: string): SignalStep {
  return {
    kind: 'close',
    exit: { exitDate, exitPrice: null, reason: 'unfilled', returnRate: null, at: null },
  }
}
