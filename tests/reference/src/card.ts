import { atLeast } from './edges.js'
import type { Plan } from './plan.js'

export type StockGrade = 'S' | 'A' | 'B' | 'C'
export type GateLevel = 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN'

/** Points of one checklist line; `null` means unknown and counts 0. */
export type Criterion = { points: number | null; maxPoints: number }
export type Criteria = Record<string, Criterion>

export type Card = {
  score: number
  grade: StockGrade | GateLevel
  /** Known maxPoints divided by all maxPoints. */
  coverage: number
  criteria: Criteria
  screened: boolean
  /** The stock closed locked at its upper limit. */
  locked: boolean
  plan: Plan | null
  /** The two groups of the vcp card, each 0-100. */
  subScores?: { vcp: number; smartMoney: number }
}

/** A line without an outcome. */
export function unknown(maxPoints: number): Criterion {
  return { points: null, maxPoints }
}

/** A line with points. */
export function known(points: number, maxPoints: number): Criterion {
  return { points, maxPoints }
}

/** Sum of the points; an unknown line counts 0. */
export function sumOfPoints(criteria: Criteria): number {
  return Object.values(criteria).reduce((total, line) => total + (line.points ?? 0), 0)
}

/** Known maxPoints divided by all maxPoints. */
export function coverageOf(criteria: Criteria): number {
  const lines = Object.values(criteria)
  const all = lines.reduce((total, line) => total + line.maxPoints, 0)
  const sure = lines.reduce((total, line) => total + (line.points === null ? 0 : line.maxPoints), 0)
  return sure / all
}

/** The best grade whose bound the score reaches, else C. */
export function gradeOf(score: number, bounds: { S: number; A: number; B: number }): StockGrade {
  if (atLeast(score, bounds.S)) return 'S'
  if (atLeast(score, bounds.A)) return 'A'
  if (atLeast(score, bounds.B)) return 'B'
  return 'C'
}
