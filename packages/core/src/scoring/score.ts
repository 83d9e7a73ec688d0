import { lastAtOrBefore, type Series } from '../bars/index.js'
import { RalphError } from '../errors/index.js'
import { dayNumber, fromDayNumber, tradeDate } from '../krx/index.js'
import type { Strategy } from '../strategy/define-strategy.js'
import { type Stock, unlistedStock } from '../universe/stock.js'
import type { ScoreCard } from './card.js'
import { ALONE, scorerOf } from './scorer.js'

/** What is known of the series beside its bars. */
export type ScoreOptions = {
  /** The listing, for the card's name and market. */
  readonly stock?: Stock
  /** YYYY-MM-DD; the last bar unless given. */
  readonly asOf?: string
}

/**
 * One card of one series on one date, alone: what compares stocks with each other is unknown here.
 * `scoreStock` of a market, or `scanMarket`, know the others.
 *
 * @throws RalphError E_SESSION_NONE when the series has no bar on the date; E_MARKET_NEEDED for a
 * strategy about the market; E_DATE_INVALID
 * @example score(closingBet(), createSeries({ ticker: '005930', bars }))
 */
export function score(strategy: Strategy, series: Series, options: ScoreOptions = {}): ScoreCard {
  if (strategy.subject === 'market') {
    throw new RalphError(
      'E_MARKET_NEEDED',
      `${strategy.id} is about the whole market; use scanMarket`,
    )
  }
  const bar = barOf(series, options.asOf)
  const stock = options.stock ?? unlistedStock(series.ticker)
  const scorer = scorerOf([strategy])
  const [card] = scorer.score({ stock, series, market: null }, bar, ALONE)
  return card as ScoreCard
}

function barOf(series: Series, asOf: string | undefined): number {
  if (asOf === undefined) {
    if (series.length > 0) return series.length - 1
    throw new RalphError('E_SESSION_NONE', `${series.ticker} has no bar`, { ticker: series.ticker })
  }
  const day = dayNumber(tradeDate(asOf))
  const bar = lastAtOrBefore(series.days, day)
  if (bar >= 0 && series.days[bar] === day) return bar
  const previous = bar < 0 ? null : fromDayNumber(series.days[bar] as number)
  throw new RalphError(
    'E_SESSION_NONE',
    `${series.ticker} has no bar on ${asOf}${previous === null ? '' : `; the last one before it is ${previous}`}`,
    { ticker: series.ticker, asOf, previous },
  )
}
