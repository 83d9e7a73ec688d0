import type { BarRows, FlowRows, IndexRows, MinuteRows, QuoteVenue } from '@ralph-stock/core'

/** A bar of one day or of one week. KRW and shares. */
export type DayBar = {
  readonly day: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly tradedValue: number
}

/** Net buying of one day, KRW or shares; NaN where it was not asked for. */
export type DayFlow = {
  readonly day: number
  readonly foreignNetValue: number
  readonly institutionNetValue: number
  readonly foreignNetVolume: number
  readonly institutionNetVolume: number
  readonly provisional: boolean
}

/** A bar of one minute. */
export type MinuteBar = {
  /** Start, epoch ms UTC. */
  readonly openTime: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  /** Shares traded on the day up to the end of this bar, where the source tells. */
  readonly dayVolume?: number
}

/** One subject's rows by its name: what a batch is made of. */
export type RowsOf<T> = { readonly ticker: string; readonly rows: readonly T[] }

const column = <T>(rows: readonly T[], pick: (row: T) => number): Float64Array =>
  Float64Array.from(rows, pick)

function keys<T extends { readonly day: number }>(parts: ReadonlyArray<RowsOf<T>>) {
  const rows = parts.flatMap((part) => part.rows)
  const ticker = new Int32Array(rows.length)
  let at = 0
  parts.forEach((part, position) => {
    ticker.fill(position, at, at + part.rows.length)
    at += part.rows.length
  })
  const day = Int32Array.from(rows, (row) => row.day)
  return { rows, length: rows.length, tickers: parts.map((part) => part.ticker), ticker, day }
}

/** Daily bars in columns. */
export function barRows(parts: ReadonlyArray<RowsOf<DayBar>>): BarRows {
  const { rows, ...key } = keys(parts)
  return {
    ...key,
    open: column(rows, (row) => row.open),
    high: column(rows, (row) => row.high),
    low: column(rows, (row) => row.low),
    close: column(rows, (row) => row.close),
    volume: column(rows, (row) => row.volume),
    tradedValue: column(rows, (row) => row.tradedValue),
    rawClose: null,
  }
}

/** Net buying in columns. */
export function flowRows(parts: ReadonlyArray<RowsOf<DayFlow>>): FlowRows {
  const { rows, ...key } = keys(parts)
  return {
    ...key,
    foreignNetValue: column(rows, (row) => row.foreignNetValue),
    institutionNetValue: column(rows, (row) => row.institutionNetValue),
    foreignNetVolume: column(rows, (row) => row.foreignNetVolume),
    institutionNetVolume: column(rows, (row) => row.institutionNetVolume),
    provisional: rows.some((row) => row.provisional)
      ? Uint8Array.from(rows, (row) => (row.provisional ? 1 : 0))
      : null,
  }
}

/** Daily index values in columns. */
export function indexRows(parts: ReadonlyArray<RowsOf<DayBar>>): IndexRows {
  const { rows, ...key } = keys(parts)
  return {
    ...key,
    open: column(rows, (row) => row.open),
    high: column(rows, (row) => row.high),
    low: column(rows, (row) => row.low),
    close: column(rows, (row) => row.close),
    volume: column(rows, (row) => row.volume),
    tradedValue: column(rows, (row) => row.tradedValue),
  }
}

/** Minute bars in columns. */
export function minuteRows(
  ticker: string,
  venue: QuoteVenue,
  rows: readonly MinuteBar[],
): MinuteRows {
  return {
    ticker,
    venue,
    length: rows.length,
    openTime: column(rows, (row) => row.openTime),
    open: column(rows, (row) => row.open),
    high: column(rows, (row) => row.high),
    low: column(rows, (row) => row.low),
    close: column(rows, (row) => row.close),
    volume: column(rows, (row) => row.volume),
  }
}

/** Rows newest first, with repeats where pages overlap, as ascending rows without repeats. */
export function ascending<T>(rows: readonly T[], key: (row: T) => number): T[] {
  const byKey = new Map<number, T>()
  // The first to come is the newest answer; a repeat on a later page does not replace it.
  for (const row of rows) if (!byKey.has(key(row))) byKey.set(key(row), row)
  return [...byKey.values()].sort((a, b) => key(a) - key(b))
}
