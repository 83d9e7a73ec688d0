import type { QuoteVenue } from '@ralph-stock/core'
import type { Clock } from '../../clock.js'
import type { Faults } from '../faults.js'
import type { SimulatedIndexes } from '../market/index-level.js'
import type { Paper } from '../market/listings.js'
import type { Moment, SimulatedMarket } from '../market/market.js'
import { bookOf } from '../market/order-book.js'
import { type Interrupted, madeBy, type Tape } from '../market/tape.js'
import {
  conditionEntry,
  depthEntry,
  type Entry,
  expectedEntry,
  indexEntry,
  interruptionEntry,
  programEntry,
  realFrame,
  stateEntry,
  tradeEntry,
} from './frames.js'
import type { SimulatedSearches } from './searches.js'
import type { Session } from './session.js'

/** What a broadcast is made of. */
export type BroadcastOptions = {
  readonly clock: Clock
  readonly market: SimulatedMarket
  readonly indexes: SimulatedIndexes
  readonly searches: SimulatedSearches
  readonly faults: Faults
  readonly sessions: ReadonlySet<Session>
}

type Followed = {
  readonly paper: Paper
  readonly venue: QuoteVenue
  readonly tape: Tape
  readonly base: number
}

/** Sends what happened since the last time. */
export interface Broadcast {
  /** Everything up to now. */
  run(): void
  /** Trade frames sent so far, doubled ones included. */
  sent(): number
}

const OPENS = 32_400
const CLOSES = 55_800
const AUCTION = 600
/** States of the day by second: 0s codes that are documented. */
const STATES: ReadonlyArray<readonly [number, string]> = [
  [28_800, 'P'],
  [30_600, '0'],
  [31_800, 'Q'],
  [OPENS, '3'],
  [OPENS + 30, 'R'],
  [CLOSES - AUCTION, '2'],
  [CLOSES - AUCTION, 'S'],
  [CLOSES, 'U'],
  [CLOSES + AUCTION, 'V'],
  [72_000, 'W'],
]
const ENTRIES_PER_FRAME = 3
const DELAY_MS = 2000

