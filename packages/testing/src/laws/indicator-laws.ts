import { type Column, planEvaluation, sourcesOf } from '@ralph-stock/core'
import { marketScripts } from '../market/arbitraries.js'
import { firstDifference } from './compare.js'
import {
  batch,
  bound,
  dataFor,
  type IndicatorData,
  type IndicatorSubject,
  ranges,
  streamed,
  type TimeColumn,
} from './indicator-data.js'
import { checkLaws, type Law, type LawOptions, type LawReport, TOTAL } from './law.js'

/** One column, or several by name, as indicators with several outputs give them. */
export type IndicatorInput = Column | Readonly<Record<string, Column>>

/** How the laws of an indicator are checked. */
export type IndicatorLawOptions = LawOptions & {
  /**
   * Set false for a column that need not have a value on the first bar that it may: one that needs
   * movement, say. A value before that bar breaks the law in any case.
   */
  readonly exactWarmUp?: boolean
}

type Check = (column: TimeColumn, data: IndicatorData, choice: number) => string | null

// Every law looks at each output on each stock of the market.
function law(id: string, statement: string, check: Check): Law<IndicatorSubject> {
  return {
    id,
    statement,
    check: (subject, { script, choice }) => {
      for (const data of dataFor(subject, script)) {
        for (const column of subject.columns) {
          const words = check(column, data, choice)
          if (words !== null) return `${column.name} of ${data.ticker}: ${words}.`
        }
      }
      return null
    },
  }
}

const noInputMutated = law(
  'no-input-mutated',
  'nothing that it reads is changed',
  (column, data) => {
    const copies = new Map(data.names.map((name) => [name, data.column(name)?.slice()]))
    batch(column, data)
    for (const [name, copy] of copies) {
      const at = copy === undefined ? -1 : firstDifference(copy, data.column(name) ?? copy)
      if (at >= 0) return `it changes ${name} at bar ${at}`
    }
    return null
  },
)

const total = law(TOTAL, 'no data make it throw, and it is finite or missing', (column, data) => {
  const everything = [data, data.first(0), data.first(1), data.flat(), data.without(() => true)]
  for (const one of everything) {
    const values = batch(column, one)
    const at = values.findIndex((value) => !Number.isNaN(value) && !Number.isFinite(value))
    if (at >= 0) return `it is ${values[at]} at bar ${at} of ${one.length}`
  }
  return null
})

const determinism = law('determinism', 'the same data give the same bits', (column, data) => {
  batch(column, data)
  return differs(batch(column, data), batch(column, data), 'computed twice')
})

const noLookAhead = law(
  'no-look-ahead',
  'cutting off what came later changes nothing before',
  (column, data, choice) => {
    const length = choice % (data.length + 1)
    const whole = batch(column, data).subarray(0, length)
    return differs(
      whole,
      batch(column, data.first(length)),
      `over all bars and the first ${length}`,
    )
  },
)

const rangeIndependence = law(
  'range-independence',
  'the same bits whatever part is asked for',
  (column, data, choice) => {
    const whole = batch(column, data)
    for (const [from, values] of ranges(column, data, choice)) {
      const part = whole.subarray(from)
      const words = differs(part, values, `all at once and in parts from bar ${from}`)
      if (words !== null) return words
    }
    return null
  },
)

const locality = law(
  'locality',
  'exactly lookback bars give the same bits as all bars',
  (column, data, choice) => {
    const { lookback } = column.column
    if (!Number.isFinite(lookback) || data.length < lookback) return null
    const at = lookback - 1 + (choice % (data.length - lookback + 1))
    const tail = data.first(at + 1).last(lookback)
    const [left, right] = [batch(column, data)[at], batch(column, tail)[lookback - 1]]
    if (Object.is(left, right)) return null
    return `bar ${at} is ${left} over all bars and ${right} over its last ${lookback}`
  },
)

const streamIsBatch = law(
  'stream-is-batch',
  'fed bar by bar it gives the same bits',
  (column, data) => differs(batch(column, data), streamed(column, data), 'at once and as a stream'),
)

