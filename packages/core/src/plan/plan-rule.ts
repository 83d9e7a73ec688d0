import { RalphError, requireInteger } from '../errors/index.js'
import type { GradeScale } from '../grading/grades.js'

/** A percentage for every grade, or one for all. */
export type PercentByGrade = number | Readonly<Record<string, number>>

/** What follows from a card that a trader acts on. Percentages are whole and of the entry price. */
export type PlanDefinition = {
  /** Target price, above 100. */
  readonly targetPercent: PercentByGrade
  /** Stop price, below 100. */
  readonly stopPercent: PercentByGrade
  /** Share of the capital for one position, 1 to 100. */
  readonly positionPercent: PercentByGrade
  /** KRW. */
  readonly capital: number
  /** When a backtest fills: at the close that was scored, or at the next session's open. */
  readonly fill: 'close' | 'next-open'
  /** The stock's own traded bars after which a position is closed at the close. */
  readonly holdingBars: number
}

/** A plan's percentages resolved for each grade, in the order of the scale's labels. */
export type PlanRule = {
  readonly targetPercents: readonly number[]
  readonly stopPercents: readonly number[]
  readonly positionPercents: readonly number[]
  readonly capital: number
  readonly fill: 'close' | 'next-open'
  readonly holdingBars: number
}

/** Usual share of the capital by grade. */
export const POSITION_PERCENT: Readonly<Record<string, number>> = { S: 15, A: 12, B: 10, C: 5 }

/** Usual capital, KRW. */
export const CAPITAL = 10_000_000

/**
 * Resolves and checks a plan for a scale of grades.
 *
 * @throws RalphError E_PARAM_RANGE, or E_STRATEGY_GRADES when a grade has no percentage
 */
export function planRule(owner: string, definition: PlanDefinition, scale: GradeScale): PlanRule {
  const resolve = (
    name: string,
    percent: PercentByGrade,
    minimum: number,
    maximum: number,
  ): number[] =>
    scale.labels.map((grade) => {
      const value = typeof percent === 'number' ? percent : percent[grade]
      if (value === undefined) {
        throw new RalphError('E_STRATEGY_GRADES', `${name} of ${owner} has no value for ${grade}`)
      }
      return requireInteger(`${name} of ${owner}`, value, minimum, maximum)
    })
  return {
    targetPercents: resolve('targetPercent', definition.targetPercent, 101, 1000),
    stopPercents: resolve('stopPercent', definition.stopPercent, 1, 99),
    positionPercents: resolve('positionPercent', definition.positionPercent, 1, 100),
    capital: requireInteger(`capital of ${owner}`, definition.capital, 1),
    fill: definition.fill,
    holdingBars: requireInteger(`holdingBars of ${owner}`, definition.holdingBars, 1),
  }
}
