import {
  type Column,
  createEvaluator,
  type Evaluator,
  magnitudeOf,
  RalphError,
  requireInteger,
  source,
} from '@ralph-stock/core'

/** What an indicator reads: a declared column, or an array that is at hand already. */
export type Series = Column | Float64Array

/** Columns by the name of the output. */
type Outputs<Name extends string> = Readonly<Record<Name, Column>>

/**
 * Gives an indicator its two forms from one definition: over columns it declares a column, over
 * arrays it computes the same column at once. Kernels exist once, so the forms cannot disagree.
 *
 * @throws RalphError E_INPUT_INVALID when arrays and columns are mixed; E_BARS_SHAPE when arrays differ
 * in length
 */
export function over(
  inputs: readonly Series[],
  build: (...columns: Column[]) => Column,
): Column | Float64Array {
  return overEach(inputs, (...columns) => ({ value: build(...columns) })).value
}

/** The same for an indicator with several outputs. */
export function overEach<Name extends string>(
  inputs: readonly Series[],
  build: (...columns: Column[]) => Outputs<Name>,
): Readonly<Record<Name, Column>> | Readonly<Record<Name, Float64Array>> {
  const arrays = inputs.filter((input) => input instanceof Float64Array)
  if (arrays.length === 0) return Object.freeze(build(...(inputs as Column[])))
  if (arrays.length < inputs.length) {
    throw new RalphError('E_INPUT_INVALID', 'inputs must be all columns or all Float64Arrays')
  }
  const length = (arrays[0] as Float64Array).length
  for (const array of arrays) {
    if (array.length === length) continue
    throw new RalphError(
      'E_BARS_SHAPE',
      `arrays of one series must have one length; found ${length} and ${array.length}`,
    )
  }
  const columns = build(...arrays.map((_, position) => source(`array.${position}`)))
  const entries = Object.entries<Column>(columns)
  const evaluator = evaluatorOf(
    entries.map(([, column]) => column),
    length,
  )
  const known = new Map(arrays.map((array, position) => [`array.${position}`, array]))
  const magnitudes = new Map<string, number>()
  evaluator.bind({
    length,
    column: (name) => known.get(name),
    magnitude: (name) => {
      const magnitude = magnitudes.get(name) ?? magnitudeOf(known.get(name) as Float64Array)
      magnitudes.set(name, magnitude)
      return magnitude
    },
  })
  evaluator.run(0, length)
  const outputs = entries.map(([name, { key }]) => [
    name,
    evaluator.take(evaluator.plan.slotOf.get(key) as number, length),
  ])
  // Sound: the entries carry exactly the names that `build` gave.
  return Object.freeze(Object.fromEntries(outputs) as Record<Name, Float64Array>)
}

// Planning the columns and asking for memory costs more than computing them, so what the last calls
// used is used again; it grows neither with their number nor with long arrays.
const MOST_EVALUATORS = 16
const LONGEST_KEPT = 8192
const evaluators = new Map<string, Evaluator>()

function evaluatorOf(columns: readonly Column[], length: number): Evaluator {
  if (length > LONGEST_KEPT) return createEvaluator(columns)
  const key = columns.map((column) => column.key).join(';')
  const evaluator = evaluators.get(key) ?? createEvaluator(columns)
  // The latest stands last, so the first is the one that nobody has asked for longest.
  evaluators.delete(key)
  evaluators.set(key, evaluator)
  for (const oldest of evaluators.keys()) {
    if (evaluators.size <= MOST_EVALUATORS) break
    evaluators.delete(oldest)
  }
  return evaluator
}

/** Writes missing to the bars of `[from, to)` before `first`; returns where values begin. */
export function skipWarmUp(out: Float64Array, from: number, to: number, first: number): number {
  if (from < first) out.fill(Number.NaN, from, Math.min(to, first))
  return Math.max(from, first)
}

const LONGEST_PERIOD = 1_000_000

/** Refuses a period that is not an integer from `minimum` (1 unless said) to a million bars. */
export function requirePeriod(period: number, minimum = 1, name = 'period'): number {
  return requireInteger(name, period, minimum, LONGEST_PERIOD)
}

/** Refuses a number that is not finite, or is below `minimum`. */
export function requireNumber(name: string, value: number, minimum: number): number {
  if (Number.isFinite(value) && value >= minimum) return value
  const accepted = minimum === Number.NEGATIVE_INFINITY ? 'finite' : `>= ${minimum}`
  throw new RalphError('E_PARAM_RANGE', `${name} must be ${accepted}; found "${String(value)}"`, {
    name,
    value,
  })
}
