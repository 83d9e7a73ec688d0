import type { IndexHistory } from './basis.js'
import { createIndexTape, type IndexTape, points } from './index-tape.js'
import type { Paper } from './listings.js'
import type { Moment, SimulatedMarket } from './market.js'

/** An index day. Points; shares; KRW. */
export type IndexDay = {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly value: number
}

/** An index at a moment, with the close before. */
export type IndexLevel = IndexDay & { readonly base: number }

/** How many members of an index rose, stayed, fell, and were traded. */
export type Breadth = {
  readonly rising: number
  readonly unchanged: number
  readonly falling: number
  readonly traded: number
}

/** The two indexes of the market. */
export type IndexName = 'KOSPI' | 'KOSDAQ'

/** Indexes that follow from the papers' prices, weighed by listed shares. */
export interface SimulatedIndexes {
  day(market: IndexName, at: number): IndexDay
  now(market: IndexName, moment: Moment): IndexLevel
  breadth(market: IndexName, moment: Moment): Breadth
}

const START = { KOSPI: 2600, KOSDAQ: 800 }
const TAPES_KEPT = 6

/** Makes the indexes of a market; `given` holds what they were before its first simulated session. */
export function createIndexes(
  market: SimulatedMarket,
  given: ReadonlyMap<string, IndexHistory>,
): SimulatedIndexes {
  const closes = new Map<IndexName, Float64Array>()
  const tapes = new Map<string, IndexTape>()

  const membersOf = (name: IndexName): Paper[] =>
    market.papers.filter((paper) => paper.market === name && paper.kind === 'common')

  const closesOf = (name: IndexName): Float64Array => {
    const found = closes.get(name)
    if (found !== undefined) return found
    const members = membersOf(name)
    const history = given.get(name)
    const levels = new Float64Array(market.days.length)
    let level = START[name]
    for (let at = 0; at < levels.length; at++) {
      const told = at < market.first ? history?.close[at] : undefined
      if (told === undefined) level = points(level, sumOf(members, at, 'close'))
      else if (told > 0) level = told
      levels[at] = level
    }
    closes.set(name, levels)
    return levels
  }

  const baseOf = (name: IndexName, at: number): number => {
    if (at > 0) return closesOf(name)[at - 1] as number
    return given.get(name)?.open[0] || START[name]
  }

  /** Prices of all members on a day, by its base and by one of its columns. */
  const sumOf = (members: readonly Paper[], at: number, column: 'open' | 'close') => {
    const sum = { base: 0, price: 0 }
    for (const paper of members) {
      const path = market.path(paper)
      const base = path.base[at] as number
      if ((path.close[at] as number) === 0) continue
      sum.base += base * paper.listedShares
      sum.price += ((path[column][at] as number) || base) * paper.listedShares
    }
    return sum
  }

  const tapeOf = (name: IndexName, at: number): IndexTape => {
    const key = `${name} ${at}`
    const known = tapes.get(key)
    if (known !== undefined) return known
    const made = createIndexTape(market, membersOf(name), at, baseOf(name, at))
    tapes.set(key, made)
    const oldest = tapes.size > TAPES_KEPT ? tapes.keys().next().value : undefined
    if (oldest !== undefined) tapes.delete(oldest)
    return made
  }

  /** A day of the past: as it was given, or by its members' days. */
  const pastDay = (name: IndexName, at: number): IndexDay => {
    const close = closesOf(name)[at] as number
    const history = given.get(name)
    if (history !== undefined) {
      if (history.close[at] === 0) {
        return { open: close, high: close, low: close, close, volume: 0, value: 0 }
      }
      return {
        open: history.open[at] as number,
        high: history.high[at] as number,
        low: history.low[at] as number,
        close,
        volume: history.volume[at] as number,
        value: history.value[at] as number,
      }
    }
    const members = membersOf(name)
    const open = points(baseOf(name, at), sumOf(members, at, 'open'))
    let volume = 0
    let value = 0
    for (const paper of members) {
      const path = market.path(paper)
      volume += path.volume[at] as number
      value += (path.volume[at] as number) * (path.close[at] as number)
    }
    const high = Math.max(open, close) + 3
    const low = Math.min(open, close) - 3
    return { open, high, low, close, volume, value }
  }

  return {
    day: (name, at) => (at < market.first ? pastDay(name, at) : tapeOf(name, at).at(86_399)),
    now: (name, { at, second }) => {
      const base = baseOf(name, at)
      const day = at < market.first ? pastDay(name, at) : tapeOf(name, at).at(second)
      return { base, ...day }
    },
    breadth: (name, moment) => {
      const count = { rising: 0, unchanged: 0, falling: 0, traded: 0 }
      for (const paper of membersOf(name)) {
        const quote = market.quote(paper, 'KRX', moment)
        if (quote.made > 0) count.traded++
        if (quote.price > quote.base) count.rising++
        else if (quote.price < quote.base) count.falling++
        else count.unchanged++
      }
      return count
    },
  }
}
