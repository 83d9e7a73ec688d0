import { RalphError, requireInteger } from '../errors/index.js'

/**
 * Computes `out[from..to)` of a column from its inputs.
 *
 * The law of every kernel: `out[i]` depends on `inputs[*][i - reach + 1 .. i]` alone, bit for bit,
 * whatever `from` and `to` are. That is what lets one kernel serve a single card (one bar), a decade
 * (all bars) and a live update (the last bar again). Missing is NaN, in and out.
 *
 * @param out written from `from` to `to` exclusive; aligned to the bars
 * @param from first bar to compute, >= 0
 * @param to one past the last bar to compute
 * @param inputs one array per declared input, valid from `from - reach + 1` on
 * @param outs all outputs of a kernel that has several, `out` first; written alike
 */
export type Kernel = (
  out: Float64Array,
  from: number,
  to: number,
  inputs: readonly Float64Array[],
  outs: readonly Float64Array[],
) => void

/** How a value of each stock is compared with those of its peers on the same date. */
export type CrossSection = {
  /** Who the peers are: all eligible stocks, or those of the same sector. */
  readonly group: 'universe' | 'sector'
  /** What is read off: the rank (1 is highest), how many are known, or the share strictly lower. */
  readonly measure: 'rank' | 'count' | 'percent-below'
  /** Fewer known peers than this, the stock included, gives missing. */
  readonly minimumMembers: number
}

/** How the sectors' mean of a stock column is summed up to one number for the market. */
export type SectorMeasure = {
  /** One number from the sectors' means of a date. */
  readonly reduce: (means: Float64Array) => number
  /** A sector with fewer known members is left out. */
  readonly minimumMembers: number
}

/** What a column is made of. */
export type Operation =
  | { readonly kind: 'source'; readonly name: string }
  | {
      readonly kind: 'kernel'
      readonly inputs: readonly Column[]
      readonly kernel: Kernel
      /** Bars of the inputs that one value needs, its own bar included; Infinity when recursive. */
      readonly reach: number
      /** Latest bars of those that a value leaves out, its own first: 0 unless it looks back only. */
      readonly delay: number
      /**
       * A faster kernel for inputs that are source columns of whole numbers with no gap, whose sums
       * slide exactly in a double. Same bits as `kernel`; used while magnitudes stay within `limit`.
       */
      readonly whole?: { readonly kernel: Kernel; readonly limit: number }
      /** All columns that the kernel writes, this one among them; undefined when it is alone. */
      readonly group?: readonly Column[]
    }
  | { readonly kind: 'cross-section'; readonly input: Column; readonly section: CrossSection }
  | { readonly kind: 'sectors'; readonly input: Column; readonly measure: SectorMeasure }

/**
 * A declared input: one number per bar of a series, described but not yet computed.
 *
 * Columns are values. Two columns of equal `key` are the same column and are computed once, however
 * many strategies read it.
 */
export interface Column {
  /** Canonical text, such as `sma(bars.close,20)`. */
  readonly key: string
  /** Bars that one value needs, its own bar included; Infinity when it depends on all history. */
  readonly lookback: number
  /** Leading bars that have no value: `lookback - 1`, or fewer where a shorter window is allowed. */
  readonly warmUp: number
  readonly operation: Operation
  /**
   * The value of `bars` bars before: `highest(bars.high, 20).shift(1)` leaves today out.
   *
   * @throws RalphError E_PARAM_RANGE when `bars` is not an integer >= 1: the future cannot be read
   */
  shift(bars: number): Column
}

/** What `kernelColumn` is made from. */
export type KernelColumnDefinition = {
  /** The function and its parameters as text; part of the key, so it must tell all that matters. */
  readonly name: string
  readonly parameters?: readonly (number | string)[]
  readonly inputs: readonly Column[]
  readonly reach: number
  /** Leading values that are missing on top of the inputs' own; `reach - 1` unless said. */
  readonly warmUp?: number
  /**
   * Latest bars that `out[i]` does not depend on, its own first; 0 unless said. What leaves today out
   * stays as it is while today's bar changes.
   */
  readonly delay?: number
  readonly kernel: Kernel
  readonly whole?: { readonly kernel: Kernel; readonly limit: number }
}

/** A column that is read from the data: bars, flows, news, an index, or data of your own. */
export function sourceColumn(name: string): Column {
  return column(name, 1, 0, { kind: 'source', name })
}

/**
 * A column computed by a kernel: how every indicator is made.
 *
 * @throws RalphError E_INPUT_INVALID when an input is not a column; E_PARAM_RANGE when `reach` is not
 * an integer >= 1 or Infinity; E_INPUT_CROSS_SECTION when an input is a cross-section
 */
