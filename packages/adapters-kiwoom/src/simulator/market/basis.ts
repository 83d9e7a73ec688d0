import {
  dayNumber,
  type MarketBatch,
  type SessionCalendar,
  type TradeDate,
} from '@ralph-stock/core'
import { inventPapers, type Paper, SECTORS } from './listings.js'
import { continuePath } from './next-days.js'
import type { Parties } from './parties.js'
import { readPast } from './past.js'
import { tradesOf } from './past-papers.js'
import { inventPath, type PricePath } from './price-path.js'

/** What a market stands on: its papers, its sessions, and their days. */
export type MarketBasis = {
  readonly papers: readonly Paper[]
  readonly sectors: readonly string[]
  /** Day numbers of all sessions, those to come included. */
  readonly days: Int32Array
  /** Position of the first simulated session. */
  readonly first: number
  path(paper: Paper): PricePath
  /** How many trades a day has, about. */
  trades(paper: Paper, at: number): number
  /** Lean of net buying on a day, as a share of its volume. */
  lean(paper: Paper, at: number): number
  /** Net buying that was given; undefined where it is to be invented, null where there is none. */
  given(paper: Paper, at: number, unit: 'shares' | 'value'): Parties | null | undefined
  /** Values of an index on the sessions before the first simulated one, where they were given. */
  readonly indexes: ReadonlyMap<string, IndexHistory>
}

/** Days of an index, aligned to the sessions before the first simulated one. */
export type IndexHistory = {
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  readonly value: Float64Array
}

/** How a basis is invented. */
export type InventedOptions = {
  readonly seed: number
  readonly stocks: number
  /** Sessions before the first simulated day. */
  readonly history: number
  /** The first simulated day. */
  readonly date: TradeDate
  readonly calendar: SessionCalendar
  /** Trades, as a share of the usual number. */
  readonly activity: number
}

const FUTURE_SESSIONS = 20
/** As many sessions as a year has. */
const DAYS_TO_LIVE = 365

/** Invents papers and all of their days. */
export function inventBasis(options: InventedOptions): MarketBasis {
  const { seed, calendar } = options
  const start = dayNumber(options.date)
  const today = calendar.isSession(start) ? start : calendar.previous(start)
  const days = Int32Array.from(
    calendar.between(
      calendar.shift(today, -options.history),
      calendar.shift(today, FUTURE_SESSIONS),
    ),
  )
  const first = days.indexOf(today)
  return {
    papers: inventPapers(seed, options.stocks, options.activity),
    sectors: SECTORS,
    days,
    first,
    path: kept((paper) => inventPath(seed, paper, days, first)),
    trades: (paper) => paper.usualTrades,
    lean: () => 0,
    given: () => undefined,
    indexes: new Map(),
  }
}

/** How a given market is continued. */
export type ContinuedOptions = Pick<InventedOptions, 'seed' | 'calendar' | 'activity'>

/**
 * Continues a given market: its days are what they were, and each session after its last one is
 * invented from the close before. The same market and seed give the same sessions, on whatever day
 * the clock begins.
 *
 * @throws RalphError E_PARAM_RANGE when no stock of it has a bar, E_SESSION_NONE beyond the calendar
 */
export function continueBasis(batch: MarketBatch, options: ContinuedOptions): MarketBasis {
  const { seed, calendar } = options
  const past = readPast(batch, options.activity)
  const first = past.days.length
  const next = calendar.next(past.days[first - 1] as number)
  const last = Math.min(calendar.last, next + DAYS_TO_LIVE)
  const days = Int32Array.from([...past.days, ...calendar.between(next, last)])
  const lived = kept((paper) => {
    const path = past.path(paper, days.length)
    return { path, lean: continuePath(seed, paper, path, days, first) }
  })
  return {
    papers: past.papers,
    sectors: past.sectors,
    days,
    first,
    path: (paper) => lived(paper).path,
    trades: (paper, at) => {
      const { close, volume } = lived(paper).path
      return tradesOf((close[at] as number) * (volume[at] as number)) * options.activity
    },
    lean: (paper, at) => lived(paper).lean[at] as number,
    given: (paper, at, unit) => {
      if (at < first) return past.parties(paper, at, unit)
      // A halt has no flows, and a paper of which the past knows none goes on so.
      return past.hasFlows(paper) && !paper.halted ? undefined : null
    },
    indexes: past.indexes,
  }
}

function kept<T>(make: (paper: Paper) => T): (paper: Paper) => T {
  const known = new Map<number, T>()
  return (paper) => {
    const found = known.get(paper.number)
    if (found !== undefined) return found
    const made = make(paper)
    known.set(paper.number, made)
    return made
  }
}
