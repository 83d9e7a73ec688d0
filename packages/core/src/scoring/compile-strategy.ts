import { type Column, type EvaluationPlan, sourcesOf } from '../columns/index.js'
import type { Values } from '../strategy/criterion.js'
import type { Strategy } from '../strategy/define-strategy.js'
import { type CompiledCriterion, compileCriterion } from './compile-criterion.js'
import { compileValues, slotsIn, type ValueReader } from './compile-values.js'

/** A strategy with every input resolved to a position in a plan that it may share with others. */
export type CompiledStrategy = {
  readonly strategy: Strategy
  /** Each line with the reader of all that the card shows of it. */
  readonly criteria: ReadonlyArray<CompiledCriterion & { readonly reader: ValueReader }>
  readonly conditions: ReadonlyArray<{
    readonly id: string
    readonly holds: (values: Values) => boolean
    readonly reader: ValueReader
  }>
  readonly evidence: {
    readonly reader: ValueReader
    readonly derive: ((values: Values) => Readonly<Record<string, number>>) | null
  } | null
  readonly readsFlows: boolean
  /** Position of the least grade that the screen shows; the last one when it shows all. */
  readonly lowestShown: number
}

/** Every column that a card of these strategies shows, evidence included. */
export function columnsOf(strategies: readonly Strategy[]): Column[] {
  return strategies.flatMap((strategy) => [
    ...strategy.criteria.flatMap((one) => [
      ...Object.values(one.inputs),
      ...Object.values(one.evidence),
    ]),
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
  const { evidence, scale, screen } = strategy
  const { minimumGrade } = screen
  return {
    strategy,
    criteria: compileCriteria(strategy, plan).map((compiled) => {
      const { inputs, evidence: beside } = compiled.criterion
      return { ...compiled, reader: compileValues(plan, { ...inputs, ...beside }) }
    }),
    conditions: screen.conditions.map(({ id, holds, inputs }) => ({
      id,
      holds,
      reader: compileValues(plan, inputs),
    })),
    evidence:
      evidence === null
        ? null
        : { reader: compileValues(plan, evidence.inputs), derive: evidence.derive ?? null },
    readsFlows: strategy.criteria.some((criterion) =>
      Object.values(criterion.inputs).some((column) =>
        sourcesOf(column).some((name) => name.startsWith('flows.')),
      ),
    ),
    lowestShown:
      minimumGrade === null ? scale.labels.length - 1 : scale.labels.indexOf(minimumGrade),
  }
}
