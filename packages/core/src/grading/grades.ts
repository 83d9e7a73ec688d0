import { RalphError } from '../errors/index.js'
import { lowerEdge } from '../scoring/edges.js'

/** Thresholds of the score by grade, best first: `{ S: 11, A: 9, B: 7 }`. */
export type GradeThresholds = Readonly<Record<string, number>>

/** Grades of a strategy, best first; the last has no threshold. */
export type GradeScale = {
  readonly labels: readonly string[]
  readonly thresholds: readonly number[]
  /** Given instead of any grade when a criterion is unknown; null where the score decides alone. */
  readonly unknown: string | null
}

/**
 * @param lowest the grade of everything below the last threshold
 * @param unknown the grade of a card with an unknown criterion; null: unknown counts 0
 * @throws RalphError E_STRATEGY_GRADES when thresholds do not fall strictly
 */
export function gradeScale(
  grades: GradeThresholds,
  lowest: string,
  unknown: string | null,
): GradeScale {
  const labels = Object.keys(grades)
  const thresholds = Object.values(grades)
  for (let i = 0; i < thresholds.length; i++) {
    const threshold = thresholds[i] as number
    if (!Number.isFinite(threshold) || (i > 0 && threshold >= (thresholds[i - 1] as number))) {
      throw new RalphError(
        'E_STRATEGY_GRADES',
        `grades must fall strictly, best first; found ${JSON.stringify(grades)}`,
      )
    }
  }
  if (labels.includes(lowest)) {
    throw new RalphError('E_STRATEGY_GRADES', `the lowest grade "${lowest}" has a threshold`)
  }
  return { labels: [...labels, lowest], thresholds, unknown }
}

/**
 * The least score of each grade but the last, best first, with the tolerance taken off: sums of products
 * such as 0.5 x 175 are exact, but a fractional criterion may be off by a bit.
 */
export function gradeBounds(scale: GradeScale): readonly number[] {
  return scale.thresholds.map(lowerEdge)
}

/** Position of the score's grade in `scale.labels`, 0 the best. */
export function gradeIndex(scale: GradeScale, score: number): number {
  const { thresholds } = scale
  for (let i = 0; i < thresholds.length; i++) {
    const threshold = thresholds[i] as number
    if (score >= lowerEdge(threshold)) return i
  }
  return thresholds.length
}

/** Grades that `best`, the highest score still possible, does not reach. */
export function gradesOutOfReach(scale: GradeScale, best: number): readonly string[] {
  return scale.labels.slice(0, gradeIndex(scale, best))
}
