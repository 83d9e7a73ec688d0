import { type Column, kernelColumn, RalphError, requireInteger } from '@ralph-stock/core'

/** A function such as `sma` of technicalindicators: an object of arrays and parameters to results. */
export type TechnicalCalculation = (input: never) => ArrayLike<unknown>

/** An indicator of technicalindicators: its class, or its function. */
export type TechnicalIndicator =
  | TechnicalCalculation
  | { readonly name: string; readonly calculate: TechnicalCalculation }

/** Options of `fromTechnicalIndicators`. */
export type BridgeOptions = {
  /** Which number to read where a result is an object, such as `signal` of MACD. */
  readonly output?: string
  /** Name in the column's key; that of the class or function unless said. */
  readonly name?: string
  /** Leading missing values on top of the inputs' own, where you know it; 0 unless said. */
  readonly warmUp?: number
}

/**
 * Any indicator of the package technicalindicators as a column.
 *
 * The results are aligned to their bars from the last one back, because such an indicator returns fewer
 * results than it is given values. Each stretch without a missing value is computed by itself. That is
 * always done over all history: the column is recursive, one bar more costs as much as all of them,
 * and a criterion can read it through `windowed` alone. Booleans become 1 and 0.
 *
 * Shape: like its inputs. Warm-up: that of the indicator, which is not known before it runs. Units and
 * rounding: those of the indicator (its RSI has two decimals). Complexity: O(n) for every call.
 *
 * @param indicator a class or a function of technicalindicators
 * @param inputs columns by the names that it reads: `values`, or `high`, `low`, `close`, `open`, `volume`
 * @param parameters its other parameters, such as `{ period: 14 }`; plain JSON
 * @throws RalphError E_INPUT_INVALID without inputs, for a nameless function, or, when it runs, for
 * results that are no numbers; E_PARAM_RANGE
 * @source technicalindicators 3, declarations: `calculate(input)`
 * @example fromTechnicalIndicators(CCI, { high, low, close }, { period: 20 })
 */
export function fromTechnicalIndicators(
  indicator: TechnicalIndicator,
  inputs: Readonly<Record<string, Column>>,
  parameters: Readonly<Record<string, unknown>> = {},
  options: BridgeOptions = {},
): Column {
  const names = Object.keys(inputs)
  const name = options.name ?? indicator.name
  if (names.length === 0) throw new RalphError('E_INPUT_INVALID', `${name} needs an input`)
  if (name === '') {
    throw new RalphError('E_INPUT_INVALID', 'an indicator without a name needs the option "name"')
  }
  // Sound: the function is called with the object that its declaration asks the caller for.
  const calculate = ('calculate' in indicator ? indicator.calculate : indicator) as (
    input: Readonly<Record<string, unknown>>,
  ) => ArrayLike<unknown>
  return kernelColumn({
    name: `technicalindicators.${name}`,
    parameters: [...names, JSON.stringify(parameters), options.output ?? ''],
    inputs: names.map((key) => inputs[key] as Column),
    reach: Number.POSITIVE_INFINITY,
    warmUp: requireInteger('warmUp', options.warmUp ?? 0, 0),
    kernel: (out, from, to, arrays) => {
      out.fill(Number.NaN, from, to)
      for (const { start, end } of stretches(arrays, to)) {
        if (end <= from) continue
        const given: Record<string, unknown> = { ...parameters }
        names.forEach((key, position) => {
          given[key] = Array.from((arrays[position] as Float64Array).subarray(start, end))
        })
        const results = calculate(given)
        const shift = end - results.length
        if (shift < start) {
          throw new RalphError(
            'E_INPUT_INVALID',
            `${name} gave ${results.length} results for ${end - start} bars`,
          )
        }
        for (let i = Math.max(from, shift); i < end; i++) {
          out[i] = numberOf(name, results[i - shift], options.output)
        }
      }
    },
  })
}

/** Runs of bars before `to` on which every input is known. */
function stretches(
  arrays: readonly Float64Array[],
  to: number,
): ReadonlyArray<{ readonly start: number; readonly end: number }> {
  const found: { start: number; end: number }[] = []
  let start = 0
  for (let i = 0; i <= to; i++) {
    if (i < to && !arrays.some((values) => Number.isNaN(values[i]))) continue
    if (start < i) found.push({ start, end: i })
    start = i + 1
  }
  return found
}

function numberOf(name: string, result: unknown, output: string | undefined): number {
  let value = result
  if (output !== undefined && typeof result === 'object' && result !== null) {
    if (!(output in result)) {
      throw new RalphError(
        'E_INPUT_INVALID',
        `${name} has no output "${output}"; it has ${Object.keys(result).join(', ')}`,
      )
    }
    value = (result as Record<string, unknown>)[output]
  }
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === undefined || value === null) return Number.NaN
  const found = typeof value === 'object' ? Object.keys(value).join(', ') : typeof value
  throw new RalphError(
    'E_INPUT_INVALID',
    `${name} gives ${found}; name one number of it as the option "output"`,
  )
}
