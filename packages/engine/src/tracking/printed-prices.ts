import {
  fromDayNumber,
  krxMarket,
  type PriceLimits,
  priceLimits,
  type Series,
} from '@ralph-stock/core'

/** The columns of a series that prices are judged by. */
export type PriceColumns = {
  readonly days: Int32Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  /** The closes as printed; null where the series has none. */
  readonly raw: Float64Array | null
}

/** The columns of a series. */
export function priceColumns({ days, columns }: Series): PriceColumns {
  // Sound: every series has them.
  const column = (name: string): Float64Array => columns[`bars.${name}`] as Float64Array
  return {
    days,
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    raw: columns['bars.rawClose'] ?? null,
  }
}

/** What a price of the bar's series is multiplied by to be as printed that day; 1 where unknown. */
export function printedRatio({ close, raw }: PriceColumns, bar: number): number {
  const printed = raw?.[bar] ?? Number.NaN
  const adjusted = close[bar] ?? Number.NaN
  return printed > 0 && adjusted > 0 ? printed / adjusted : 1
}

/** A price of the series as it was printed that day, whole won. */
export function printedPrice(prices: PriceColumns, bar: number, price: number): number {
  return Math.max(1, Math.round(price * printedRatio(prices, bar)))
}

/** At which price limit a price of a bar is. */
export type AtLimit = 'upper' | 'lower' | null

/**
 * Whether a price of a bar is one of the session's limits, where there is nobody to buy from or to
 * sell to. A first bar has no base and so no known limit, and a price beyond the limits is of a session
 * that had none.
 *
 * @throws RalphError E_PARAM_RANGE before 1998-12-07
 */
export function limitAt(prices: PriceColumns, market: string, bar: number, price: number): AtLimit {
  const limits = limitsOf(prices, market, bar)
  // At a few won the limits are one price, at which there are buyers and sellers.
  if (limits === null || limits.upper === limits.lower) return null
  const ratio = printedRatio(prices, bar)
  // An adjusted price is whole won, so as printed it is known to that many won only.
  const blur = ratio > 1 ? ratio / 2 : 0.5
  const printed = price * ratio
  if (Math.abs(printed - limits.upper) < blur) return 'upper'
  return Math.abs(printed - limits.lower) < blur ? 'lower' : null
}

function limitsOf(prices: PriceColumns, market: string, bar: number): PriceLimits | null {
  const before = prices.close[bar - 1]
  const day = prices.days[bar]
  if (before === undefined || day === undefined) return null
  // The base of a session after a split is the last close in the new shares.
  const base = Math.round(before * printedRatio(prices, bar))
  if (base < 1) return null
  return priceLimits(base, { date: fromDayNumber(day), market: krxMarket(market) })
}
