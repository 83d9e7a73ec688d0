import { RalphError } from '../errors/index.js'
import { dayNumber, fromDayNumber, tradeDate } from '../krx/index.js'
import type { Article, Bar, Flow } from './bar.js'
import { newsColumns } from './news-columns.js'
import { alignFlows, type PriceRows, partRows } from './rows.js'
import {
  type Adjustment,
  type BarIssue,
  magnitudeOf,
  type Series,
  type VolumeScope,
} from './series.js'

/** Rows of one stock, as they come from a file, a store or a broker. */
export type SeriesInput = {
  readonly ticker: string
  /** Ascending dates, each once; rows with volume 0 are halts. */
  readonly bars: readonly Bar[]
  /** Any order. Absent: no source, every flow is missing. */
  readonly flows?: readonly Flow[]
  /** Any order. Absent: no source, news is unknown; empty: a source that found nothing. */
  readonly articles?: readonly Article[]
  readonly adjustment?: Adjustment
  readonly volumeScope?: VolumeScope
}

/**
 * Makes a series from rows: checks them, parts halts from bars, repairs what rounding broke.
 *
 * @returns a series; `issues` tells each row that was repaired or dropped
 * @throws RalphError E_DATE_INVALID, E_BARS_UNSORTED, E_BARS_DUPLICATE, E_BARS_VALUE
 * @example createSeries({ ticker: '005930', bars: [{ date: '2026-02-10', open: 166300, ... }] })
 */
export function createSeries(input: SeriesInput): Series {
  const rows = priceRows(input.bars.length)
  const days = new Int32Array(input.bars.length)
  let previous = Number.NEGATIVE_INFINITY
  for (const [i, bar] of input.bars.entries()) {
    const day = dayNumber(tradeDate(bar.date))
    requireOrder(input.ticker, previous, day)
    requireValues(input.ticker, bar)
    previous = day
    days[i] = day
    rows.open[i] = bar.open
    rows.high[i] = bar.high
    rows.low[i] = bar.low
    rows.close[i] = bar.close
    rows.volume[i] = bar.volume
    rows.tradedValue[i] = bar.tradedValue ?? Number.NaN
    rows.rawClose[i] = bar.rawClose ?? Number.NaN
  }
  return seriesFromColumns({
    ticker: input.ticker,
    ...partRows({ days, ...rows }),
    ...(input.flows === undefined ? {} : { flows: input.flows }),
    ...(input.articles === undefined ? {} : { articles: input.articles }),
    ...(input.adjustment === undefined ? {} : { adjustment: input.adjustment }),
    ...(input.volumeScope === undefined ? {} : { volumeScope: input.volumeScope }),
  })
}

/** Columns of traded bars that were checked where they entered, such as those of a store. */
export type SeriesColumnsInput = {
  readonly ticker: string
  readonly days: Int32Array
  /** By source name; at least open, high, low, close and volume under `bars.`. */
  readonly columns: Readonly<Record<string, Float64Array>>
  readonly halts?: Int32Array
  readonly provisionalFlows?: Uint8Array | null
  readonly issues?: readonly BarIssue[]
  readonly flows?: readonly Flow[]
  readonly articles?: readonly Article[]
  readonly adjustment?: Adjustment
  readonly volumeScope?: VolumeScope
}

const REQUIRED = ['bars.open', 'bars.high', 'bars.low', 'bars.close', 'bars.volume']

/**
 * Makes a series of ready columns, without an object per row. Traded value is filled in from close and
 * volume where absent.
 *
 * @throws RalphError E_BARS_SHAPE when a column is absent or of another length; E_BARS_UNSORTED
 */
