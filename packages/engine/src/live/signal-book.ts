import type { Market, SessionCalendar, SignalExit, SignalFill, Strategy } from '@ralph-stock/core'
import { dayNumber, fromDayNumber, type StoredSignal, tradeDate } from '@ralph-stock/core'
import {
  adjustmentSince,
  countsEntrySession,
  enteredAt,
  fillAt,
  netReturn,
} from '../tracking/index.js'
import { type LevelHit, levelHit, limitsOf } from './closing-levels.js'
import { barsHeld, dayOf, type HeldSignal } from './held-signal.js'
import type { QuoteTable, TickRange } from './quotes.js'

/** What a book is made of; what it decides is written to the store by whoever listens. */
export type BookOptions = {
  readonly market: Market
  readonly quotes: QuoteTable
  readonly strategies: readonly Strategy[]
  readonly calendar: SessionCalendar
  readonly position: (ticker: string) => number | undefined
  readonly onEnter: (held: HeldSignal, fill: SignalFill) => void
  readonly onClose: (held: HeldSignal, exit: SignalExit) => void
}

/** Open signals, judged by every price. */
export interface SignalBook {
  /** All that are held, those that wait for the store included. */
  held(): readonly HeldSignal[]
  at(position: number): readonly HeldSignal[]
  find(ticker: string, strategyId: string): HeldSignal | undefined
  /** Whether the stock has an open signal of the strategy, or had one of that day. */
  isTaken(position: number, strategyId: string, day: number): boolean
  /** Remembers that there was one of its date. */
  remember(signal: Pick<StoredSignal, 'strategyId' | 'ticker' | 'signalDate'>): void
  /** A stock that the market does not hold is left to others. */
  add(held: HeldSignal): void
  drop(held: HeldSignal): void
  /** Judges the stock's signals by what was printed since the last tick. */
  take(position: number, day: number, at: number, range: TickRange): void
  /** Closes at the closing price what has been held as long as its plan says. */
  expire(day: number, at: number): void
}