/** Makes a broadcast over the sessions. */
export function createBroadcast(options: BroadcastOptions): Broadcast {
  const { clock, market, faults, sessions } = options
  let last: Moment = market.moment(clock.now())
  let sent = 0
  const followed = new Map<string, Followed>()
  let followedAt = -1
  let interruptions: ReadonlyArray<{ paper: Paper; one: Interrupted; count: number }> = []
  let held: { readonly session: Session; readonly text: string } | null = null

  /** A frame of trades meets all that can happen to it on the way. */
  const sendTrades = (session: Session, text: string): void => {
    sent++
    if (faults.take('lost-ticks') !== null) return
    if (faults.take('malformed-frame') !== null) {
      session.send(text.replace('"values":{', '"values":['))
      return
    }
    if (faults.take('truncated-frame') !== null) {
      session.send(text.slice(0, text.length >> 1))
      return
    }
    const delayed = faults.take('delayed-ticks')
    if (delayed !== null) {
      clock.after(delayed.ms ?? DELAY_MS, () => session.send(text))
      return
    }
    if (held === null && faults.take('reordered-ticks') !== null) {
      held = { session, text }
      return
    }
    session.send(text)
    if (faults.take('duplicate-ticks') !== null) session.send(text)
    const late = held
    held = null
    late?.session.send(late.text)
  }

  const trades = (session: Session, from: Moment, to: Moment): void => {
    for (const item of session.registered.get('0B') ?? []) {
      const stock = stockAt(item, to.at)
      if (stock === null) continue
      const { paper, tape, base } = stock
      const first = from.at === to.at ? madeBy(tape, from.second) : 0
      const end = madeBy(tape, to.second)
      for (let at = first; at < end; at += ENTRIES_PER_FRAME) {
        const entries: Entry[] = []
        for (let i = at; i < Math.min(end, at + ENTRIES_PER_FRAME); i++) {
          entries.push(tradeEntry(item, paper, tape, i, base))
        }
        sendTrades(session, realFrame(entries))
      }
    }
  }

  /** What is looked up of an item once a day. */
  const stockAt = (item: string, at: number): Followed | null => {
    if (followedAt !== at) {
      followedAt = at
      followed.clear()
      interruptions = market.papers.flatMap((paper) =>
        market
          .tape(paper, 'KRX', at)
          .interruptions.map((one, number) => ({ paper, one, count: number + 1 })),
      )
    }
    const known = followed.get(item)
    if (known !== undefined) return known
    const stock = stockOf(item)
    if (stock === null) return null
    const tape = market.tape(stock.paper, stock.venue, at)
    const base = market.path(stock.paper).base[at] as number
    const found = { ...stock, tape, base }
    followed.set(item, found)
    return found
  }

  const stockOf = (item: string): { paper: Paper; venue: QuoteVenue } | null => {
    const [code = '', suffix] = item.split('_')
    const paper = market.paper(code)
    if (paper === undefined) return null
    return { paper, venue: suffix === 'NX' ? 'NXT' : suffix === 'AL' ? 'unified' : 'KRX' }
  }

  const every = (from: Moment, to: Moment, seconds: number): boolean =>
    Math.floor(from.second / seconds) !== Math.floor(to.second / seconds)

  /** Frames about one stock that are no trades. */
  const others = (session: Session, from: Moment, to: Moment): void => {
    const trading = to.second >= OPENS && to.second < CLOSES
    const each = (type: string, make: (item: string, paper: Paper) => Entry | null): void => {
      for (const item of session.registered.get(type) ?? []) {
        const stock = stockOf(item)
        const entry = stock === null || stock.paper.halted ? null : make(item, stock.paper)
        if (entry !== null) session.send(realFrame([entry]))
      }
    }
    const quoteOf = (paper: Paper) => market.quote(paper, 'KRX', to)
    if (auctionAt(to.second) && every(from, to, 10)) {
      each('0H', (item, paper) => {
        const path = market.path(paper)
        const prices = to.second < OPENS ? path.open : path.close
        const base = path.base[to.at] as number
        const quantity = Math.round(paper.usualVolume / 20)
        return expectedEntry(item, prices[to.at] as number, base, quantity, to.second)
      })
    }
    if (trading && every(from, to, 5)) {
      each('0D', (item, paper) => {
        const quote = quoteOf(paper)
        return depthEntry(
          item,
          bookOf(paper, quote.price, to.day, to.second),
          quote.base,
          to.second,
        )
      })
    }
    if (trading && every(from, to, 30)) {
      each('0w', (item, paper) => {
        const { price, base, volume } = quoteOf(paper)
        return programEntry(item, price, base, volume, to.second)
      })
    }
    if (trading && every(from, to, 10)) {
      for (const item of session.registered.get('0J') ?? []) {
        if (item !== '001' && item !== '101') continue
        const level = options.indexes.now(item === '001' ? 'KOSPI' : 'KOSDAQ', to)
        session.send(realFrame([indexEntry(item, level, to.second)]))
      }
    }
  }

  const marketWide = (session: Session, from: Moment, to: Moment): void => {
    const within = (second: number): boolean => second > from.second && second <= to.second
    if (session.registered.get('0s')?.has('') === true) {
      for (const [second, code] of STATES) {
        if (within(second)) session.send(realFrame([stateEntry(code, second)]))
      }
    }
    if (session.registered.get('1h')?.has('') !== true) return
    stockAt('', to.at)
    for (const { paper, one, count } of interruptions) {
      for (const released of [false, true]) {
        if (!within(released ? one.release : one.second)) continue
        session.send(realFrame([interruptionEntry(paper, one, count, released, 'KRX')]))
      }
    }
  }

  const searches = (session: Session, from: Moment, to: Moment): void => {
    if (session.watched.size === 0 || !every(from, to, 30)) return
    for (const [id, before] of session.watched) {
      const found = new Set(options.searches.find(id))
      const tell = (code: string, entered: boolean): void =>
        session.send(realFrame([conditionEntry(id, code, entered, to.second)]))
      for (const code of found) if (!before.has(code)) tell(code, true)
      for (const code of before) if (!found.has(code)) tell(code, false)
      session.watched.set(id, found)
    }
  }

  return {
    run: () => {
      const to = market.moment(clock.now())
      const from = last.at === to.at && last.day === to.day ? last : { ...to, second: -1 }
      last = to
      if (from.second >= to.second) return
      // Between sessions of the calendar nothing happens.
      if (market.days[to.at] !== to.day) return
      for (const session of sessions) {
        if (session.owner === null) continue
        trades(session, from, to)
        others(session, from, to)
        marketWide(session, from, to)
        searches(session, from, to)
      }
    },
    sent: () => sent,
  }
}

function auctionAt(second: number): boolean {
  return (
    (second >= OPENS - AUCTION && second < OPENS) || (second >= CLOSES - AUCTION && second < CLOSES)
  )
}
