import type { Column } from '../columns/index.js'
import { RalphError, requireInteger } from '../errors/index.js'
import { type GradeScale, type GradeThresholds, gradeScale } from '../grading/grades.js'
import { type PlanDefinition, type PlanRule, planRule } from '../plan/plan-rule.js'
import { type Criterion, type Inputs, requireInputs, type Values } from './criterion.js'
import { requireDistinct, requireId } from './id.js'
import type { Text } from './text.js'

/** The version of the plugin contract that this package speaks; it also accepts the one before. */
export const API_VERSION = 1
const OLDEST_API_VERSION = 1

/** Criteria that make one sub-score, weighted into the total. */
export type GroupDefinition = {
  readonly id: string
  readonly label: Text
  readonly weight: number
  readonly criteria: readonly Criterion[]
}

/** One condition that drops cards from a scan's result and never changes a value. */
export type ScreenCondition<I extends Inputs = Inputs> = {
  readonly id: string
  readonly label: Text
  readonly inputs: I
  /** Not called, and taken as false, when an input is missing. */
  readonly holds: (values: Values<I>) => boolean
}

/** Which cards a scan shows. */
export type ScreenDefinition = {
  readonly minimumGrade?: string
  readonly minimumScore?: number
  readonly conditions?: readonly ScreenCondition[]
}

/** Numbers beside the score that earn no points; a missing one is NaN here and null on the card. */
export type EvidenceDefinition<I extends Inputs = Inputs> = {
  readonly inputs: I
  readonly derive?: (values: Values<I>) => Readonly<Record<string, number>>
}

/** The last bars up to `asOf`, oldest first, for drawings such as a contraction footprint. */
export type BarWindow = {
  readonly days: Int32Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}

/** Structured evidence from a window of bars; plain JSON, no points. */
export type AnnotationDefinition = {
  /** How many bars, at most, the drawing reads. */
  readonly bars: number
  readonly draw: (window: BarWindow) => Readonly<Record<string, unknown>>
}

/** What an author writes. */
export type StrategyDefinition = {
  readonly id: string
  /** Changes whenever a score may change. */
  readonly version: string
  readonly apiVersion?: number
  readonly label?: Text
  readonly description?: Text
  /** What is scored: each stock (default), or the market as a whole. */
  readonly subject?: 'stock' | 'market'
  readonly timeframe?: '1d'
  readonly maxScore: number
  /** Bars that a score depends on, `asOf` included. */
  readonly lookback: number
  readonly criteria?: readonly Criterion[]
  readonly groups?: readonly GroupDefinition[]
  readonly grades: GradeThresholds
  /** Grade of a score below every threshold; `C` unless said. */
  readonly lowestGrade?: string
  /** Grade of a card with any unknown criterion; without it, unknown counts 0. */
  readonly unknownGrade?: string
  readonly screen?: ScreenDefinition
  readonly plan?: PlanDefinition
  readonly evidence?: EvidenceDefinition
  readonly annotation?: AnnotationDefinition
  /** The options that made this strategy, for reports; plain JSON. */
  readonly options?: unknown
}

/** A group with the positions of its criteria in `Strategy.criteria`. */
export type Group = {
  readonly id: string
  readonly label: Text
  readonly weight: number
  readonly maxPoints: number
  readonly first: number
  readonly end: number
}

/** A strategy that passed its checks: a frozen value, safe to share. */
export type Strategy = {
  readonly id: string
  readonly version: string
  readonly apiVersion: number
  readonly label: Text
  readonly description: Text
  readonly subject: 'stock' | 'market'
  readonly timeframe: '1d'
  readonly maxScore: number
  readonly lookback: number
  /** Bars to load so that evidence and drawings are complete too; >= `lookback`. */
  readonly loadBars: number
  readonly criteria: readonly Criterion[]
  readonly groups: readonly Group[]
  /** Sum of all criteria's `maxPoints`, unweighted: what coverage is a share of. */
  readonly allPoints: number
  readonly scale: GradeScale
  readonly screen: {
    readonly minimumGrade: string | null
    readonly minimumScore: number | null
    readonly conditions: readonly ScreenCondition[]
  }
  readonly plan: PlanRule | null
  readonly evidence: EvidenceDefinition | null
  readonly annotation: AnnotationDefinition | null
  readonly options: unknown
}

/** Types a screen condition by its own inputs. */
export function condition<const I extends Inputs>(definition: ScreenCondition<I>): ScreenCondition {
  requireId('condition', definition.id)
  requireInputs(definition.id, definition.inputs)
  // Sound: the pipeline gives the function exactly the declared names, all of them numbers.
  return definition as unknown as ScreenCondition
}

/** Types evidence by its own inputs. */
export function evidence<const I extends Inputs>(
  definition: EvidenceDefinition<I>,
): EvidenceDefinition {
  requireInputs('evidence', definition.inputs)
  // Sound: the pipeline gives the function exactly the declared names.
  return definition as unknown as EvidenceDefinition
}

