import {
  type Column,
  createEvaluator,
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
  const placeholders = arrays.map((_, position) => source(`array.${position}`))
  const known = new Map(placeholders.map(({ key }, position) => [key, arrays[position]]))
  const columns = build(...placeholders)
  const evaluator = createEvaluator(Object.values<Column>(columns))
  evaluator.bind({
    length,
    column: (name) => known.get(name),
    magnitude: (name) => magnitudeOf(known.get(name) as Float64Array),
  })
  evaluator.run(0, length)
  const outputs = Object.entries<Column>(columns).map(([name, { key }]) => {
    const values = evaluator.arrays[evaluator.plan.slotOf.get(key) as number] as Float64Array
    return [name, values.slice(0, length)]
  })
  // Sound: the entries carry exactly the names that `build` gave.
  return Object.freeze(Object.fromEntries(outputs) as Record<Name, Float64Array>)
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
