import { type Column, isColumn } from '../columns/index.js'
import { RalphError, requireInteger } from '../errors/index.js'
import { requireId } from './id.js'
import type { Text } from './text.js'

/** Declared inputs by the name that the criterion reads them under. */
export type Inputs = Readonly<Record<string, Column>>

/** The numbers of one bar, one per declared input. Never NaN: a missing input is not scored. */
export type Values<I extends Inputs = Inputs> = { readonly [K in keyof I]: number }

/** What a criterion promises about its points, for the laws to test. */
export type Claims = {
  /** Prices in another unit (all x 10, say) give the same points. */
  readonly priceScaleInvariant?: boolean
  /** More of an input never gives fewer (`up`) or never more (`down`) points, all else equal. */
  readonly monotone?: Readonly<Record<string, 'up' | 'down'>>
}

/** What an author writes: one line of a checklist. */
export type CriterionDefinition<I extends Inputs = Inputs, E extends Inputs = Inputs> = {
  /** Stable machine string, such as `breakout.high20`. */
  readonly id: string
  /** Points for a full pass; an integer >= 1. */
  readonly maxPoints: number
  readonly label: Text
  /** The rule in words, for docs and pages. */
  readonly rule?: Text
  readonly inputs: I
  /**
   * Numbers that the card shows beside the inputs: they are not scored, a missing one makes nothing
   * unknown, and a history does not compute them.
   */
  readonly evidence?: E
  /**
   * Points from 0 to `maxPoints`. A pure function of its numbers: called only when all are known, on
   * no bar but the one it judges.
   */
  readonly score: (values: Values<I>) => number
  /** Points may be fractions; whole points are checked and stored in a byte otherwise. */
  readonly fractional?: boolean
  /** Why these points, in words with the numbers; missing evidence is NaN. */
  readonly reason?: (values: Values<I> & Values<E>, points: number) => Text
  readonly claims?: Claims
}

/** A checklist line that passed its checks. */
export type Criterion = {
  readonly id: string
  readonly maxPoints: number
  readonly label: Text
  readonly rule: Text
  readonly inputs: Inputs
  readonly inputNames: readonly string[]
  readonly evidence: Inputs
  readonly score: (values: Values) => number
  readonly fractional: boolean
  readonly reason: ((values: Values, points: number) => Text) | null
  readonly claims: Claims
}

const INPUT_NAME = /^[a-z][A-Za-z0-9]*$/
const LARGEST_WHOLE_POINTS = 250

/**
 * Declares one line of a checklist.
 *
 * @throws RalphError E_STRATEGY_ID, E_PARAM_RANGE (points), E_INPUT_INVALID, E_INPUT_UNBOUNDED (a
 * recursive column, such as an EMA, as an input) or E_INPUT_UNDECLARED
 * @example
 * criterion({
 *   id: 'breakout.trend', maxPoints: 10, label: { ko: '60일선 위', en: 'Above the 60-day average' },
 *   inputs: { close: bars.close, average: sma(bars.close, 60) },
 *   score: ({ close, average }) => (above(close, average) ? 10 : 0),
 * })
 */
export function criterion<
  const I extends Inputs,
  const E extends Inputs = Readonly<Record<never, Column>>,
>(definition: CriterionDefinition<I, E>): Criterion {
  const { id, label } = definition
  requireId('criterion', id)
  const fractional = definition.fractional ?? false
  requireInteger(
    `maxPoints of ${id}`,
    definition.maxPoints,
    1,
    fractional ? undefined : LARGEST_WHOLE_POINTS,
  )
  requireInputs(id, definition.inputs)
  requireInputs(id, definition.evidence ?? {})
  for (const name of Object.keys(definition.evidence ?? {})) {
    if (!Object.hasOwn(definition.inputs, name)) continue
    throw new RalphError('E_INPUT_INVALID', `evidence of ${id} repeats the input "${name}"`)
  }
  const checked: Criterion = Object.freeze({
    id,
    maxPoints: definition.maxPoints,
    label,
    rule: definition.rule ?? label,
    inputs: definition.inputs,
    inputNames: Object.keys(definition.inputs),
    evidence: definition.evidence ?? {},
    // Sound: the pipeline gives the function exactly the declared names, all of them numbers.
    score: definition.score as (values: Values) => number,
    fractional,
    reason: (definition.reason ?? null) as Criterion['reason'],
    claims: definition.claims ?? {},
  })
  probe(checked)
  return checked
}

/** Refuses inputs that are no columns, have odd names, or depend on all history. */
export function requireInputs(owner: string, inputs: Inputs): void {
  for (const [name, column] of Object.entries(inputs)) {
    if (!INPUT_NAME.test(name)) {
      throw new RalphError(
        'E_INPUT_INVALID',
        `an input of ${owner} must be named like priorHigh; found "${name}"`,
      )
    }
    if (!isColumn(column)) {
      throw new RalphError(
        'E_INPUT_INVALID',
        `input ${name} of ${owner} must be a column such as bars.close; found ${typeof column}`,
      )
    }
    if (column.lookback === Number.POSITIVE_INFINITY) {
      throw new RalphError(
        'E_INPUT_UNBOUNDED',
        `input ${name} of ${owner} depends on all history: ${column.key}; use windowed(column, bars)`,
      )
    }
  }
}

// Reading an undeclared input is a typing error in TypeScript; JavaScript authors learn it here.
function probe(subject: Criterion): void {
  for (const value of [0, 1]) {
    const values: Record<string, number> = Object.create(UNDECLARED)
    for (const name of subject.inputNames) values[name] = value
    try {
      subject.score(values)
    } catch (error) {
      if (!(error instanceof UndeclaredInput)) throw error
      throw new RalphError(
        'E_INPUT_UNDECLARED',
        `criterion ${subject.id} reads "${error.input}"; it declares ${subject.inputNames.join(', ')}`,
      )
    }
  }
}

class UndeclaredInput extends Error {
  readonly input: string

  constructor(input: string) {
    super(`"${input}" is not declared`)
    this.input = input
  }
}

// What is not there is looked up in the prototype. One for all criteria, and no proxy of the values
// themselves: an engine that saw one would never again read the inputs of that score function fast.
const UNDECLARED = new Proxy<object>(
  {},
  {
    get: (_, name) => {
      throw new UndeclaredInput(String(name))
    },
  },
)
