import type { BarRows, FlowRows, IndexRows, KeyColumns } from '@ralph-stock/core'

type Keyed = KeyColumns & { readonly ticker: Int32Array }

function joinKeys(parts: readonly Keyed[]): KeyColumns {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const ticker = new Int32Array(length)
  const day = new Int32Array(length)
  const tickers: string[] = []
  let at = 0
  for (const part of parts) {
    const base = tickers.length
    tickers.push(...part.tickers)
    for (let i = 0; i < part.length; i++) ticker[at + i] = base + (part.ticker[i] ?? 0)
    day.set(part.day, at)
    at += part.length
  }
  return { length, tickers, ticker, day }
}

function join<T extends Keyed>(
  parts: readonly T[],
  length: number,
  pick: (part: T) => Float64Array,
): Float64Array {
  const joined = new Float64Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(pick(part), at)
    at += part.length
  }
  return joined
}

/** Rows of several stocks as one. */
export function joinBars(parts: readonly BarRows[]): BarRows {
  const keys = joinKeys(parts)
  const column = (pick: (part: BarRows) => Float64Array) => join(parts, keys.length, pick)
  return {
    ...keys,
    open: column((part) => part.open),
    high: column((part) => part.high),
    low: column((part) => part.low),
    close: column((part) => part.close),
    volume: column((part) => part.volume),
    tradedValue: column(
      (part) => part.tradedValue ?? new Float64Array(part.length).fill(Number.NaN),
    ),
    rawClose: null,
  }
}

/** Flows of several stocks as one; null when there are none. */
export function joinFlows(parts: readonly FlowRows[]): FlowRows | null {
  if (parts.length === 0) return null
  const keys = joinKeys(parts)
  const column = (pick: (part: FlowRows) => Float64Array) => join(parts, keys.length, pick)
  return {
    ...keys,
    foreignNetValue: column((part) => part.foreignNetValue),
    institutionNetValue: column((part) => part.institutionNetValue),
    foreignNetVolume: column((part) => part.foreignNetVolume),
    institutionNetVolume: column((part) => part.institutionNetVolume),
    provisional: parts.some((part) => part.provisional !== null)
      ? Uint8Array.from(
          parts.flatMap((part) => [...(part.provisional ?? new Uint8Array(part.length))]),
        )
      : null,
  }
}

/** Indexes as one. */
export function joinIndexes(parts: readonly IndexRows[]): IndexRows {
  const keys = joinKeys(parts)
  const column = (pick: (part: IndexRows) => Float64Array) => join(parts, keys.length, pick)
  return {
    ...keys,
    open: column((part) => part.open),
    high: column((part) => part.high),
    low: column((part) => part.low),
    close: column((part) => part.close),
    volume: column((part) => part.volume),
    tradedValue: column((part) => part.tradedValue),
  }
}
