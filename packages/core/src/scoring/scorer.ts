import { type Series, viewOf } from '../bars/index.js'
import {
  type Column,
  createEvaluator,
  type EvaluationPlan,
  type Evaluator,
  planEvaluation,
  sourcesOf,
} from '../columns/index.js'
import { gradeIndex, gradesOutOfReach } from '../grading/grades.js'
import { fromDayNumber, priceLimits } from '../krx/index.js'
import { krxMarket, type TradePlan, tradePlan } from '../plan/trade-plan.js'
import type { Inputs, Values } from '../strategy/criterion.js'
import type { Strategy } from '../strategy/define-strategy.js'
import type { Market } from '../universe/market.js'
import type { Stock } from '../universe/stock.js'
import { type CardFlag, nullMissing, type ScoreCard, ScoredCriterion } from './card.js'
import { type CompiledCriterion, compileCriterion } from './compile-criterion.js'
import { sourceData } from './source-data.js'

/** A strategy with every input resolved to a position in a plan that it may share with others. */
export type CompiledStrategy = {
  readonly strategy: Strategy
  readonly criteria: readonly CompiledCriterion[]
  readonly conditions: ReadonlyArray<{
    readonly id: string
    readonly holds: (values: Values) => boolean
    readonly names: readonly string[]
    readonly slots: readonly number[]
  }>
  readonly evidence: {
    readonly names: readonly string[]
    readonly slots: readonly number[]
    readonly derive: ((values: Values) => Readonly<Record<string, number>>) | null
  } | null
  readonly readsFlows: boolean
}

/** What a card is made for. */
export type Subject = {
  readonly stock: Stock
  readonly series: Series
  readonly market: Market | null
}

/** Cross-section values of the subject by slot of the plan, on the date. */
export type GivenValues = (slot: number) => number

/** Scores subjects one after another by several strategies that share their columns. */
export type Scorer = {
  readonly plan: EvaluationPlan
  readonly compiled: readonly CompiledStrategy[]
  /** Cards of the subject at its bar `bar`, one per strategy. Later bars are not looked at. */
  score(subject: Subject, bar: number, given: GivenValues, universeDay: number | null): ScoreCard[]
}

/** Every column that a card of these strategies shows, evidence included. */
export function columnsOf(strategies: readonly Strategy[]): Column[] {
  return strategies.flatMap((strategy) => [
    ...strategy.criteria.flatMap((one) => Object.values(one.inputs)),
    ...strategy.screen.conditions.flatMap((one) => Object.values(one.inputs)),
    ...Object.values(strategy.evidence?.inputs ?? {}),
  ])
}

/** Resolves the inputs of a strategy's criteria to positions in `plan`, which must hold them. */
export function compileCriteria(strategy: Strategy, plan: EvaluationPlan): CompiledCriterion[] {
  return strategy.criteria.map((criterion) =>
    compileCriterion(criterion, slotsIn(plan, criterion.inputs)),
  )
}

/** Resolves all that a card of the strategy shows to positions in `plan`, which must hold it. */
export function compileStrategy(strategy: Strategy, plan: EvaluationPlan): CompiledStrategy {
  const { evidence } = strategy
  return {
    strategy,
    criteria: compileCriteria(strategy, plan),
    conditions: strategy.screen.conditions.map((condition) => ({
      id: condition.id,
      holds: condition.holds,
      names: Object.keys(condition.inputs),
      slots: slotsIn(plan, condition.inputs),
    })),
    evidence:
      evidence === null
        ? null
        : {
            names: Object.keys(evidence.inputs),
            slots: slotsIn(plan, evidence.inputs),
            derive: evidence.derive ?? null,
          },
    readsFlows: strategy.criteria.some((criterion) =>
      Object.values(criterion.inputs).some((column) =>
        sourcesOf(column).some((name) => name.startsWith('flows.')),
      ),
    ),
  }
}

function slotsIn(plan: EvaluationPlan, inputs: Inputs): number[] {
  return Object.values(inputs).map((column) => plan.slotOf.get(column.key) as number)
}

/** Makes a scorer; not re-entrant, since it owns the buffers that it computes in. */
export function createScorer(strategies: readonly Strategy[]): Scorer {
  const plan = planEvaluation(columnsOf(strategies))
  const compiled = strategies.map((strategy) => compileStrategy(strategy, plan))
  const evaluator = createEvaluator(plan)
  return {
    plan,
    compiled,
    score(subject, bar, given, universeDay) {
      // Bars after the one that is judged do not exist for the kernels either.
      const series = viewOf(subject.series, bar + 1)
      evaluator.bind(sourceData(series, subject.market))
      for (const { slot } of plan.given) {
        ;(evaluator.arrays[slot] as Float64Array)[bar] = given(slot)
      }
      evaluator.run(bar, bar + 1)
      return compiled.map((one) =>
        buildCard(one, evaluator, { ...subject, series }, bar, universeDay),
      )
    },
  }
}

