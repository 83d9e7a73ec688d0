import type { Series } from '../bars/index.js'
import type { Market, Member } from '../universe/index.js'
import type { LiveStock } from './live-stock.js'

/** What a snapshot of a live market holds. */
export type LiveView = {
  /** Indexes as they stand, by name; the others stay those of the history. */
  readonly indexes?: Readonly<Record<string, Series>>
  /** Each stock's last bars alone, for strategies that look back no further; all unless said. */
  readonly bars?: number
  /** The source columns wanted; all unless said. */
  readonly columns?: readonly string[]
}

/**
 * The market as it stands: the history with the live bars behind it, in memory of its own. A stock that
 * has not traded in the session has no bar of it.
 */
export function liveMarket(base: Market, stocks: readonly LiveStock[], view: LiveView): Market {
  const members = stocks.map((stock): Member => {
    return { ...stock.member, series: copySeries(stock, view) }
  })
  const byTicker = new Map(members.map((member) => [member.stock.ticker, member]))
  const indexes = { ...base.indexes, ...view.indexes }
  return {
    members,
    indexes,
    calendar: base.calendar,
    sessions: liveSessions(base, stocks, Object.values(indexes)),
    universeDay: base.universeDay,
    member: (ticker) => byTicker.get(ticker),
  }
}

// Columns of an index are read from the market's own indexes, as in every other market.
const DERIVED = 'index.'

function copySeries(stock: LiveStock, view: LiveView): Series {
  const { series } = stock.member
  const held = stock.total - stock.length
  // After more sessions than the window keeps, what lies between the history and the window is gone.
  const first = held > series.length ? held : 0
  const from = Math.max(first, stock.total - (view.bars ?? stock.total))
  const length = stock.total - from
  const names = (view.columns ?? Object.keys(stock.columns)).filter(
    (name) => stock.columns[name] !== undefined && !name.startsWith(DERIVED),
  )
  const memory = new Float64Array(length * names.length)
  const columns: Record<string, Float64Array> = {}
  names.forEach((name, k) => {
    const values = memory.subarray(k * length, (k + 1) * length)
    const older = series.columns[name]
    if (from < held) {
      if (older === undefined) values.fill(Number.NaN, 0, held - from)
      else values.set(older.subarray(from, held))
    }
    const start = Math.max(from, held)
    const live = stock.columns[name] as Float64Array
    values.set(live.subarray(start - held, stock.length), start - from)
    columns[name] = values
  })
  const days = new Int32Array(length)
  if (from < held) days.set(series.days.subarray(from, held))
  const start = Math.max(from, held)
  days.set(stock.days.subarray(start - held, stock.length), start - from)
  return {
    ...series,
    length,
    days,
    columns,
    magnitudes: { ...stock.magnitudes },
    provisionalFlows: provisionalOf(stock, from, held),
  }
}

function provisionalOf(stock: LiveStock, from: number, held: number): Uint8Array | null {
  const { provisionalFlows } = stock.member.series
  const start = Math.max(from, held)
  const live = stock.provisional.subarray(start - held, stock.length)
  if (provisionalFlows === null && !live.includes(1)) return null
  const result = new Uint8Array(stock.total - from)
  if (provisionalFlows !== null && from < held) result.set(provisionalFlows.subarray(from, held))
  result.set(live, start - from)
  return result
}

function liveSessions(
  base: Market,
  stocks: readonly LiveStock[],
  indexes: readonly Series[],
): Int32Array {
  const last = base.sessions[base.sessions.length - 1] ?? Number.NEGATIVE_INFINITY
  const later = new Set<number>()
  const add = (days: Int32Array, length: number): void => {
    for (let bar = length - 1; bar >= 0 && (days[bar] as number) > last; bar--) {
      later.add(days[bar] as number)
    }
  }
  for (const { days, length } of stocks) add(days, length)
  for (const { days, length } of indexes) add(days, length)
  if (later.size === 0) return base.sessions
  return Int32Array.from([...base.sessions, ...[...later].sort((a, b) => a - b)])
}
