import type { Series } from '../bars/index.js'
import type { SourceData } from '../columns/index.js'
import { fromDayNumber, priceLimits } from '../krx/index.js'
import { krxMarket } from '../plan/trade-plan.js'
import { sourceData } from '../scoring/source-data.js'
import type { Market, Member } from '../universe/index.js'
import type { Tick } from './tick.js'

/** How much of a session's volume has usually been traded by an instant: 0 exclusive to 1. */
export type VolumeShare = (at: number) => number

/**
 * The recent bars of one stock in memory, the last of them still changing. Holds the bars that the
 * strategies look back on and no more, so that a year of ticks takes no more room than a day.
 */
export type LiveStock = {
  readonly member: Member
  /** Bars held. */
  length: number
  /** Traded bars ever, those no longer held included. */
  total: number
  days: Int32Array
  columns: Record<string, Float64Array>
  magnitudes: Record<string, number>
  provisional: Uint8Array
  lastAt: number
  /** Shares so far as the feed says, before any projection. */
  lastVolume: number
  /** The session that the limits below are those of. */
  limitsDay: number
  upperLimit: number
  lowerLimit: number
  readonly data: SourceData
}

/** Room for as many bars again as are kept, so that moving them is rare. */
const SPARE = 2

/** Takes the last `keep` bars of a member's series, with every source column of `names`. */
export function liveStock(
  member: Member,
  market: Market,
  keep: number,
  names: readonly string[],
): LiveStock {
  const { series } = member
  const source = sourceData(series, market)
  const capacity = keep * SPARE
  const held = Math.min(keep, series.length)
  const from = series.length - held
  const columns: Record<string, Float64Array> = {}
  for (const name of new Set([...Object.keys(series.columns), ...names])) {
    const column = new Float64Array(capacity).fill(Number.NaN)
    const values = source.column(name)
    if (values !== undefined) column.set(values.subarray(from))
    columns[name] = column
  }
  const days = new Int32Array(capacity)
  days.set(series.days.subarray(from))
  const provisional = new Uint8Array(capacity)
  if (series.provisionalFlows !== null) provisional.set(series.provisionalFlows.subarray(from))
  return withData({
    member,
    length: held,
    total: series.length,
    days,
    columns,
    magnitudes: { ...series.magnitudes },
    provisional,
    lastAt: Number.NEGATIVE_INFINITY,
    lastVolume: 0,
    limitsDay: Number.NaN,
    upperLimit: Number.POSITIVE_INFINITY,
    lowerLimit: 0,
  })
}

/** A copy that may change without changing the original. */
export function forkStock(stock: LiveStock): LiveStock {
  const columns: Record<string, Float64Array> = {}
  for (const [name, values] of Object.entries(stock.columns)) columns[name] = values.slice()
  return withData({
    ...stock,
    days: stock.days.slice(),
    columns,
    magnitudes: { ...stock.magnitudes },
    provisional: stock.provisional.slice(),
  })
}

function withData(state: Omit<LiveStock, 'data'>): LiveStock {
  const { columns, magnitudes } = state
  return {
    ...state,
    data: {
      length: state.days.length,
      column: (name) => columns[name],
      magnitude: (name) => magnitudes[name] ?? Number.POSITIVE_INFINITY,
    },
  }
}

/** The day number of the last bar; -Infinity when there is none. */
export function lastDay(stock: LiveStock): number {
  return stock.length === 0 ? Number.NEGATIVE_INFINITY : (stock.days[stock.length - 1] as number)
}

/** Opens the bar of a new session; every column is missing until something is written. */
export function rollBar(stock: LiveStock, day: number, ordinal: number): void {
  const capacity = stock.days.length
  if (stock.length === capacity) dropOldest(stock, capacity / SPARE)
  const bar = stock.length
  for (const values of Object.values(stock.columns)) values[bar] = Number.NaN
  stock.days[bar] = day
  stock.provisional[bar] = 0
  stock.length++
  stock.total++
  stock.lastVolume = 0
  write(stock, 'sessions.ordinal', ordinal)
}

