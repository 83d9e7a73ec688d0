import { viewOf } from '../bars/index.js'
import { createEvaluator, type EvaluationPlan, planEvaluation } from '../columns/index.js'
import type { Strategy } from '../strategy/define-strategy.js'
import { buildCard } from './build-card.js'
import type { CardFields, ScoreCard } from './card.js'
import { type CompiledStrategy, columnsOf, compileStrategy } from './compile-strategy.js'
import { sourceData } from './source-data.js'
import { factsOf, type Subject } from './subject.js'

/** Values that only the whole market gives, by slot of the plan: cross-sections and sectors. */
export type GivenValues = (slot: number) => number

/** What a card is made of beside the subject's own data. */
export type ScoreContext = Pick<CardFields, 'crossSectionAgeMs' | 'sectors'> & {
  readonly given: GivenValues
  /** Day number of the stock list; null when unknown. */
  readonly universeDay: number | null
}

/** Scores subjects one after another by several strategies that share their columns. */
export type Scorer = {
  readonly plan: EvaluationPlan
  readonly compiled: readonly CompiledStrategy[]
  /** Cards of the subject at its bar `bar`, one per strategy. Later bars are not looked at. */
  score(subject: Subject, bar: number, context: ScoreContext): ScoreCard[]
}

/** Makes a scorer; not re-entrant, since it owns the buffers that it computes in. */
export function createScorer(strategies: readonly Strategy[]): Scorer {
  const plan = planEvaluation(columnsOf(strategies))
  const compiled = strategies.map((strategy) => compileStrategy(strategy, plan))
  const evaluator = createEvaluator(plan)
  return {
    plan,
    compiled,
    score(subject, bar, context) {
      // Bars after the one that is judged do not exist for the kernels either.
      const series = viewOf(subject.series, bar + 1)
      evaluator.bind(sourceData(series, subject.market))
      for (const { slot } of plan.given) {
        ;(evaluator.arrays[slot] as Float64Array)[bar] = context.given(slot)
      }
      evaluator.run(bar, bar + 1)
      const { stock, market } = subject
      const facts = factsOf({ stock, series, market }, bar, context.universeDay)
      const { crossSectionAgeMs, sectors } = context
      const extra = {
        ...(crossSectionAgeMs === undefined ? {} : { crossSectionAgeMs }),
        ...(sectors === undefined ? {} : { sectors }),
      }
      return compiled.map((one) => buildCard(one, evaluator.arrays, facts, extra))
    },
  }
}

const remembered = new WeakMap<Strategy, Array<{ of: readonly Strategy[]; scorer: Scorer }>>()

/**
 * The scorer of these strategies, made once: its specialised functions grow fast by being run, which
 * new ones for every scan never would. A strategy is a frozen value, so nothing can tell.
 */
export function scorerOf(strategies: readonly Strategy[]): Scorer {
  const [first] = strategies
  if (first === undefined) return createScorer(strategies)
  const known = remembered.get(first) ?? []
  remembered.set(first, known)
  const found = known.find(
    ({ of }) => of.length === strategies.length && of.every((one, k) => one === strategies[k]),
  )
  if (found !== undefined) return found.scorer
  const scorer = createScorer(strategies)
  known.push({ of: [...strategies], scorer })
  if (known.length > MOST_REMEMBERED) known.shift()
  return scorer
}

const MOST_REMEMBERED = 8

/** The context of a subject that stands alone: nobody to compare it with. */
export const ALONE: ScoreContext = { given: () => Number.NaN, universeDay: null }
