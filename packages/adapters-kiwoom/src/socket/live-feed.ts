import { dayNumberOfEpochMs } from '@ralph-stock/core'
import type { Timer } from '../clock.js'
import { shareSlots } from '../limits/subscription-budget.js'
import { secondOfDay } from '../map/times.js'
import { itemOf, requireTicker } from '../venue.js'
import { createBackfill } from './backfill.js'
import { createConditionSearch } from './conditions.js'
import { createConnection } from './connection.js'
import { barHours } from './day-hours.js'
import { createDecoder } from './decode-frame.js'
import type { FeedOptions, LiveFeed } from './feed-types.js'
import type { LiveEvents, Trade } from './live-types.js'
import { createMinuteBook, type MinuteBook } from './minute-book.js'
import { createRegistrations } from './registrations.js'
import { judgeSilence, type Verdict } from './watchdog.js'

const DEFAULT_SLOTS = 200
const WATCH_EVERY_MS = 5000
/** The print of the closing auction may come half a minute late. */
const CHECK_AFTER_CLOSE_MINUTES = 3

/** Makes a feed; it connects when something is subscribed. */
export function createLiveFeed(options: FeedOptions): LiveFeed {
  const { clock, calendar, onEvent } = options
  const venue = options.venue ?? 'KRX'
  const stockTypes = [...new Set(['0B', ...(options.stockTypes ?? [])])]
  const slots = Math.max(1, Math.floor((options.slots ?? DEFAULT_SLOTS) / stockTypes.length))
  const registrations = createRegistrations(options.itemsPerGroup)
  const listeners = new Map<keyof LiveEvents, Set<(event: never) => void>>()
  const subscriptions = new Set<Subscriber>()
  const books = new Map<string, MinuteBook>()
  const waiting = new Set<() => void>()
  let holders: ReadonlySet<string> = new Set()
  let trades = 0
  let lastTradeAt = 0
  let checkedDay = -1
  let watch: Timer | null = null

  const guarded = (run: () => void): void => {
    try {
      run()
    } catch (error) {
      const said = error instanceof Error ? error.message : 'unknown'
      onEvent({ type: 'listener-failed', message: options.clean(said) })
    }
  }

  const emit = <Name extends keyof LiveEvents>(name: Name, event: LiveEvents[Name]): void => {
    if (name === 'trade') traded(event as Trade)
    // Sound: a set holds the listeners of its name.
    const heard = listeners.get(name) as Set<(event: LiveEvents[Name]) => void> | undefined
    if (heard === undefined) return
    for (const listener of heard) guarded(() => listener(event))
  }

  const traded = (trade: Trade): void => {
    const { ticker } = trade
    trades++
    lastTradeAt = clock.now()
    if (!holders.has(ticker)) return
    const result = bookOf(ticker, dayNumberOfEpochMs(trade.at))?.take(trade)
    if (result === 'duplicate') {
      options.refusals.add('0B: duplicate')
      return
    }
    if (result === 'contradicts') options.refusals.add('0B: contradicts')
    // A late trade belongs in the bars, but a listener's last price must not go back.
    if (result === 'filled') return
    for (const subscriber of subscriptions) {
      if (subscriber.wanted.has(ticker)) guarded(() => subscriber.listener(trade))
    }
  }

  const bookOf = (ticker: string, day: number): MinuteBook | undefined => {
    const book = books.get(ticker)
    if (book !== undefined && book.day >= day) return book.day === day ? book : undefined
    const hours = barHours(day, venue, calendar)
    if (hours === null) return undefined
    const fresh = createMinuteBook({ ticker, venue, day, hours })
    books.set(ticker, fresh)
    return fresh
  }

  const minuteNow = (): number => Math.floor(secondOfDay(clock.now()) / 60)

  /** From the last trade of each stock on, trades may have been lost. */
  const suspectAll = (): void => {
    const minute = minuteNow()
    const today = dayNumberOfEpochMs(clock.now())
    for (const book of books.values()) if (book.day === today) book.suspectSinceLast(minute)
  }

  const connection = createConnection({
    url: options.url,
    clock,
    random: options.random,
    tokens: options.tokens,
    openSocket: options.openSocket,
    decode: createDecoder({ venue, now: clock.now, refusals: options.refusals }),
    emit,
    lost: suspectAll,
    registrations,
    calendar,
    clean: options.clean,
    onEvent,
    onLive: () => {
      suspectAll()
      conditions.resume()
      for (const resolve of waiting) resolve()
      waiting.clear()
    },
    onDown: suspectAll,
  })
  const conditions = createConditionSearch(connection, options.refusals, options.clean)
  const backfill = createBackfill({
    clock,
    onEvent,
    books: () => books.values(),
    chart: options.chart,
  })

  const market = (): Verdict =>
    judgeSilence(
      {
        now: clock.now(),
        liveSince: connection.liveSince(),
        lastFrameAt: connection.lastFrameAt(),
        lastTradeAt,
        pingEveryMs: connection.pingEveryMs(),
        tradedStocks: holders.size,
      },
      venue,
      calendar,
    )

  const look = (): void => {
    watch = clock.after(WATCH_EVERY_MS, look)
    if (connection.state() === 'live' && market() === 'silent') {
      suspectAll()
      connection.renew('silent')
    }
    checkAfterClose()
  }

  const checkAfterClose = (): void => {
    const day = dayNumberOfEpochMs(clock.now())
    if (options.checkAtClose === false || checkedDay === day) return
    const hours = barHours(day, venue, calendar)
    if (hours === null || minuteNow() < hours.to + CHECK_AFTER_CLOSE_MINUTES) return
    checkedDay = day
    for (const ticker of holders) bookOf(ticker, day)?.suspect(hours)
  }

  const reconsider = (): void => {
    const ranked = interleave([...subscriptions].map(({ wanted }) => [...wanted]))
    const change = shareSlots(ranked, holders, { slots })
    holders = change.holders
    for (const ticker of change.remove) {
      books.delete(ticker)
      for (const type of stockTypes) registrations.drop({ type, item: itemOf(ticker, venue) })
    }
    const day = dayNumberOfEpochMs(clock.now())
    for (const ticker of change.add) {
      // What was traded before the first frame is missing: none of it is sent.
      bookOf(ticker, day)?.suspectSinceLast(minuteNow())
      for (const type of stockTypes) registrations.want({ type, item: itemOf(ticker, venue) })
    }
    connection.update()
  }

  const begin = (): void => {
    if (watch !== null) return
    for (const item of options.indexes ?? ['001', '101']) registrations.want({ type: '0J', item })
    for (const type of ['0s', '1h']) registrations.want({ type, item: '' })
    connection.start()
    backfill.start()
    watch = clock.after(WATCH_EVERY_MS, look)
  }

  return {
    conditions,
    on: (name, listener) => {
      const heard = listeners.get(name) ?? new Set()
      heard.add(listener as (event: never) => void)
      listeners.set(name, heard)
      begin()
      return () => heard.delete(listener as (event: never) => void)
    },
    subscribe: (tickers, listener) => {
      const subscriber: Subscriber = { wanted: new Set(tickers.map(requireTicker)), listener }
      subscriptions.add(subscriber)
      begin()
      reconsider()
      return {
        want: (wanted) => {
          subscriber.wanted = new Set(wanted.map(requireTicker))
          reconsider()
        },
        active: () => [...subscriber.wanted].filter((ticker) => holders.has(ticker)),
        close: async () => {
          subscriptions.delete(subscriber)
          reconsider()
        },
      }
    },
    minuteBars: (ticker) => books.get(ticker)?.bars() ?? [],
    complete: (ticker) => books.get(ticker)?.whole() ?? false,
    health: () => ({
      connection: connection.state(),
      market: market(),
      registrations: registrations.counts(),
      trades,
      incompleteStocks: [...books.values()].filter((book) => !book.whole()).length,
    }),
    ready: () =>
      connection.state() === 'live'
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.add(resolve)
            begin()
          }),
    close: () => {
      watch?.stop()
      watch = null
      backfill.stop()
      connection.close()
      subscriptions.clear()
      listeners.clear()
    },
  }
}

type Subscriber = { wanted: ReadonlySet<string>; readonly listener: (trade: Trade) => void }

/** The first of each list, then the second of each, and so on. */
function interleave(lists: ReadonlyArray<readonly string[]>): string[] {
  const longest = Math.max(0, ...lists.map((list) => list.length))
  const all: string[] = []
  for (let at = 0; at < longest; at++) {
    for (const list of lists) {
      const ticker = list[at]
      if (ticker !== undefined) all.push(ticker)
    }
  }
  return all
}
