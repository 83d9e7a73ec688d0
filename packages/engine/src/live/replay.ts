import { dayNumberOfEpochMs, type MinuteRows, type Tick } from '@ralph-stock/core'
import type { Board } from './board.js'
import type { TickRange } from './quotes.js'
import type { SessionHours } from './session-hours.js'
import type { SignalBook } from './signal-book.js'

const MINUTE_MS = 60_000

/** What minute bars are replayed into. */
export type ReplayTarget = {
  readonly board: Board
  readonly book: SignalBook
  readonly hoursOf: (day: number) => SessionHours | null
  /** Nothing that is replayed is dated later, epoch ms. */
  readonly now: number
}

/**
 * Feeds minute bars in time order: open signals are judged by the range of each, of which the stop counts
 * when both levels are in it, and the stock's bar becomes what it was. Minutes that were live before
 * change nothing. Nothing is opened: a price of the past cannot be bought.
 *
 * @returns how many minutes went into the stock's bar
 */
export function replayMinutes(target: ReplayTarget, position: number, rows: MinuteRows): number {
  const { board, book, hoursOf, now } = target
  const { quotes } = board
  let today = Number.NaN
  let volume = 0
  let taken = 0
  for (let k = 0; k < rows.length; k++) {
    const at = (column: Float64Array): number => column[k] as number
    const opened = at(rows.openTime)
    const day = dayNumberOfEpochMs(opened)
    const hours = hoursOf(day)
    if (hours === null || opened > now || day < quotes.day(position)) continue
    const isFirst = day !== today
    if (isFirst) volume = 0
    today = day
    volume += at(rows.volume)
    const begins = quotes.day(position) < day
    const end = Math.min(opened + MINUTE_MS - 1, now)
    const first = isFirst && (begins || opened <= hours.opens)
    const range: TickRange = {
      after: opened,
      first,
      open: first ? at(rows.open) : quotes.bar(position).open,
      high: at(rows.high),
      low: at(rows.low),
      last: at(rows.close),
    }
    const tick: Tick = {
      ticker: rows.ticker,
      at: end,
      price: range.last,
      // What was traded before hours is in no minute.
      volume: begins ? volume : Math.max(volume, quotes.volume(position)),
      high: range.high,
      low: range.low,
      ...(begins ? { open: range.open } : {}),
    }
    const isNew = begins || !(end <= quotes.tickedAt(position))
    if (isNew) taken += Number(board.update(tick).accepted)
    book.take(position, day, end, range)
  }
  return taken
}
