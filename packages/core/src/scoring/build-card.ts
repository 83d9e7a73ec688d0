import type { Series } from '../bars/index.js'
import { gradeIndex, gradesOutOfReach } from '../grading/grades.js'
import { type TradePlan, tradePlan } from '../plan/trade-plan.js'
import type { Strategy } from '../strategy/define-strategy.js'
import {
  type CardFields,
  type CardFlag,
  type Evidence,
  nullMissing,
  type ScoreCard,
  ScoredCard,
  ScoredCriterion,
} from './card.js'
import type { CompiledStrategy } from './compile-strategy.js'
import type { SubjectFacts } from './subject.js'

// Most cards have no flag, fail nothing and reach every grade: they share these.
const NOTHING: readonly never[] = Object.freeze([])
const NO_FIELDS: Readonly<Record<string, never>> = Object.freeze({})
const SHOWN: ScoreCard['screen'] = Object.freeze({ passed: true, failed: NOTHING })
const LOCKED: readonly CardFlag[] = Object.freeze(['locked-at-limit'])

/**
 * Reads one card off a plan's arrays at the facts' bar.
 *
 * @param extra fields of live and market cards
 */
export function buildCard(
  compiled: CompiledStrategy,
  arrays: readonly Float64Array[],
  facts: SubjectFacts,
  extra: Pick<CardFields, 'crossSectionAgeMs' | 'sectors'>,
): ScoreCard {
  const { strategy } = compiled
  const { stock, bar } = facts
  const { scale } = strategy
  const criteria: ScoredCriterion[] = []
  let knownPoints = 0
  for (const one of compiled.criteria) {
    const points = one.points(arrays, bar)
    if (!Number.isNaN(points)) knownPoints += one.criterion.maxPoints
    criteria.push(
      new ScoredCriterion(one.criterion, points, one.reader.values(arrays, bar), bar + 1),
    )
  }
  const unknown = knownPoints < strategy.allPoints
  const score = weigh(strategy, criteria, 'points')
  const gradeAt = gradeIndex(scale, score)
  const noGrade = unknown && scale.unknown !== null
  const locked = strategy.subject === 'stock' && facts.lockedAtLimit
  return new ScoredCard(
    {
      strategyId: strategy.id,
      strategyVersion: strategy.version,
      ticker: stock.ticker,
      name: stock.name,
      market: stock.market,
      asOf: facts.asOf,
      score,
      maxScore: strategy.maxScore,
      coverage: knownPoints / strategy.allPoints,
      grade: (noGrade ? scale.unknown : scale.labels[gradeAt]) as string,
      outOfReach: unknown
        ? gradesOutOfReach(scale, weigh(strategy, criteria, 'maxPoints'))
        : NOTHING,
      subScores: strategy.groups.length > 1 ? subScoresOf(strategy, criteria) : NO_FIELDS,
      criteria,
      evidence: evidenceOf(compiled, arrays, bar),
      flags: locked ? LOCKED : NOTHING,
      flows: compiled.readsFlows ? facts.flows : null,
      universeAsOf: facts.universeAsOf,
      screen: screenOf(compiled, arrays, bar, score, gradeAt, locked),
      plan: planOf(strategy, facts, gradeAt),
      ...extra,
    },
    strategy.annotation === null ? null : () => draw(strategy, facts.series, bar),
  )
}

/** Weighted sum over the known criteria: of their points, or of what they could have given. */
function weigh(
  strategy: Strategy,
  criteria: readonly ScoredCriterion[],
  field: 'points' | 'maxPoints',
): number {
  let total = 0
  for (const group of strategy.groups) {
    let sum = 0
    for (let k = group.first; k < group.end; k++) {
      const one = criteria[k] as ScoredCriterion
      if (one.points !== null) sum += one[field] as number
    }
    total += group.weight * sum
  }
  return total
}

function subScoresOf(
  strategy: Strategy,
  criteria: readonly ScoredCriterion[],
): Record<string, number> {
  const subScores: Record<string, number> = {}
  for (const group of strategy.groups) {
    let sum = 0
    for (let k = group.first; k < group.end; k++) sum += criteria[k]?.points ?? 0
    subScores[group.id] = sum
  }
  return subScores
}

function evidenceOf(
  compiled: CompiledStrategy,
  arrays: readonly Float64Array[],
  bar: number,
): Evidence {
  const { evidence } = compiled
  if (evidence === null) return NO_FIELDS
  const values = evidence.reader.values(arrays, bar)
  return nullMissing(evidence.derive === null ? values : evidence.derive(values))
}

function draw(strategy: Strategy, series: Series, bar: number): Readonly<Record<string, unknown>> {
  const { annotation } = strategy
  if (annotation === null) return NO_FIELDS
  const from = Math.max(0, bar + 1 - annotation.bars)
  const part = (name: string): Float64Array =>
    (series.columns[`bars.${name}`] as Float64Array).subarray(from, bar + 1)
  return annotation.draw({
    days: series.days.subarray(from, bar + 1),
    open: part('open'),
    high: part('high'),
    low: part('low'),
    close: part('close'),
    volume: part('volume'),
  })
}

function screenOf(
  compiled: CompiledStrategy,
  arrays: readonly Float64Array[],
  bar: number,
  score: number,
  gradeAt: number,
  locked: boolean,
): ScoreCard['screen'] {
  const { minimumScore } = compiled.strategy.screen
  const failed: string[] = []
  if (locked) failed.push('locked-at-limit')
  if (gradeAt > compiled.lowestShown) failed.push('grade')
  if (minimumScore !== null && score < minimumScore) failed.push('score')
  for (const { id, holds, reader } of compiled.conditions) {
    if (!reader.known(arrays, bar) || !holds(reader.values(arrays, bar))) failed.push(id)
  }
  return failed.length === 0 ? SHOWN : { passed: false, failed }
}

function planOf(strategy: Strategy, facts: SubjectFacts, gradeAt: number): TradePlan | null {
  const { entry, asOf, stock } = facts
  if (strategy.plan === null || !Number.isSafeInteger(entry)) return null
  return tradePlan(strategy.plan, entry, gradeAt, asOf, stock.market)
}
