import { findDay } from '../bars/index.js'
import type { Market, Member } from './market.js'
import { MINIMUM_BARS } from './rules.js'

/** An eligible stock and the position of its bar of the date. */
export type EligibleMember = { readonly member: Member; readonly bar: number }

/** Who is considered on a date, and why each other was left out. */
export type Universe = {
  readonly day: number
  readonly eligible: readonly EligibleMember[]
  /** Ticker by ticker, the reason. */
  readonly excluded: ReadonlyMap<string, string>
}

/** Which of the stocks to consider: all, or those of one market. */
export type MarketFilter = 'ALL' | 'KOSPI' | 'KOSDAQ'

/**
 * Selects the stocks that are eligible on a date. A day without a session leaves all of them out.
 */
export function selectUniverse(market: Market, day: number): Universe {
  const eligible: EligibleMember[] = []
  const excluded = new Map<string, string>()
  for (const member of market.members) {
    const bar = member.listingReason === null ? findDay(member.series.days, day) : -1
    const reason = member.listingReason ?? dateReason(member, bar, day)
    if (reason === null) eligible.push({ member, bar })
    else excluded.set(member.stock.ticker, reason)
  }
  return { day, eligible, excluded }
}

/** How many stocks each reason left out, most frequent first. */
export function countReasons(universe: Universe): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const reason of universe.excluded.values()) counts[reason] = (counts[reason] ?? 0) + 1
  return Object.fromEntries(Object.entries(counts).sort(([, a], [, b]) => b - a))
}

function dateReason(member: Member, bar: number, day: number): string | null {
  if (bar < 0) return findDay(member.series.halts, day) >= 0 ? 'halted' : 'no-bar'
  return bar + 1 < MINIMUM_BARS ? 'short-history' : null
}
