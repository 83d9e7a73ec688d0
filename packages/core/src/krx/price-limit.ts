import { RalphError } from '../errors/index.js'
import { type DatedRow, rowInForce } from './dated.js'
import type { KrxMarket, PriceContext } from './market.js'
import { requireWholePrice, roundToTick, tickSize } from './tick-size.js'

/** How far a price may move from its base in a session, in whole percent, from a date on. */
export type PriceLimitRow = DatedRow & {
  readonly markets: readonly KrxMarket[]
  readonly percent: number
}

/** Every known daily price limit, in ascending order of its first day. */
export const PRICE_LIMITS: readonly PriceLimitRow[] = [
  {
    from: '1998-12-07',
    markets: ['KOSPI'],
    percent: 15,
    source: 'KRX business regulations of KOSPI, 1998-12-07',
    verified: true,
  },
  {
    from: '2005-03-28',
    markets: ['KOSDAQ'],
    percent: 15,
    source: 'KRX business regulations of KOSDAQ, March 2005 (12 % before)',
    verified: false,
  },
  {
    from: '2013-07-01',
    markets: ['KONEX'],
    percent: 15,
    source: 'KRX business regulations of KONEX, 2013-07-01; KRX notice of 2015-06-14 keeps it',
    verified: true,
  },
  {
    from: '2015-06-15',
    markets: ['KOSPI', 'KOSDAQ'],
    percent: 30,
    source: 'KRX notice of 2015-06-14',
    verified: true,
  },
]

/** The highest and the lowest price that may be quoted in a session, in KRW. */
export type PriceLimits = { readonly upper: number; readonly lower: number }

/**
 * The upper and lower price limit of a session.
 *
 * The range is the limit's share of the base, cut to whole won and then to the tick of the base; the
 * upper limit is base + range cut to the tick valid there, the lower is base - range raised to the
 * tick valid there. Integer arithmetic only. `base` is the exchange's base price: the previous close,
 * or the reference price after a split, a rights issue or a dividend in shares.
 *
 * Not covered: the first session of a listing, liquidation trading (no limit), and leveraged or
 * inverse funds, whose limit is a multiple. Warrants (ELW) have none and are refused.
 *
 * @param base KRW, integer >= 1
 * @throws RalphError E_PRICE_INVALID, E_PARAM_RANGE
 * @source KRX business regulations, daily price limits (1998-12-07, 2015-06-15)
 * @example priceLimits(199_100, { date: tradeDate('2026-02-10') }) // { upper: 258,500, lower: 139,400 }
 */
export function priceLimits(base: number, context: PriceContext): PriceLimits {
  requireWholePrice('base', base)
  const { date, market = 'KOSPI', kind = 'stock' } = context
  if (kind === 'elw') {
    throw new RalphError(
      'E_PARAM_RANGE',
      'kind must be stock, etf or etn, which have a price limit; found "elw"',
      { name: 'kind', value: kind },
    )
  }
  const { percent } = rowInForce(PRICE_LIMITS, date, 'price limits', (row) =>
    row.markets.includes(market),
  )
  requireWholePrice('base * percent', base * percent)
  const whole = (base * percent - ((base * percent) % 100)) / 100
  const range = whole - (whole % tickSize(base, context))
  return {
    upper: roundToTick(base + range, 'down', context),
    lower: roundToTick(base - range, 'up', context),
  }
}