/**
 * Defines a strategy: a checklist, its grades, what a scan shows of it, and the plan that follows.
 *
 * @returns a frozen value; nothing is registered anywhere
 * @throws RalphError E_STRATEGY_ID, E_STRATEGY_DUPLICATE_ID, E_STRATEGY_POINTS (points that do not sum,
 * by the groups' weights, to `maxScore`), E_STRATEGY_LOOKBACK, E_STRATEGY_GRADES or
 * E_STRATEGY_API_VERSION
 */
export function defineStrategy(definition: StrategyDefinition): Strategy {
  const { id, maxScore } = definition
  requireId('strategy', id)
  const apiVersion = requireApiVersion(id, definition.apiVersion ?? API_VERSION)
  const lookback = requireInteger(`lookback of ${id}`, definition.lookback, 1)
  const label = definition.label ?? { ko: id, en: id }
  const { criteria, groups } = arrange(definition, label)
  requireDistinct(
    `criteria of ${id}`,
    criteria.map((one) => one.id),
  )
  const reachable = groups.reduce((sum, group) => sum + group.weight * group.maxPoints, 0)
  if (!(Math.abs(reachable - maxScore) <= 1e-9 * maxScore)) {
    throw new RalphError(
      'E_STRATEGY_POINTS',
      `the criteria of ${id} sum to ${reachable} points; maxScore is ${maxScore}`,
      { reachable, maxScore },
    )
  }
  const scale = gradeScale(
    definition.grades,
    definition.lowestGrade ?? 'C',
    definition.unknownGrade ?? null,
  )
  const screen = {
    minimumGrade: requireGrade(id, scale, definition.screen?.minimumGrade ?? null),
    minimumScore: definition.screen?.minimumScore ?? null,
    conditions: definition.screen?.conditions ?? [],
  }
  const scored = [...criteria, ...screen.conditions].flatMap((one) => Object.values(one.inputs))
  const needed = deepest(scored)
  if (needed > lookback) {
    throw new RalphError(
      'E_STRATEGY_LOOKBACK',
      `the inputs of ${id} need ${needed} bars; lookback is ${lookback}`,
      { needed, lookback },
    )
  }
  const beside = deepest([
    ...Object.values(definition.evidence?.inputs ?? {}),
    ...criteria.flatMap((one) => Object.values(one.evidence)),
  ])
  return Object.freeze({
    id,
    version: definition.version,
    apiVersion,
    label,
    description: definition.description ?? label,
    subject: definition.subject ?? 'stock',
    timeframe: '1d',
    maxScore,
    lookback,
    loadBars: Math.max(lookback, beside, definition.annotation?.bars ?? 0),
    criteria,
    groups,
    allPoints: criteria.reduce((sum, one) => sum + one.maxPoints, 0),
    scale,
    screen,
    plan: definition.plan === undefined ? null : planRule(id, definition.plan, scale),
    evidence: definition.evidence ?? null,
    annotation: definition.annotation ?? null,
    options: definition.options ?? {},
  })
}

function arrange(
  definition: StrategyDefinition,
  label: Text,
): { criteria: readonly Criterion[]; groups: readonly Group[] } {
  const { id, groups: grouped, criteria } = definition
  if ((grouped === undefined) === (criteria === undefined)) {
    throw new RalphError('E_STRATEGY_POINTS', `${id} must have either criteria or groups`)
  }
  const source = grouped ?? [{ id, label, weight: 1, criteria: criteria ?? [] }]
  requireDistinct(
    `groups of ${id}`,
    source.map((group) => group.id),
  )
  const all: Criterion[] = []
  const groups = source.map((group): Group => {
    const first = all.length
    all.push(...group.criteria)
    const maxPoints = group.criteria.reduce((sum, one) => sum + one.maxPoints, 0)
    return {
      id: group.id,
      label: group.label,
      weight: group.weight,
      maxPoints,
      first,
      end: all.length,
    }
  })
  return { criteria: Object.freeze(all), groups: Object.freeze(groups) }
}

function requireApiVersion(id: string, version: number): number {
  if (Number.isInteger(version) && version >= OLDEST_API_VERSION && version <= API_VERSION) {
    return version
  }
  const advice =
    version > API_VERSION
      ? 'update @ralph-stock/core'
      : 'update the plugin: see the contract changes in its changelog'
  throw new RalphError(
    'E_STRATEGY_API_VERSION',
    `${id} was written for contract ${version}; this core speaks ${OLDEST_API_VERSION} to ${API_VERSION}: ${advice}`,
    { version, oldest: OLDEST_API_VERSION, newest: API_VERSION },
  )
}

function requireGrade(id: string, scale: GradeScale, grade: string | null): string | null {
  if (grade === null || scale.labels.includes(grade)) return grade
  throw new RalphError(
    'E_STRATEGY_GRADES',
    `the screen of ${id} asks for grade "${grade}"; it has ${scale.labels.join(', ')}`,
  )
}

/**
 * Bars that criteria and screen conditions read, the judged one included: the least `lookback` of a
 * strategy that is made of them. Options that lengthen a window lengthen it.
 */
export function lookbackOf(parts: ReadonlyArray<{ readonly inputs: Inputs }>): number {
  return deepest(parts.flatMap(({ inputs }) => Object.values(inputs)))
}

function deepest(columns: readonly Column[]): number {
  return columns.reduce((most, column) => Math.max(most, column.lookback), 1)
}
