import {
  dayNumber,
  fromDayNumber,
  krxMarket,
  SELL_TAXES,
  SETTLEMENT_SESSIONS,
  type SessionCalendar,
  type TradeDate,
} from '@ralph-stock/core'

/** What a round trip pays, as fractions of each side's amount. */
export type TradingCosts = {
  /** On each side. */
  readonly commission: number
  /** On the sale: the exchange's rate by settlement date, or one rate of your own. */
  readonly sellTax: 'dated' | number
}

/** A commission of 0.015 % a side and the dated tax. */
export const TRADING_COSTS: TradingCosts = Object.freeze({ commission: 0.00015, sellTax: 'dated' })

/** Where and when something is sold. */
export type Sale = {
  readonly date: TradeDate
  /** Of an unknown one, KOSPI's rates hold. */
  readonly market: string
  readonly calendar: SessionCalendar
}

/**
 * What a position returned after costs, as a fraction of what was paid for it.
 *
 * @param entry KRW per share, in the same prices as `exit` (both adjusted, or neither)
 * @example netReturn(10_000, 11_500, { date, market: 'KOSDAQ', calendar }) // 0.1475 before 2026
 */
export function netReturn(
  entry: number,
  exit: number,
  sale: Sale,
  costs: TradingCosts = TRADING_COSTS,
): number {
  const tax = costs.sellTax === 'dated' ? sellTaxOf(sale) : costs.sellTax
  return (exit * (1 - costs.commission - tax)) / (entry * (1 + costs.commission)) - 1
}

// The tax is that of the settlement date. The end of a calendar may hide it: then that of the sale.
function sellTaxOf({ date, market, calendar }: Sale): number {
  const day = dayNumber(date)
  const left = calendar.ordinal(calendar.last) - calendar.ordinal(day)
  const settled = left < SETTLEMENT_SESSIONS ? day : calendar.shift(day, SETTLEMENT_SESSIONS)
  const settlement = fromDayNumber(settled)
  const row = SELL_TAXES.findLast(({ from }) => from <= settlement) ?? SELL_TAXES[0]
  if (row === undefined) return 0
  const known = krxMarket(market)
  return (row.transactionTax[known] + row.ruralTax[known]) / 100_000
}
