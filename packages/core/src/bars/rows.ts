import { fromDayNumber } from '../krx/index.js'
import { classifyBar } from './bar.js'
import type { BarIssue } from './series.js'

/** The rows of one stock in columns, halts included, by ascending day. KRW, shares; missing is NaN. */
export type PriceRows = {
  readonly days: Int32Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  /** KRW; close x volume where missing. */
  readonly tradedValue: Float64Array | null
  /** The close as it was printed; the close where missing. */
  readonly rawClose: Float64Array | null
}

/** What rows are made of: traded bars, days of halt, and what was wrong. */
export type PartedRows = {
  /** Days of the traded bars. */
  readonly days: Int32Array
  /** By source name, `bars.open` and so on; `bars.rawClose` only where a bar has one. */
  readonly columns: Readonly<Record<string, Float64Array>>
  readonly halts: Int32Array
  readonly issues: readonly BarIssue[]
}

/**
 * Parts halts from traded bars, drops what is inconsistent and repairs what rounding broke, without an
 * object per row. The result may share memory with the rows.
 */
export function partRows(rows: PriceRows): PartedRows {
  const { days, open, high, low, close, volume } = rows
  const halts: number[] = []
  const issues: BarIssue[] = []
  const kept: number[] = []
  const repaired: number[] = []
  for (let i = 0; i < days.length; i++) {
    const kind = classifyBar(
      open[i] as number,
      high[i] as number,
      low[i] as number,
      close[i] as number,
      volume[i] as number,
    )
    if (kind === 'halt') {
      halts.push(days[i] as number)
      continue
    }
    if (kind !== 'bar') issues.push({ date: fromDayNumber(days[i] as number), kind })
    if (kind === 'inconsistent') continue
    if (kind === 'repaired') repaired.push(kept.length)
    kept.push(i)
  }
  const columns: Record<string, Float64Array> = {
    'bars.open': pick(open, kept),
    'bars.high': pick(high, kept),
    'bars.low': pick(low, kept),
    'bars.close': pick(close, kept),
    'bars.volume': pick(volume, kept),
  }
  widen(columns, repaired)
  const value = known(rows.tradedValue, kept)
  if (value !== null) {
    columns['bars.tradedValue'] = fill(value, (i) => at(close, kept, i) * at(volume, kept, i))
  }
  const raw = known(rows.rawClose, kept)
  if (raw !== null) columns['bars.rawClose'] = fill(raw, (i) => at(close, kept, i))
  return {
    days: kept.length === days.length ? days : Int32Array.from(kept, (i) => days[i] as number),
    columns,
    halts: Int32Array.from(halts),
    issues,
  }
}

/** Net buying of one stock in columns, by ascending day. KRW and shares; missing is NaN. */
export type FlowColumns = {
  readonly days: Int32Array
  readonly foreignNetValue: Float64Array
  readonly institutionNetValue: Float64Array
  readonly foreignNetVolume: Float64Array
  readonly institutionNetVolume: Float64Array
  /** 1 for an estimate made during the session; null when all are final. */
  readonly provisional: Uint8Array | null
}

/** Net buying at the bars of a series. */
export type AlignedFlows = {
  /** `flows.foreign` and `flows.institution`, KRW, as long as the bars. */
  readonly columns: Readonly<Record<string, Float64Array>>
  readonly provisional: Uint8Array | null
}

/** Lays flows beside bars; a bar without a flow, and a flow of neither value nor shares, is missing. */
export function alignFlows(
  days: Int32Array,
  close: Float64Array,
  flows: FlowColumns,
): AlignedFlows {
  const foreign = new Float64Array(days.length).fill(Number.NaN)
  const institution = new Float64Array(days.length).fill(Number.NaN)
  let provisional: Uint8Array | null = null
  let k = 0
  for (let i = 0; i < days.length; i++) {
    const day = days[i] as number
    while (k < flows.days.length && (flows.days[k] as number) < day) k++
    if (k === flows.days.length) break
    if (flows.days[k] !== day) continue
    const price = close[i] as number
    foreign[i] = netValue(flows.foreignNetValue[k], flows.foreignNetVolume[k], price)
    institution[i] = netValue(flows.institutionNetValue[k], flows.institutionNetVolume[k], price)
    if (flows.provisional !== null && flows.provisional[k] === 1) {
      provisional ??= new Uint8Array(days.length)
      provisional[i] = 1
    }
  }
  return { columns: { 'flows.foreign': foreign, 'flows.institution': institution }, provisional }
}

/** Net buying in KRW: the value where the source has it, else shares x close, else missing (NaN). */
export function netValue(
  value: number | null | undefined,
  shares: number | null | undefined,
  close: number,
): number {
  if (value !== null && value !== undefined && !Number.isNaN(value)) return value
  return shares === null || shares === undefined ? Number.NaN : shares * close
}

function at(values: Float64Array, kept: readonly number[], i: number): number {
  return values[kept[i] as number] as number
}

function pick(values: Float64Array, kept: readonly number[]): Float64Array {
  if (kept.length === values.length) return values
  const result = new Float64Array(kept.length)
  for (let i = 0; i < kept.length; i++) result[i] = at(values, kept, i)
  return result
}

function known(values: Float64Array | null, kept: readonly number[]): Float64Array | null {
  if (values === null) return null
  const picked = pick(values, kept)
  return picked.every(Number.isNaN) ? null : picked
}

function fill(values: Float64Array, missing: (i: number) => number): Float64Array {
  if (!values.some(Number.isNaN)) return values
  return values.map((value, i) => (Number.isNaN(value) ? missing(i) : value))
}

function widen(columns: Record<string, Float64Array>, repaired: readonly number[]): void {
  if (repaired.length === 0) return
  const open = columns['bars.open'] as Float64Array
  const close = columns['bars.close'] as Float64Array
  const high = (columns['bars.high'] as Float64Array).slice()
  const low = (columns['bars.low'] as Float64Array).slice()
  for (const i of repaired) {
    high[i] = Math.max(high[i] as number, open[i] as number, close[i] as number)
    low[i] = Math.min(low[i] as number, open[i] as number, close[i] as number)
  }
  columns['bars.high'] = high
  columns['bars.low'] = low
}
