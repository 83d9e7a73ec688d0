import { type BarRows, type IndexRows, krxCalendar, type Stock } from '@ralph-stock/core'
import { named } from './field-reader.js'
import type { MissingSession } from './report.js'

/**
 * Sessions that a market or an index lacks between its own first and last date, though bars of another
 * market or an index show them.
 */
export function missingSessions(
  stocks: readonly Stock[],
  bars: BarRows,
  indexes: IndexRows | null,
): MissingSession[] {
  const groups = new Map<string, Set<number>>()
  const groupOf = (name: string): Set<number> => {
    const known = groups.get(name) ?? new Set()
    groups.set(name, known)
    return known
  }
  const marketOf = new Map(stocks.map((stock) => [stock.ticker, stock.market]))
  const ofTicker = bars.tickers.map((ticker) => groupOf(marketOf.get(ticker) ?? ''))
  for (let row = 0; row < bars.length; row++) {
    ofTicker[bars.ticker[row] as number]?.add(bars.day[row] as number)
  }
  if (indexes !== null) {
    const ofIndex = indexes.tickers.map((name) => groupOf(`${name} index`))
    for (let row = 0; row < indexes.length; row++) {
      ofIndex[indexes.ticker[row] as number]?.add(indexes.day[row] as number)
    }
  }
  const all = new Set<number>()
  for (const days of groups.values()) for (const day of days) all.add(day)
  const sessions = [...all].sort((a, b) => a - b)
  return [...groups].flatMap(([of, days]) => {
    const first = minimum(days)
    const last = maximum(days)
    return sessions
      .filter((day) => day > first && day < last && !days.has(day))
      .map((day) => ({ of, date: named(day) }))
  })
}

/** Dates of rows that the exchange's own calendar, where it reaches, does not call sessions. */
export function offCalendar(...dayColumns: readonly Int32Array[]): string[] {
  const calendar = krxCalendar()
  const days = new Set<number>()
  for (const column of dayColumns) for (const day of column) days.add(day)
  return [...days]
    .filter((day) => day >= calendar.first && day <= calendar.last && !calendar.isSession(day))
    .sort((a, b) => a - b)
    .map(named)
}

function minimum(days: ReadonlySet<number>): number {
  let least = Number.POSITIVE_INFINITY
  for (const day of days) if (day < least) least = day
  return least
}

function maximum(days: ReadonlySet<number>): number {
  let most = Number.NEGATIVE_INFINITY
  for (const day of days) if (day > most) most = day
  return most
}
