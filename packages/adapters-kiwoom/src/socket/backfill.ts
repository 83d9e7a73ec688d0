import { isRalphError, type RequestPriority } from '@ralph-stock/core'
import type { Clock, Timer } from '../clock.js'
import type { EventListener } from '../events.js'
import { instantOf } from '../map/times.js'
import type { MinuteChart } from '../rest/charts.js'
import type { MinuteBook } from './minute-book.js'

/** What a backfill is made of. */
export type BackfillOptions = {
  readonly clock: Clock
  readonly onEvent: EventListener
  /** The books to look after, the most wanted first. */
  readonly books: () => Iterable<MinuteBook>
  readonly chart: (
    ticker: string,
    venue: MinuteBook['venue'],
    from: number,
    priority: RequestPriority,
  ) => Promise<MinuteChart>
  /** How often books are looked through. */
  readonly everyMs?: number
}

/** Asks the broker for what the books miss, minute by minute as they end. */
export interface Backfill {
  start(): void
  /** Whether anything is being asked for. */
  busy(): boolean
  stop(): void
}

const EVERY_MS = 5000
/** A minute's bar is asked for once the broker has had time to write it. */
const SETTLE_SECONDS = 3
const AT_ONCE = 4
const ATTEMPTS_BEFORE_REST = 5
const REST_MS = 60_000
/** An empty chart, this often in a row, is the truth about a stock that was never traded. */
const EMPTY_CHARTS = 3

/** Makes a backfill. A repair that fails is tried again until it succeeds: a hole is never forgotten. */
export function createBackfill(options: BackfillOptions): Backfill {
  const { clock, onEvent } = options
  const underWay = new Set<MinuteBook>()
  const troubles = new WeakMap<MinuteBook, { failures: number; empty: number; notBefore: number }>()
  let timer: Timer | null = null
  let running = false

  const look = (): void => {
    if (!running) return
    const now = clock.now()
    for (const book of options.books()) {
      if (underWay.size >= AT_ONCE) break
      if (underWay.has(book) || book.whole()) continue
      if ((troubles.get(book)?.notBefore ?? 0) > now) continue
      const range = book.missing(secondWithin(book, now))
      if (range !== null) void repair(book, range)
    }
    timer ??= clock.after(options.everyMs ?? EVERY_MS, () => {
      timer = null
      look()
    })
  }

  const repair = async (
    book: MinuteBook,
    range: { readonly from: number; readonly to: number },
  ): Promise<void> => {
    underWay.add(book)
    const { ticker, venue } = book
    try {
      const chart = await options.chart(
        ticker,
        venue,
        instantOf(book.day, range.from * 60),
        'normal',
      )
      settle(book, range, chart)
    } catch (error) {
      if (!isRalphError(error)) throw error
      trouble(book, error.code)
    } finally {
      underWay.delete(book)
      if (running) look()
    }
  }

  const settle = (
    book: MinuteBook,
    range: { readonly from: number; readonly to: number },
    chart: MinuteChart,
  ): void => {
    if (!chart.complete) {
      const state = trouble(book, 'E_BROKER_PAYLOAD')
      if (chart.bars.length > 0 || book.bars().length > 0) return
      state.empty++
      if (state.empty < EMPTY_CHARTS) return
    }
    book.repair(range, chart.bars)
    troubles.delete(book)
    const { ticker, venue } = book
    onEvent({ type: 'bars-repaired', ticker, venue, minutes: range.to - range.from + 1 })
  }

  const trouble = (book: MinuteBook, code: string) => {
    const state = troubles.get(book) ?? { failures: 0, empty: 0, notBefore: 0 }
    state.failures++
    state.notBefore = clock.now() + Math.min(state.failures * 1000, REST_MS)
    troubles.set(book, state)
    if (state.failures % ATTEMPTS_BEFORE_REST === 0) {
      onEvent({ type: 'bars-unrepaired', ticker: book.ticker, venue: book.venue, code })
    }
    return state
  }

  return {
    start: () => {
      if (running) return
      running = true
      look()
    },
    busy: () => underWay.size > 0,
    stop: () => {
      running = false
      timer?.stop()
      timer = null
    },
  }
}

// The seconds of the book's own day that are past; all of them once the day is.
function secondWithin(book: MinuteBook, now: number): number {
  const since = Math.floor((now - instantOf(book.day, 0)) / 1000) - SETTLE_SECONDS
  return Math.min(since, 86_400)
}
