import { KRX_MARKETS, type KrxMarket, percentOfPrice, type TradeDate } from '../krx/index.js'
import type { PlanRule } from './plan-rule.js'

/** What a card suggests: prices on the tick grid, shares that the budget allows. */
export type TradePlan = {
  /** KRW. */
  readonly entry: number
  readonly target: number
  readonly stop: number
  /** Shares; 0 when one share costs more than the position's budget. */
  readonly quantity: number
  /** `above-budget` when the quantity is 0. */
  readonly note: 'above-budget' | null
}

/**
 * The plan that a rule makes of an entry price. Target and stop are never further from the entry than
 * the rule says: the target is rounded down to the tick, the stop up.
 *
 * @param entry KRW as printed (not adjusted), integer >= 1
 * @param grade position in the grades of the rule's scale
 * @throws RalphError E_PRICE_INVALID
 */
export function tradePlan(
  rule: PlanRule,
  entry: number,
  grade: number,
  date: TradeDate,
  market: string,
): TradePlan {
  const context = { date, market: krxMarket(market) }
  const { targetPercents, stopPercents, positionPercents, capital } = rule
  // Integers first, so that no division can drop a share.
  const budget = capital * (positionPercents[grade] as number)
  const quantity = Math.floor(budget / (100 * entry))
  return {
    entry,
    target: percentOfPrice(entry, targetPercents[grade] as number, 'down', context),
    stop: percentOfPrice(entry, stopPercents[grade] as number, 'up', context),
    quantity,
    note: quantity === 0 ? 'above-budget' : null,
  }
}

/** The market whose price rules hold; KOSPI's for a paper of an unknown one. */
export function krxMarket(market: string): KrxMarket {
  return KRX_MARKETS.find((known) => known === market) ?? 'KOSPI'
}