export function kernelColumn(definition: KernelColumnDefinition): Column {
  const { name, reach } = definition
  const own = definition.warmUp ?? (reach === Number.POSITIVE_INFINITY ? 0 : reach - 1)
  return outputColumns(definition, [[name, own]], undefined)[0] as Column
}

/**
 * Several columns that one kernel computes together: outputs that share most of their work, or what a
 * recursion must remember of each bar to go on from it.
 *
 * @param warmUps leading values that each output misses on top of the inputs' own, by its name; the
 * kernel's `outs` come in this order
 * @throws RalphError as `kernelColumn`
 * @example kernelColumns({ name: 'range', inputs, reach: 5, kernel }, { top: 4, bottom: 4 }).top
 */
export function kernelColumns<Name extends string>(
  definition: Omit<KernelColumnDefinition, 'warmUp'>,
  warmUps: Readonly<Record<Name, number>>,
): Readonly<Record<Name, Column>> {
  const names = Object.keys(warmUps) as Name[]
  const group: Column[] = []
  const outputs = names.map((output) => [`${definition.name}.${output}`, warmUps[output]] as const)
  group.push(...outputColumns(definition, outputs, group))
  // Sound: each name of `warmUps` has its column.
  const columns = names.map((output, k) => [output, group[k]])
  return Object.freeze(Object.fromEntries(columns) as Record<Name, Column>)
}

function outputColumns(
  definition: KernelColumnDefinition,
  outputs: ReadonlyArray<readonly [name: string, warmUp: number]>,
  group: readonly Column[] | undefined,
): Column[] {
  const { name, parameters = [], inputs, reach, delay = 0, kernel, whole } = definition
  if (reach !== Number.POSITIVE_INFINITY) requireInteger(`reach of ${name}`, reach, 1)
  for (const input of inputs) {
    requireColumn(input, name)
    const { kind } = input.operation
    if (kind === 'cross-section' || kind === 'sectors') {
      throw new RalphError(
        'E_INPUT_CROSS_SECTION',
        `${name} cannot be computed over ${input.key}; give the cross-section to a criterion directly`,
      )
    }
  }
  const operands = [...inputs.map((input) => input.key), ...parameters].join(',')
  const lookback = Math.max(1, ...inputs.map((input) => input.lookback)) + reach - 1
  const warmUp = Math.max(0, ...inputs.map((input) => input.warmUp))
  const operation: Operation = {
    kind: 'kernel',
    inputs,
    kernel,
    reach,
    delay,
    ...(whole === undefined ? {} : { whole }),
    ...(group === undefined ? {} : { group }),
  }
  return outputs.map(([output, own]) =>
    column(`${output}(${operands})`, lookback, warmUp + own, operation),
  )
}

/** A column that compares each stock with its peers on each date. */
export function crossSectionColumn(name: string, input: Column, section: CrossSection): Column {
  requireColumn(input, name)
  const key = `${name}(${section.group},${input.key},${section.minimumMembers})`
  return column(key, input.lookback, input.warmUp, { kind: 'cross-section', input, section })
}

/** A column of the market itself: one number a date, from the means of the sectors' members. */
export function sectorsColumn(name: string, input: Column, measure: SectorMeasure): Column {
  requireColumn(input, name)
  const key = `${name}(${input.key},${measure.minimumMembers})`
  return column(key, 1, 0, { kind: 'sectors', input, measure })
}

/** Tells a column from anything else. */
export function isColumn(value: unknown): value is Column {
  return typeof value === 'object' && value !== null && 'key' in value && 'operation' in value
}

function requireColumn(value: unknown, name: string): void {
  if (isColumn(value)) return
  throw new RalphError(
    'E_INPUT_INVALID',
    `${name} reads columns such as bars.close; found ${typeof value}`,
  )
}

function column(key: string, lookback: number, warmUp: number, operation: Operation): Column {
  const self: Column = Object.freeze({
    key,
    lookback,
    warmUp,
    operation,
    shift: (bars: number): Column => shift(self, bars),
  })
  return self
}

// Copying a range is faster than a loop, but a view of it costs as much as some bars.
const FEW_BARS = 32

function shift(input: Column, bars: number): Column {
  requireInteger('bars of shift', bars, 1)
  return kernelColumn({
    name: 'shift',
    parameters: [bars],
    inputs: [input],
    reach: bars + 1,
    delay: bars,
    kernel: (out, from, to, [values]) => {
      const x = values as Float64Array
      const first = Math.min(Math.max(from, bars), to)
      out.fill(Number.NaN, from, first)
      if (to - first > FEW_BARS) out.set(x.subarray(first - bars, to - bars), first)
      else for (let i = first; i < to; i++) out[i] = x[i - bars] as number
    },
  })
}
