import { RalphError, requireInteger } from '../errors/index.js'
import { rowInForce } from './dated.js'
import type { PriceContext } from './market.js'
import { TICK_TABLES, type TickTable } from './tick-table.js'

/** Which quotable price a price between two ticks becomes; `nearest` takes the upper one on a tie. */
export type RoundDirection = 'down' | 'up' | 'nearest'

const MAX_DENOMINATOR = 1_000_000

/**
 * The step between quotable prices at a price.
 *
 * Units: KRW. A fractional price has the tick of the bracket that it lies in: 1,999.5 is below 2,000.
 * Off-tick prices are normal in adjusted series and mid-price trades; use raw prices here.
 *
 * @throws RalphError E_PRICE_INVALID, E_PARAM_RANGE when the date is before the table
 * @source KRX business regulations, quotation price units (2010-10-04, 2023-01-25)
 * @example tickSize(71_500, { date: tradeDate('2026-02-10'), market: 'KOSPI' }) // 100
 */
export function tickSize(price: number, context: PriceContext): number {
  return tickOfRatio(tableOf(context), requirePrice(price), 1)
}

/**
 * The quotable price below, above or nearest to a price.
 *
 * The tick is that of the unrounded price's bracket; rounding up may end on the first price of the
 * next bracket (1,999.5 becomes 2,000), which is on that bracket's tick too. Rounding a rounded price
 * changes nothing. The lowest quotable price is one tick: a price below it becomes it, in any
 * direction. Exact for every finite price up to 2^53.
 *
 * @throws RalphError E_PRICE_INVALID, E_PARAM_RANGE when the date is before the table
 * @source KRX business regulations, quotation price units (2010-10-04, 2023-01-25)
 */
export function roundToTick(
  price: number,
  direction: RoundDirection,
  context: PriceContext,
): number {
  return round(tableOf(context), requirePrice(price), 1, direction)
}

/** Whether a price is quotable. A price that is not positive and finite is not. */
export function isOnTick(price: number, context: PriceContext): boolean {
  const table = tableOf(context)
  return Number.isFinite(price) && price > 0 && price % tickOfRatio(table, price, 1) === 0
}

/**
 * `numerator / denominator` rounded to a quotable price, without forming the quotient: neither the
 * bracket nor the rounding can be off by a tick for a rounding of floating point.
 *
 * @param numerator integer, 1 to 2^53 - 1
 * @param denominator integer, 1 to 1,000,000
 * @throws RalphError E_PRICE_INVALID, E_PARAM_RANGE
 * @source KRX business regulations, quotation price units (2010-10-04, 2023-01-25)
 */
export function roundRatioToTick(
  numerator: number,
  denominator: number,
  direction: RoundDirection,
  context: PriceContext,
): number {
  requireWholePrice('numerator', numerator)
  requireInteger('denominator', denominator, 1, MAX_DENOMINATOR)
  return round(tableOf(context), numerator, denominator, direction)
}

/**
 * A whole percentage of a price, as a quotable price: a plan's target is `percentOfPrice(close, 115,
 * 'down', ...)`, its stop `percentOfPrice(close, 95, 'up', ...)`, so that neither is further away
 * than its rule says.
 *
 * Computed in integers as `close * percent / 100`.
 *
 * @param close KRW, integer >= 1
 * @param percent whole percent, integer from 1 to 10,000
 * @throws RalphError E_PRICE_INVALID, E_PARAM_RANGE
 * @source KRX business regulations, quotation price units (2010-10-04, 2023-01-25)
 * @example percentOfPrice(9_990, 115, 'down', { date: tradeDate('2026-02-10') }) // 11,480
 */
export function percentOfPrice(
  close: number,
  percent: number,
  direction: RoundDirection,
  context: PriceContext,
): number {
  requireWholePrice('close', close)
  requireInteger('percent', percent, 1, 10_000)
  requireWholePrice('close * percent', close * percent)
  return round(tableOf(context), close * percent, 100, direction)
}

/** Refuses a price that is not a positive whole number of won. */
export function requireWholePrice(name: string, price: number): number {
  if (Number.isSafeInteger(price) && price > 0) return price
  throw new RalphError(
    'E_PRICE_INVALID',
    `${name} must be an integer from 1 to ${Number.MAX_SAFE_INTEGER}; found "${String(price)}"`,
    { name, value: price },
  )
}

function requirePrice(price: number): number {
  if (Number.isFinite(price) && price > 0) return price
  throw new RalphError(
    'E_PRICE_INVALID',
    `price must be a positive finite number; found "${String(price)}"`,
    { name: 'price', value: price },
  )
}

function tableOf({ date, market = 'KOSPI', kind = 'stock' }: PriceContext): TickTable {
  return rowInForce(
    TICK_TABLES,
    date,
    'tick sizes',
    (row) => row.kinds.includes(kind) && row.markets.includes(market),
  )
}

function tickOfRatio(table: TickTable, numerator: number, denominator: number): number {
  for (const band of table.bands) {
    if (numerator < band.below * denominator) return band.tick
  }
  return table.topTick
}

function round(
  table: TickTable,
  numerator: number,
  denominator: number,
  direction: RoundDirection,
): number {
  const tick = tickOfRatio(table, numerator, denominator)
  const unit = tick * denominator
  // The remainder of two doubles is exact, and so is the difference, a multiple of the unit.
  const rest = numerator % unit
  const down = (numerator - rest) / denominator
  const up = rest > 0 && (direction === 'up' || (direction === 'nearest' && rest * 2 >= unit))
  return Math.max(tick, up ? down + tick : down)
}
