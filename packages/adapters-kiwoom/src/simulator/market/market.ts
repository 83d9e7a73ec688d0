import {
  closeTime,
  dayNumber,
  dayNumberOfEpochMs,
  fromDayNumber,
  NXT_OPENING_DATE,
  openTime,
  type QuoteVenue,
  type SessionCalendar,
  tradeDate,
} from '@ralph-stock/core'
import type { MarketBasis } from './basis.js'
import { inventKrxTape, inventNxtTape, mergeTapes } from './invent-tape.js'
import { type Paper, rulesOf } from './listings.js'
import { inUnit, inventParties, NOBODY, type Parties } from './parties.js'
import type { PricePath } from './price-path.js'
import { createRandom } from './random.js'
import { madeBy, minutesOf, type Tape, type TapeMinute, tapeOf } from './tape.js'

/** How a market is made of its basis. */
export type MarketOptions = {
  readonly seed: number
  readonly basis: MarketBasis
  readonly calendar: SessionCalendar
}

/** A paper at a moment. */
export type Quote = {
  readonly base: number
  readonly price: number
  /** 0 before the first trade of the day. */
  readonly open: number
  readonly high: number
  readonly low: number
  readonly volume: number
  readonly value: number
  readonly tape: Tape
  /** Trades made so far. */
  readonly made: number
}

/** A moment of the market: the position of its last session, and the second of that day. */
export type Moment = { readonly at: number; readonly second: number; readonly day: number }

/** The simulated market: all of it follows from its seed, whatever the time. */
export interface SimulatedMarket {
  readonly papers: readonly Paper[]
  /** The sectors of its papers. */
  readonly sectors: readonly string[]
  /** Day numbers of all sessions, those to come included. */
  readonly days: Int32Array
  /** Position of the first simulated session; those before it are its past. */
  readonly first: number
  paper(code: string): Paper | undefined
  moment(epochMs: number): Moment
  path(paper: Paper): PricePath
  tape(paper: Paper, venue: QuoteVenue, at: number): Tape
  quote(paper: Paper, venue: QuoteVenue, moment: Moment): Quote
  minutes(paper: Paper, venue: QuoteVenue, at: number, second: number): TapeMinute[]
  /** Net buying of a day by party; null where nothing is known of it. */
  net(paper: Paper, at: number, unit: 'shares' | 'value'): Parties | null
  /** The same in shares; nobody bought where nothing is known. */
  parties(paper: Paper, at: number): Parties
}

const TAPES_KEPT = 2000
const TAPES_BESIDE_TODAY = 200
const NXT_FROM = dayNumber(tradeDate(NXT_OPENING_DATE))
const MS_PER_DAY = 86_400_000
const KST_OFFSET_MS = 9 * 3_600_000

/** Makes a market; tapes are invented when they are looked at. */
export function createSimulatedMarket({ seed, basis, calendar }: MarketOptions): SimulatedMarket {
  const { papers, sectors, days, first, path: pathOf } = basis
  const byCode = new Map(papers.map((paper) => [paper.code, paper]))
  const tapesKept = Math.max(TAPES_KEPT, papers.length + TAPES_BESIDE_TODAY)
  const tapes = new Map<string, Tape>()
  let momentDay = -1
  let momentAt = 0

  const secondsOf = (epochMs: number): number =>
    Math.floor(((epochMs + KST_OFFSET_MS) % MS_PER_DAY) / 1000)

  const inventTape = (paper: Paper, venue: QuoteVenue, at: number): Tape => {
    const day = days[at] as number
    const date = fromDayNumber(day)
    const path = pathOf(paper)
    const random = createRandom(seed, venue === 'NXT' ? 4 : 3, paper.key, day)
    const shape = {
      base: path.base[at] as number,
      open: path.open[at] as number,
      high: path.high[at] as number,
      low: path.low[at] as number,
      close: path.close[at] as number,
      volume: path.volume[at] as number,
      trades: Math.max(6, Math.round(basis.trades(paper, at) * Math.exp(random.normal() * 0.3))),
      rules: rulesOf(paper, date),
      opens: secondsOf(openTime(date, calendar)),
      closes: secondsOf(closeTime(date)),
    }
    if (venue === 'KRX') return inventKrxTape(shape, random)
    if (venue === 'unified') return mergeTapes(tapeAt(paper, 'KRX', at), tapeAt(paper, 'NXT', at))
    if (!paper.nxt || day < NXT_FROM) return tapeOf([], false)
    return inventNxtTape(shape, tapeAt(paper, 'KRX', at), random)
  }

  const net = (paper: Paper, at: number, unit: 'shares' | 'value'): Parties | null => {
    const given = basis.given(paper, at, unit)
    if (given !== undefined) return given
    const { close, volume } = pathOf(paper)
    const keys = [seed, 5, paper.key, days[at] as number]
    const parties = inventParties(keys, volume[at] as number, basis.lean(paper, at))
    if (unit === 'shares') return parties
    return inUnit(parties, (shares) => shares * (close[at] as number))
  }

  const tapeAt = (paper: Paper, venue: QuoteVenue, at: number): Tape => {
    const key = `${paper.number} ${venue} ${at}`
    let tape = tapes.get(key)
    if (tape === undefined) {
      tape = inventTape(paper, venue, at)
      tapes.set(key, tape)
      const oldest = tapes.size > tapesKept ? tapes.keys().next().value : undefined
      if (oldest !== undefined) tapes.delete(oldest)
    }
    return tape
  }

  return {
    papers,
    sectors,
    days,
    first,
    paper: (code) => byCode.get(code),
    moment: (epochMs) => {
      const day = dayNumberOfEpochMs(epochMs)
      if (day !== momentDay) {
        momentDay = day
        momentAt = days.length - 1
        while (momentAt > 0 && (days[momentAt] as number) > day) momentAt--
      }
      const at = momentAt
      return { at, day, second: days[at] === day ? secondsOf(epochMs) : 86_399 }
    },
    path: pathOf,
    tape: tapeAt,
    quote: (paper, venue, { at, second }) => {
      const tape = tapeAt(paper, venue, at)
      const made = madeBy(tape, second)
      const base = pathOf(paper).base[at] as number
      if (made === 0) {
        return { base, price: base, open: 0, high: 0, low: 0, volume: 0, value: 0, tape, made }
      }
      const last = made - 1
      return {
        base,
        price: tape.price[last] as number,
        open: tape.open[last] as number,
        high: tape.high[last] as number,
        low: tape.low[last] as number,
        volume: tape.volume[last] as number,
        value: tape.value[last] as number,
        tape,
        made,
      }
    },
    minutes: (paper, venue, at, second) => {
      const tape = tapeAt(paper, venue, at)
      return minutesOf(tape, madeBy(tape, second), venue === 'KRX')
    },
    net,
    parties: (paper, at) => net(paper, at, 'shares') ?? NOBODY,
  }
}
