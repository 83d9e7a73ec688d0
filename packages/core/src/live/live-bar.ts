import { fromDayNumber, priceLimits } from '../krx/index.js'
import { krxMarket } from '../plan/trade-plan.js'
import {
  CLOSE,
  DAY,
  HIGH,
  LAST_AT,
  LAST_VOLUME,
  LIMITS_DAY,
  LOW,
  LOWER_LIMIT,
  lastAt,
  lastClose,
  lastDay,
  lastVolume,
  lowerLimit,
  OPEN,
  RAW_CLOSE,
  ROW,
  SPARE,
  TRADE_COLUMNS,
  TRADED,
  TRADED_VALUE,
  UPPER_LIMIT,
  upperLimit,
  VOLUME,
} from './live-book.js'
import type { LiveStock } from './live-stock.js'
import type { Tick } from './tick.js'

/** How much of a session's volume has usually been traded by an instant: 0 exclusive to 1. */
export type VolumeShare = (at: number) => number

/** Opens the bar of a new session; every column is missing until something is written. */
export function rollBar(stock: LiveStock, day: number, ordinal: number): void {
  flushBar(stock)
  if (stock.length === stock.capacity) dropOldest(stock, stock.capacity / SPARE)
  const bar = stock.length
  for (const values of Object.values(stock.columns)) values[bar] = Number.NaN
  stock.days[bar] = day
  stock.provisional[bar] = 0
  stock.length++
  stock.total++
  const { book, row } = stock
  book[row + DAY] = day
  book[row + LAST_VOLUME] = 0
  book.fill(Number.NaN, row + TRADED, row + ROW)
  write(stock, 'sessions.ordinal', ordinal)
}

/** Whether the stock may trade at `price` in the session of `day`, which its last bar may precede. */
export function withinLimits(stock: LiveStock, price: number, day: number): boolean {
  const { book, row } = stock
  if (book[row + LIMITS_DAY] !== day) {
    flushBar(stock)
    const before = lastDay(stock) === day ? stock.length - 2 : stock.length - 1
    setLimits(stock, before < 0 ? Number.NaN : at(stock, 'bars.close', before), day)
  }
  return price >= lowerLimit(stock) && price <= upperLimit(stock)
}

/** Writes a tick into the last bar. A volume may be projected to the whole session. */
export function writeTick(stock: LiveStock, tick: Tick, share: VolumeShare | null): void {
  const { book, row } = stock
  const { price, volume } = tick
  const known = !Number.isNaN(lastClose(stock))
  if (!known) trade(stock, OPEN, tick.open ?? price)
  else if (tick.open !== undefined) trade(stock, OPEN, tick.open)
  const high = known ? (book[row + TRADED + HIGH] as number) : price
  const low = known ? (book[row + TRADED + LOW] as number) : price
  trade(stock, HIGH, Math.max(high, price, tick.high ?? price))
  trade(stock, LOW, Math.min(low, price, tick.low ?? price))
  trade(stock, CLOSE, price)
  trade(stock, RAW_CLOSE, price)
  trade(stock, VOLUME, share === null ? volume : Math.round(volume / share(tick.at)))
  trade(stock, TRADED_VALUE, tick.tradedValue ?? price * volume)
  if (tick.columns !== undefined) writeColumns(stock, tick.columns, true)
  book[row + LAST_AT] = tick.at
  book[row + LAST_VOLUME] = volume
}

/** One field of the last bar, which the columns that strategies read show at once. */
function trade(stock: LiveStock, field: number, value: number): void {
  stock.book[stock.row + TRADED + field] = value
  const position = stock.layout.trades[field] as number
  if (position >= 0) (stock.sources[position] as Float64Array)[stock.length - 1] = value
}

/** Writes what the last bar's trades made of it to all columns, before anyone reads them. */
export function flushBar(stock: LiveStock): void {
  if (stock.length === 0) return
  const { book, row, columns } = stock
  TRADE_COLUMNS.forEach((name, field) => {
    const value = book[row + TRADED + field] as number
    // Where prices are not adjusted, nobody keeps the printed close beside them.
    const kept = field !== RAW_CLOSE || columns[name] !== undefined
    if (kept && !Number.isNaN(value)) write(stock, name, value)
  })
}

/** Writes other columns of the last bar; flows among them may be estimates. */
export function writeColumns(
  stock: LiveStock,
  columns: Readonly<Record<string, number>>,
  provisional: boolean,
): void {
  for (const [name, value] of Object.entries(columns)) {
    if (name.startsWith('flows.')) stock.provisional[stock.length - 1] = provisional ? 1 : 0
    const field = TRADE_COLUMNS.indexOf(name)
    if (field >= 0) trade(stock, field, value)
    write(stock, name, value)
  }
}

/** Puts the volume that was traded in the place of one that was projected. */
export function settleVolume(stock: LiveStock): void {
  // Without a tick the last bar is one of the history, which projects nothing.
  if (Number.isFinite(lastAt(stock))) trade(stock, VOLUME, lastVolume(stock))
}

function at(stock: LiveStock, name: string, bar: number): number {
  return (stock.columns[name] as Float64Array)[bar] as number
}

function write(stock: LiveStock, name: string, value: number): void {
  let column = stock.columns[name]
  if (column === undefined) {
    column = new Float64Array(stock.capacity).fill(Number.NaN)
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
  const { book, row } = stock
  book[row + LIMITS_DAY] = day
  book[row + UPPER_LIMIT] = Number.POSITIVE_INFINITY
  book[row + LOWER_LIMIT] = 0
  if (!Number.isSafeInteger(base) || base <= 0) return
  const context = { date: fromDayNumber(day), market: krxMarket(stock.member.stock.market) }
  const { upper, lower } = priceLimits(base, context)
  book[row + UPPER_LIMIT] = upper
  book[row + LOWER_LIMIT] = lower
}