/** Whether the stock may trade at `price` in the session of `day`, which its last bar may precede. */
export function withinLimits(stock: LiveStock, price: number, day: number): boolean {
  if (stock.limitsDay !== day) {
    const before = lastDay(stock) === day ? stock.length - 2 : stock.length - 1
    setLimits(stock, before < 0 ? Number.NaN : at(stock, 'bars.close', before), day)
  }
  return price >= stock.lowerLimit && price <= stock.upperLimit
}

/** Writes a tick into the last bar. A volume may be projected to the whole session. */
export function writeTick(stock: LiveStock, tick: Tick, share: VolumeShare | null): void {
  const bar = stock.length - 1
  const known = !Number.isNaN(at(stock, 'bars.close', bar))
  const { price, volume } = tick
  if (!known) write(stock, 'bars.open', tick.open ?? price)
  else if (tick.open !== undefined) write(stock, 'bars.open', tick.open)
  const high = known ? at(stock, 'bars.high', bar) : price
  const low = known ? at(stock, 'bars.low', bar) : price
  write(stock, 'bars.high', Math.max(high, price, tick.high ?? price))
  write(stock, 'bars.low', Math.min(low, price, tick.low ?? price))
  write(stock, 'bars.close', price)
  write(stock, 'bars.volume', share === null ? volume : Math.round(volume / share(tick.at)))
  write(stock, 'bars.tradedValue', tick.tradedValue ?? price * volume)
  if (stock.columns['bars.rawClose'] !== undefined) write(stock, 'bars.rawClose', price)
  if (tick.columns !== undefined) writeColumns(stock, tick.columns, true)
  stock.lastAt = tick.at
  stock.lastVolume = volume
}

/** Writes other columns of the last bar; flows among them may be estimates. */
export function writeColumns(
  stock: LiveStock,
  columns: Readonly<Record<string, number>>,
  provisional: boolean,
): void {
  for (const [name, value] of Object.entries(columns)) {
    if (name.startsWith('flows.')) stock.provisional[stock.length - 1] = provisional ? 1 : 0
    write(stock, name, value)
  }
}

/** Puts the volume that was traded in the place of one that was projected. */
export function settleVolume(stock: LiveStock): void {
  // Without a tick the last bar is one of the history, which projects nothing.
  if (Number.isFinite(stock.lastAt)) write(stock, 'bars.volume', stock.lastVolume)
}

/** The bars held, as a series; shares the stock's memory, so read it before the next tick. */
export function seriesOf(stock: LiveStock): Series {
  const columns: Record<string, Float64Array> = {}
  for (const [name, values] of Object.entries(stock.columns)) {
    columns[name] = values.subarray(0, stock.length)
  }
  return {
    ...stock.member.series,
    length: stock.length,
    days: stock.days.subarray(0, stock.length),
    columns,
    magnitudes: stock.magnitudes,
    provisionalFlows: stock.provisional.subarray(0, stock.length),
  }
}

function at(stock: LiveStock, name: string, bar: number): number {
  return (stock.columns[name] as Float64Array)[bar] as number
}

function write(stock: LiveStock, name: string, value: number): void {
  let column = stock.columns[name]
  if (column === undefined) {
    column = new Float64Array(stock.days.length).fill(Number.NaN)
    stock.columns[name] = column
  }
  column[stock.length - 1] = value
  const magnitude = stock.magnitudes[name]
  if (magnitude === undefined) return
  if (!Number.isSafeInteger(value)) stock.magnitudes[name] = Number.POSITIVE_INFINITY
  else if (Math.abs(value) > magnitude) stock.magnitudes[name] = Math.abs(value)
}

function dropOldest(stock: LiveStock, kept: number): void {
  const from = stock.length - kept
  for (const values of Object.values(stock.columns)) values.copyWithin(0, from, stock.length)
  stock.days.copyWithin(0, from, stock.length)
  stock.provisional.copyWithin(0, from, stock.length)
  stock.length = kept
}

function setLimits(stock: LiveStock, base: number, day: number): void {
  stock.limitsDay = day
  stock.upperLimit = Number.POSITIVE_INFINITY
  stock.lowerLimit = 0
  if (!Number.isSafeInteger(base) || base <= 0) return
  const context = { date: fromDayNumber(day), market: krxMarket(stock.member.stock.market) }
  const { upper, lower } = priceLimits(base, context)
  stock.upperLimit = upper
  stock.lowerLimit = lower
}