/** Makes an empty book. */
export function signalBook(options: BookOptions): SignalBook {
  const { market, quotes, strategies, calendar, position, onEnter, onClose } = options
  const byId = new Map(strategies.map((strategy) => [strategy.id, strategy]))
  const byPosition = new Map<number, HeldSignal[]>()
  const lastDates = new Map<string, number>()
  const keyOf = (ticker: string, strategyId: string): string => `${ticker} ${strategyId}`

  const end = (held: HeldSignal, exit: SignalExit): void => {
    held.exit = exit
    onClose(held, exit)
  }
  const sell = (held: HeldSignal, day: number, at: number, hit: Hit): void => {
    const date = fromDayNumber(day)
    const sale = { date, market: held.card.market, calendar }
    const paid = (held.entry?.price ?? Number.NaN) * held.ratio
    const returnRate = netReturn(paid, hit.price, sale)
    end(held, { exitDate: date, exitPrice: hit.price, reason: hit.reason, returnRate, at })
  }
  const limits = (of: number, day: number, held: HeldSignal) => {
    const base = quotes.day(of) === day ? quotes.previous(of) : quotes.price(of)
    return limitsOf(base, day, held.card.market)
  }
  /** Buys at the open of the session after the signal, or not at all; says whether it is held now. */
  const enter = (held: HeldSignal, of: number, day: number, at: number, open: number): boolean => {
    const strategy = byId.get(held.strategyId)
    const signalDay = dayNumber(tradeDate(held.signalDate))
    if (strategy?.plan?.fill !== 'next-open' || day !== nextSession(calendar, signalDay))
      return false
    const price = Math.max(1, Math.round(open))
    if (price === limits(of, day, held)?.upper) {
      const exitDate = fromDayNumber(day)
      end(held, { exitDate, exitPrice: null, reason: 'unfilled', returnRate: null, at })
      return false
    }
    const fill = fillAt(strategy, held.card, fromDayNumber(day), price)
    if (fill === null) return false
    held.entry = { date: fill.date, price: fill.price, at: null }
    held.target = fill.target
    held.stop = fill.stop
    onEnter(held, fill)
    return true
  }
  const judge = (held: HeldSignal, of: number, day: number, at: number, range: TickRange): void => {
    if (held.exit !== null) return
    if (held.entry === null && !enter(held, of, day, at, range.open)) return
    const { entry, target, stop, ratio, unsold } = held
    if (entry === null || target === null || stop === null) return
    const entered = enteredAt(entry, held.signalDate)
    const since = dayOf(entry)
    // A close is bought when the session is over: its own prices do not count.
    if (day < since || (day === since && entered === 'close')) return
    let { high, low } = range
    if (entry.at !== null && range.after < entry.at) {
      // Of a stretch that began before the entry only its last price is known to be later.
      if (at < entry.at) return
      if (day === since) high = low = range.last
    }
    const hit: Hit | null =
      unsold === null
        ? levelHit({ open: range.open, high, low }, day > since, {
            target: target * ratio,
            stop: stop * ratio,
          })
        : { reason: unsold.reason, price: unsold.day < day ? range.open : unsold.price }
    if (hit === null) return
    const top = quotes.day(of) === day ? Math.max(quotes.high(of), range.high) : range.high
    // At a locked lower limit nobody buys; it is sold when the stock trades above it.
    if (top === limits(of, day, held)?.lower) held.unsold ??= { ...hit, day }
    else sell(held, day, at, hit)
  }

  return {
    held: () => [...byPosition.values()].flat(),
    at: (of) => byPosition.get(of) ?? NONE,
    find(ticker, strategyId) {
      const of = position(ticker)
      const list = of === undefined ? undefined : byPosition.get(of)
      return list?.find((held) => held.strategyId === strategyId)
    },
    isTaken(of, strategyId, day) {
      const list = byPosition.get(of)
      if (list?.some((held) => held.strategyId === strategyId) === true) return true
      if (lastDates.size === 0) return false
      const ticker = market.members[of]?.stock.ticker ?? ''
      return lastDates.get(keyOf(ticker, strategyId)) === day
    },
    remember({ ticker, strategyId, signalDate }) {
      lastDates.set(keyOf(ticker, strategyId), dayNumber(tradeDate(signalDate)))
    },
    add(held) {
      const of = position(held.ticker)
      if (of === undefined) return
      // Sound: positions are those of the market's members.
      const { series } = market.members[of] as Market['members'][number]
      held.ratio = adjustmentSince(series, held)
      const list = byPosition.get(of)
      if (list === undefined) byPosition.set(of, [held])
      else list.push(held)
    },
    drop(held) {
      const of = position(held.ticker)
      const list = of === undefined ? undefined : byPosition.get(of)
      const at = list?.indexOf(held) ?? -1
      if (of === undefined || list === undefined || at < 0) return
      list.splice(at, 1)
      if (list.length === 0) byPosition.delete(of)
    },
    take(of, day, at, range) {
      const list = byPosition.get(of)
      if (list === undefined) return
      for (const held of list) judge(held, of, day, at, range)
    },
    expire(day, at) {
      for (const [of, list] of byPosition) {
        if (quotes.day(of) !== day) continue
        for (const held of list) {
          const { entry, exit, unsold } = held
          const plan = byId.get(held.strategyId)?.plan
          if (entry === null || exit !== null || unsold !== null) continue
          if (plan === null || plan === undefined) continue
          const own = countsEntrySession(enteredAt(entry, held.signalDate), plan)
          const since = dayOf(entry) + Number(!own)
          if (barsHeld(market, of, since, day) < plan.holdingBars) continue
          const hit: Hit = { price: quotes.price(of), reason: 'expired' }
          if (hit.price === limits(of, day, held)?.lower) held.unsold = { ...hit, day }
          else sell(held, day, at, hit)
        }
      }
    },
  }
}

type Hit = { readonly price: number; readonly reason: LevelHit['reason'] | 'expired' }

const NONE: readonly HeldSignal[] = []

function nextSession(calendar: SessionCalendar, day: number): number {
  const last = day < calendar.first || calendar.ordinal(calendar.last) <= calendar.ordinal(day)
  return last ? Number.NaN : calendar.next(day)
}