const wholeIsGeneral = law(
  'whole-is-general',
  'its fast path over whole numbers gives the same bits',
  (column, data) => {
    const general = bound(data, () => Number.POSITIVE_INFINITY)
    return differs(batch(column, data), batch(column, general), 'by the fast path and the general')
  },
)

const gapsPass = law(
  'gaps-pass',
  'a missing value is forgotten once it left the window',
  (column, data, choice) => {
    const { lookback } = column.column
    if (!Number.isFinite(lookback) || data.length === 0) return null
    const gap = choice % data.length
    const values = batch(
      column,
      data.without((i) => i === gap),
    )
    const free = Math.min(data.length, gap + lookback)
    const words = `missing at bar ${gap} and not, from bar ${free} on`
    return differs(batch(column, data).subarray(free), values.subarray(free), words)
  },
)

// Data in which nothing is missing show where the first value may stand; some must have it there.
const warmUp: Law<IndicatorSubject> = {
  id: 'warm-up',
  statement: 'as many leading values are missing as declared',
  check: (subject, { script }) => {
    for (const data of dataFor(subject, script)) {
      for (const column of subject.columns) {
        const declared = column.column.warmUp
        const values = batch(column, data)
        const first = values.findIndex((value) => !Number.isNaN(value))
        if (first >= 0 && first < declared) {
          return `${column.name} of ${data.ticker} has a value at bar ${first}; it declares ${declared} missing ones.`
        }
        if (data.whole && values.length > declared) {
          column.seen.trials++
          if (first === declared) column.seen.exact++
        }
      }
    }
    return null
  },
  after: ({ columns, exactWarmUp }) => {
    const late = columns.find(({ seen }) => seen.trials > 0 && seen.exact === 0)
    if (!exactWarmUp || late === undefined) return null
    return `${late.name} declares ${late.column.warmUp} leading missing values, and has more in each of ${late.seen.trials} series.`
  },
}

// The fast path stands before the laws that compare series of other lengths: one of them may have a gap
// where the other has none, and then a wrong fast path breaks those laws too.
const LAWS: readonly Law<IndicatorSubject>[] = [
  noInputMutated,
  total,
  determinism,
  wholeIsGeneral,
  noLookAhead,
  locality,
  rangeIndependence,
  streamIsBatch,
  warmUp,
  gapsPass,
]

/** The laws of indicators by id, with what each states. */
export const INDICATOR_LAWS: ReadonlyArray<{ readonly id: string; readonly statement: string }> =
  LAWS.map(({ id, statement }) => ({ id, statement }))

/**
 * Checks that an indicator keeps every law on generated stocks. Columns that it reads beside bars,
 * flows, news and sessions are made up.
 *
 * @param indicator the column with its parameters, or its outputs by name
 * @throws LawViolation names the law, says in words how it is broken, and carries the smallest market
 * found and the seed
 * @example it('keeps the laws', () => { checkIndicatorLaws(sma(bars.close, 20)) })
 */
export function checkIndicatorLaws(
  indicator: IndicatorInput,
  options: IndicatorLawOptions = {},
): LawReport {
  // Sound: a column's key is text, and no record of columns has text for a value.
  const outputs: Record<string, Column> =
    typeof indicator['key'] === 'string'
      ? { [indicator['key']]: indicator as Column }
      : { ...(indicator as Record<string, Column>) }
  const columns = Object.entries(outputs).map(([name, column]): TimeColumn => {
    return { name, column, plan: planEvaluation([column]), seen: { trials: 0, exact: 0 } }
  })
  const longest = Math.max(
    ...columns.map(({ column }) =>
      Number.isFinite(column.lookback) ? column.lookback : 2 * column.warmUp + 10,
    ),
  )
  const subject: IndicatorSubject = {
    columns,
    sources: [...new Set(columns.flatMap(({ column }) => sourcesOf(column)))],
    exactWarmUp: options.exactWarmUp ?? true,
  }
  const markets = marketScripts({ bars: longest + 8, stocks: 3 })
  return checkLaws(columns.map(({ name }) => name).join(', '), subject, LAWS, markets, options)
}

function differs(left: Float64Array, right: Float64Array, ways: string): string | null {
  const at = firstDifference(left, right)
  return at < 0 ? null : `${ways}, value ${at} is ${left[at]} and ${right[at]}`
}