export function seriesFromColumns(input: SeriesColumnsInput): Series {
  const { ticker, days } = input
  const columns: Record<string, Float64Array> = { ...input.columns }
  for (const name of REQUIRED) {
    if (columns[name] === undefined) {
      throw new RalphError('E_BARS_SHAPE', `series ${ticker} has no column ${name}`)
    }
  }
  columns['bars.tradedValue'] ??= multiply(columns['bars.close'], columns['bars.volume'])
  for (const [name, values] of Object.entries(columns)) {
    if (values.length === days.length) continue
    throw new RalphError(
      'E_BARS_SHAPE',
      `column ${name} of ${ticker} must have ${days.length} values; found ${values.length}`,
    )
  }
  for (let i = 1; i < days.length; i++) {
    if ((days[i] as number) > (days[i - 1] as number)) continue
    requireOrder(ticker, days[i - 1] as number, days[i] as number)
  }
  let provisional = input.provisionalFlows ?? null
  if (input.flows !== undefined) provisional = addFlows(columns, days, input.flows)
  if (input.articles !== undefined) {
    const counted = newsColumns(days, input.articles)
    columns['news.positive'] = counted.positive
    columns['news.negative'] = counted.negative
    columns['news.meanSentiment'] = counted.meanSentiment
  }
  const magnitudes: Record<string, number> = {}
  for (const [name, values] of Object.entries(columns)) {
    if (name.startsWith('bars.')) magnitudes[name] = magnitudeOf(values)
  }
  return Object.freeze({
    ticker,
    length: days.length,
    days,
    columns,
    magnitudes,
    halts: input.halts ?? new Int32Array(0),
    provisionalFlows: provisional,
    adjustment: input.adjustment ?? 'split',
    volumeScope: input.volumeScope ?? 'KRX',
    issues: input.issues ?? [],
  })
}

function priceRows(length: number): Record<keyof Omit<PriceRows, 'days'>, Float64Array> {
  const make = (): Float64Array => new Float64Array(length)
  return {
    open: make(),
    high: make(),
    low: make(),
    close: make(),
    volume: make(),
    tradedValue: make(),
    rawClose: make(),
  }
}

function addFlows(
  columns: Record<string, Float64Array>,
  days: Int32Array,
  flows: readonly Flow[],
): Uint8Array | null {
  const byDay = new Map(flows.map((flow) => [dayNumber(tradeDate(flow.date)), flow]))
  const ordered = [...byDay].sort(([a], [b]) => a - b)
  const column = (pick: (flow: Flow) => number | null | undefined): Float64Array =>
    Float64Array.from(ordered, ([, flow]) => pick(flow) ?? Number.NaN)
  const aligned = alignFlows(days, columns['bars.close'] as Float64Array, {
    days: Int32Array.from(ordered, ([day]) => day),
    foreignNetValue: column((flow) => flow.foreignNetValue),
    institutionNetValue: column((flow) => flow.institutionNetValue),
    foreignNetVolume: column((flow) => flow.foreignNetVolume),
    institutionNetVolume: column((flow) => flow.institutionNetVolume),
    provisional: Uint8Array.from(ordered, ([, flow]) => (flow.provisional === true ? 1 : 0)),
  })
  Object.assign(columns, aligned.columns)
  return aligned.provisional
}

function multiply(left: Float64Array | undefined, right: Float64Array | undefined): Float64Array {
  const a = left as Float64Array
  const b = right as Float64Array
  const result = new Float64Array(a.length)
  for (let i = 0; i < a.length; i++) result[i] = (a[i] as number) * (b[i] as number)
  return result
}

function requireOrder(ticker: string, previous: number, day: number): void {
  if (day > previous) return
  const date = fromDayNumber(day)
  if (day === previous) {
    throw new RalphError('E_BARS_DUPLICATE', `${ticker} has two bars of ${date}`, { ticker, date })
  }
  throw new RalphError(
    'E_BARS_UNSORTED',
    `bars must be in ascending date order; found ${date} after ${fromDayNumber(previous)} in ${ticker}`,
    { ticker, date },
  )
}

const PRICES = ['open', 'high', 'low', 'close', 'volume'] as const

function requireValues(ticker: string, bar: Bar): void {
  for (const field of PRICES) {
    const value = bar[field]
    if (Number.isFinite(value) && value >= 0) continue
    throw new RalphError(
      'E_BARS_VALUE',
      `${field} must be a finite number >= 0; found ${String(value)} in ${ticker} on ${bar.date}`,
      { ticker, date: bar.date, field, value },
    )
  }
}