/** Reads one card off the evaluator's arrays at bar `bar`. */
export function buildCard(
  compiled: CompiledStrategy,
  evaluator: Evaluator,
  subject: Subject,
  bar: number,
  universeDay: number | null,
): ScoreCard {
  const { strategy } = compiled
  const { arrays } = evaluator
  const { stock, series } = subject
  const day = series.days[bar] as number
  const asOf = fromDayNumber(day)
  const criteria: ScoredCriterion[] = []
  let knownPoints = 0
  for (const one of compiled.criteria) {
    const points = one.points(arrays, bar)
    if (!Number.isNaN(points)) knownPoints += one.criterion.maxPoints
    criteria.push(new ScoredCriterion(one.criterion, points, one.values(arrays, bar), bar + 1))
  }
  const { score, best, subScores, unknown } = sumUp(strategy, criteria)
  const gradeAt = gradeIndex(strategy.scale, score)
  const grade =
    unknown && strategy.scale.unknown !== null
      ? strategy.scale.unknown
      : (strategy.scale.labels[gradeAt] as string)
  const isStock = strategy.subject === 'stock'
  const flags: CardFlag[] = isStock && isLockedAtLimit(subject, bar) ? ['locked-at-limit'] : []
  return {
    strategyId: strategy.id,
    strategyVersion: strategy.version,
    ticker: stock.ticker,
    name: stock.name,
    market: stock.market,
    asOf,
    score,
    maxScore: strategy.maxScore,
    coverage: knownPoints / strategy.allPoints,
    grade,
    outOfReach: unknown ? gradesOutOfReach(strategy.scale, best) : [],
    subScores,
    criteria,
    evidence: evidenceOf(compiled, arrays, bar),
    annotation: annotationOf(strategy, series, bar),
    flags,
    flows: compiled.readsFlows ? flowState(series, bar) : null,
    universeAsOf: universeDay === null || universeDay === day ? null : fromDayNumber(universeDay),
    screen: screenOf(compiled, arrays, bar, score, gradeAt, flags),
    plan: planOf(strategy, subject, bar, gradeAt),
  }
}

function sumUp(
  strategy: Strategy,
  criteria: readonly ScoredCriterion[],
): { score: number; best: number; subScores: Record<string, number>; unknown: boolean } {
  const subScores: Record<string, number> = {}
  let score = 0
  let best = 0
  let unknown = false
  for (const group of strategy.groups) {
    let sum = 0
    let reachable = 0
    for (let k = group.first; k < group.end; k++) {
      const { points, maxPoints } = criteria[k] as ScoredCriterion
      if (points === null) unknown = true
      else {
        sum += points
        reachable += maxPoints
      }
    }
    score += group.weight * sum
    best += group.weight * reachable
    if (strategy.groups.length > 1) subScores[group.id] = sum
  }
  return { score, best, subScores, unknown }
}

function evidenceOf(
  compiled: CompiledStrategy,
  arrays: readonly Float64Array[],
  bar: number,
): ScoreCard['evidence'] {
  const { evidence } = compiled
  if (evidence === null) return {}
  const values = read(evidence.names, evidence.slots, arrays, bar)
  return nullMissing(evidence.derive === null ? values : evidence.derive(values))
}

function annotationOf(
  strategy: Strategy,
  series: Series,
  bar: number,
): Readonly<Record<string, unknown>> | null {
  const { annotation } = strategy
  if (annotation === null) return null
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

function flowState(series: Series, bar: number): 'final' | 'provisional' | null {
  const foreign = series.columns['flows.foreign']?.[bar] ?? Number.NaN
  const institution = series.columns['flows.institution']?.[bar] ?? Number.NaN
  if (Number.isNaN(foreign) && Number.isNaN(institution)) return null
  return series.provisionalFlows?.[bar] === 1 ? 'provisional' : 'final'
}

function screenOf(
  compiled: CompiledStrategy,
  arrays: readonly Float64Array[],
  bar: number,
  score: number,
  gradeAt: number,
  flags: readonly CardFlag[],
): ScoreCard['screen'] {
  const { screen, scale } = compiled.strategy
  const failed: string[] = [...flags]
  const { minimumGrade, minimumScore } = screen
  if (minimumGrade !== null && gradeAt > scale.labels.indexOf(minimumGrade)) failed.push('grade')
  if (minimumScore !== null && score < minimumScore) failed.push('score')
  for (const { id, names, slots, holds } of compiled.conditions) {
    const known = slots.every((slot) => !Number.isNaN((arrays[slot] as Float64Array)[bar]))
    if (!known || !holds(read(names, slots, arrays, bar))) failed.push(id)
  }
  return { passed: failed.length === 0, failed }
}

function planOf(
  strategy: Strategy,
  subject: Subject,
  bar: number,
  gradeAt: number,
): TradePlan | null {
  const entry = rawClose(subject.series, bar)
  if (strategy.plan === null || !Number.isSafeInteger(entry)) return null
  const date = fromDayNumber(subject.series.days[bar] as number)
  return tradePlan(strategy.plan, entry, gradeAt, date, subject.stock.market)
}

/** Whether the stock closed at the upper limit that its previous close set. */
export function isLockedAtLimit(subject: Subject, bar: number): boolean {
  if (bar === 0) return false
  const base = rawClose(subject.series, bar - 1)
  const close = rawClose(subject.series, bar)
  if (close <= base || !Number.isSafeInteger(base)) return false
  const date = fromDayNumber(subject.series.days[bar] as number)
  return close === priceLimits(base, { date, market: krxMarket(subject.stock.market) }).upper
}

// Ticks, limits and quantities are those of the price as printed, where the source has it.
function rawClose(series: Series, bar: number): number {
  const raw = series.columns['bars.rawClose'] ?? series.columns['bars.close']
  return (raw as Float64Array)[bar] as number
}

function read(
  names: readonly string[],
  slots: readonly number[],
  arrays: readonly Float64Array[],
  bar: number,
): Record<string, number> {
  const values: Record<string, number> = {}
  for (let k = 0; k < names.length; k++) {
    values[names[k] as string] = (arrays[slots[k] as number] as Float64Array)[bar] as number
  }
  return values
}
