import type { Bar, Flow, ReferenceData, Stock } from './data.js'

/** One stock as it stands on a date: nothing in it is later. */
export type View = {
  stock: Stock
  /** Traded bars up to the date, oldest first; the last is `t`. */
  bars: Bar[]
  flows: Map<string, Flow>
  sessions: string[]
}

/** Cuts a stock at the date. */
export function viewOf(data: ReferenceData, stock: Stock, date: string): View {
  return {
    stock,
    bars: (data.bars.get(stock.ticker) ?? []).filter((bar) => bar.date <= date),
    flows: data.flows.get(stock.ticker) ?? new Map<string, Flow>(),
    sessions: data.sessions,
  }
}

/** Traded value of a bar: the source has none, so close times volume. */
export function tradedValue(bar: Bar): number {
  return bar.close * bar.volume
}

/** Net buying of foreigners on the bar's date in won, `null` when the source does not know. */
export function foreignNet(view: View, bar: Bar): number | null {
  const flow = view.flows.get(bar.date)
  if (flow === undefined) return null
  return inWon(flow.foreignValue, flow.foreignShares, bar)
}

/** Net buying of institutions on the bar's date in won, `null` when the source does not know. */
export function institutionNet(view: View, bar: Bar): number | null {
  const flow = view.flows.get(bar.date)
  if (flow === undefined) return null
  return inWon(flow.institutionValue, flow.institutionShares, bar)
}

// Each of the two numbers stands alone: one may come in won and the other in shares.
function inWon(value: number | null, shares: number | null, bar: Bar): number | null {
  if (value !== null) return value
  return shares === null ? null : shares * bar.close
}
