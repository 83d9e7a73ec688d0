import type { QuoteVenue } from '@ralph-stock/core'
import type { MinuteBar } from '../map/columns.js'
import { instantOf, secondOfDay } from '../map/times.js'
import type { Trade } from './live-types.js'
import { createMissing, type MinuteRange } from './missing.js'

/** What became of a trade. */
export type TakeResult = 'taken' | 'duplicate' | 'filled' | 'outside' | 'contradicts'

/**
 * The minute bars of one stock on one day, made of its trades, with a record of what is missing.
 *
 * Every trade says how many shares were traded through it, so a trade that was lost, doubled or moved
 * shows: the volumes of trades that follow each other join without a gap. A late trade closes the gap
 * that it left; what stays open must be asked for again.
 */
export interface MinuteBook {
  readonly ticker: string
  readonly venue: QuoteVenue
  /** Day number in Korea. */
  readonly day: number
  take(trade: Trade): TakeResult
  /** Anything may be wrong in these minutes. */
  suspect(range: MinuteRange): void
  /** Trades may have been lost since the last one; one that joins it proves otherwise. */
  suspectSinceLast(minute: number): void
  /** From the first to the last minute, ended by `second`, in which something may be missing. */
  missing(second: number): MinuteRange | null
  /** Whether anything may be missing, ended or not. */
  whole(): boolean
  /** Puts the broker's own bars in place of what was made of trades, minute by minute. */
  repair(range: MinuteRange, bars: readonly MinuteBar[]): void
  /** Bars so far, oldest first. */
  bars(): MinuteBar[]
}

/** Where a book's day begins and ends. */
export type BookOptions = {
  readonly ticker: string
  readonly venue: QuoteVenue
  readonly day: number
  /** The first and the last minute of the day that can have a bar. */
  readonly hours: MinuteRange
}

const REGULAR = 2
/** A later time with a smaller volume is no late frame, but a wrong one before it. */
const LATE_SECONDS = 30

/** Makes an empty book. */
export function createMinuteBook({ ticker, venue, day, hours }: BookOptions): MinuteBook {
  const { from: first, to: last } = hours
  const size = last - first + 1
  const [open, high, low, close, volume] = Array.from({ length: 5 }, () => new Float64Array(size))
  // The volume of the day up to a minute's first and last trade: late trades find their place by it.
  const openAt = new Float64Array(size)
  const closeAt = new Float64Array(size)
  const sealed = new Uint8Array(size)
  const missing = createMissing(hours)
  let traded = 0
  let lastMinute = first
  let lastSecond = -1
  let trusted = { traded: 0, minute: first }

  const write = (trade: Trade, minute: number, from: number): void => {
    const at = minute - first
    if (sealed[at] === 1) return
    const { price, volume: to } = trade
    if (get(volume, at) === 0) {
      set(open, at, price)
      set(high, at, price)
      set(low, at, price)
      set(close, at, price)
      openAt[at] = from
      closeAt[at] = to
    } else {
      if (price > get(high, at)) set(high, at, price)
      if (price < get(low, at)) set(low, at, price)
      if (from < get(openAt, at)) {
        set(open, at, price)
        openAt[at] = from
      }
      if (to > get(closeAt, at)) {
        set(close, at, price)
        closeAt[at] = to
      }
    }
    set(volume, at, get(volume, at) + Math.abs(trade.quantity))
  }

  const counts = (trade: Trade, minute: number): boolean =>
    minute >= first && minute <= last && (venue !== 'KRX' || trade.session === REGULAR)

  return {
    ticker,
    venue,
    day,
    take: (trade) => {
      const second = secondOfDay(trade.at)
      const minute = Math.floor(second / 60)
      const to = trade.volume
      const from = to - Math.abs(trade.quantity)
      if (from < 0 || from === to) return 'outside'
      if (to <= traded) {
        if (second <= lastSecond + LATE_SECONDS) {
          if (!missing.fill(from, to)) return 'duplicate'
          if (counts(trade, minute)) write(trade, minute, from)
          return 'filled'
        }
        // Time went on and the volume went back: a trade before this one lied. Begin again from here.
        missing.forget(trusted.traded)
        missing.suspect(rangeOf(trusted.minute, minute))
        traded = to
        lastMinute = minute
        lastSecond = second
        return 'contradicts'
      }
      if (from === traded) missing.joined(lastMinute)
      else {
        trusted = { traded, minute: lastMinute }
        if (from > traded) missing.hole(rangeOf(lastMinute, minute), traded, from)
        else missing.suspect(rangeOf(lastMinute, minute))
      }
      traded = to
      lastMinute = minute
      lastSecond = Math.max(second, lastSecond)
      if (!counts(trade, minute)) return 'outside'
      write(trade, minute, from)
      return 'taken'
    },
    suspect: missing.suspect,
    suspectSinceLast: (minute) => {
      // Before the first bar there is none to miss.
      if (minute >= first) missing.suspect(rangeOf(lastMinute, minute))
    },
    missing: missing.ended,
    whole: missing.none,
    repair: (range, bars) => {
      for (let minute = Math.max(range.from, first); minute <= Math.min(range.to, last); minute++) {
        const at = minute - first
        set(volume, at, 0)
        sealed[at] = 1
      }
      for (const bar of bars) {
        const minute = Math.floor(secondOfDay(bar.openTime) / 60)
        if (minute < range.from || minute > range.to || minute < first || minute > last) continue
        const at = minute - first
        set(open, at, bar.open)
        set(high, at, bar.high)
        set(low, at, bar.low)
        set(close, at, bar.close)
        set(volume, at, bar.volume)
        // What the broker counted by then needs no trade to tell it again.
        if (bar.dayVolume !== undefined && bar.dayVolume > traded) {
          traded = bar.dayVolume
          lastMinute = minute
        }
      }
      missing.repaired(range)
    },
    bars: () => {
      const made: MinuteBar[] = []
      for (let at = 0; at < size; at++) {
        if (get(volume, at) === 0) continue
        made.push({
          openTime: instantOf(day, (first + at) * 60),
          open: get(open, at),
          high: get(high, at),
          low: get(low, at),
          close: get(close, at),
          volume: get(volume, at),
        })
      }
      return made
    },
  }
}

function rangeOf(a: number, b: number): MinuteRange {
  return a <= b ? { from: a, to: b } : { from: b, to: a }
}

function get(column: Float64Array | undefined, at: number): number {
  return column?.[at] ?? 0
}

function set(column: Float64Array | undefined, at: number, value: number): void {
  if (column !== undefined) column[at] = value
}
