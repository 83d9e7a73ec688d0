import { type Card, type Criterion, coverageOf, known, sumOfPoints, unknown } from './card.js'
import type { ReferenceData } from './data.js'
import { atLeast, isAbove, isBelow } from './edges.js'
import { mean } from './statistics.js'
import type { View } from './view.js'

export type SectorChange = { sector: string; change: number; members: number }

const LEAST_MEMBERS = 5

/** The date before `date` in the united list of sessions; `null` when `date` is no session. */
export function previousSession(sessions: string[], date: string): string | null {
  const place = sessions.indexOf(date)
  return place < 1 ? null : (sessions[place - 1] ?? null)
}

/** Change of an index from the previous session to the date; `null` when either is missing. */
export function indexChange(data: ReferenceData, index: string, date: string): number | null {
  const closes = data.index.get(index)
  const before = previousSession(data.sessions, date)
  const now = closes?.get(date)
  const then = before === null ? undefined : closes?.get(before)
  if (now === undefined || then === undefined || then === 0) return null
  return now / then - 1
}

/** Points of one index change. */
export function indexCriterion(change: number | null): Criterion {
  if (change === null) return unknown(40)
  if (isAbove(change, 0.01)) return known(40, 40)
  if (isAbove(change, 0)) return known(30, 40)
  if (change === 0) return known(20, 40)
  if (atLeast(change, -0.01)) return known(10, 40)
  return known(0, 40)
}

/**
 * Mean change on the day of each sector with at least 5 members that count, strongest first
 * (then by name).
 *
 * @param views the eligible stocks
 */
export function sectorChanges(views: View[], date: string): SectorChange[] {
  const bySector = new Map<string, number[]>()
  for (const { stock, bars, sessions } of views) {
    const today = bars[bars.length - 1]
    const before = bars[bars.length - 2]
    if (stock.sector === '' || today?.date !== date || before === undefined) continue
    // A stock that did not trade in the previous session moved over more than one day.
    if (before.date !== previousSession(sessions, date) || before.close === 0) continue
    const changes = bySector.get(stock.sector) ?? []
    changes.push(today.close / before.close - 1)
    bySector.set(stock.sector, changes)
  }
  return [...bySector]
    .filter(([, changes]) => changes.length >= LEAST_MEMBERS)
    .map(([sector, changes]) => ({ sector, change: mean(changes), members: changes.length }))
    .sort((a, b) => b.change - a.change || (a.sector < b.sector ? -1 : 1))
}

/** Points of the sectors; unknown when no sector has enough members. */
export function sectorsCriterion(sectors: SectorChange[]): Criterion {
  if (sectors.length === 0) return unknown(20)
  const up = sectors.filter(({ change }) => isAbove(change, 0.01)).length
  const down = sectors.filter(({ change }) => isBelow(change, -0.01)).length
  const balance = (2 * (up - down)) / sectors.length
  return known(10 + 10 * Math.min(Math.max(balance, -1), 1), 20)
}

/** The one card of the market and its sectors. */
export function marketGate(
  data: ReferenceData,
  views: View[],
  date: string,
): { card: Card; sectors: SectorChange[] } {
  const sectors = sectorChanges(views, date)
  const criteria = {
    kospi: indexCriterion(indexChange(data, 'KOSPI', date)),
    kosdaq: indexCriterion(indexChange(data, 'KOSDAQ', date)),
    sectors: sectorsCriterion(sectors),
  }
  const score = sumOfPoints(criteria)
  const coverage = coverageOf(criteria)
  const complete = Object.values(criteria).every((line) => line.points !== null)
  const grade = complete ? levelOf(score) : 'UNKNOWN'
  const card: Card = {
    score,
    grade,
    coverage,
    criteria,
    screened: false,
    locked: false,
    plan: null,
  }
  return { card, sectors }
}

function levelOf(score: number): 'GREEN' | 'YELLOW' | 'RED' {
  if (atLeast(score, 70)) return 'GREEN'
  return atLeast(score, 40) ? 'YELLOW' : 'RED'
}
