import type { Series } from '../bars/index.js'
import { fromDayNumber, priceLimits, type TradeDate } from '../krx/index.js'
import { krxMarket } from '../plan/trade-plan.js'
import type { Market } from '../universe/market.js'
import type { Stock } from '../universe/stock.js'

/** What a card is made for. */
export type Subject = {
  readonly stock: Stock
  readonly series: Series
  readonly market: Market | null
}

/** What all cards of a subject on one bar say alike. */
export type SubjectFacts = {
  readonly stock: Stock
  readonly series: Series
  readonly bar: number
  readonly asOf: TradeDate
  /** Date of the stock list, where it is not that of the bar. */
  readonly universeAsOf: TradeDate | null
  /** The close as printed, KRW. */
  readonly entry: number
  readonly lockedAtLimit: boolean
  readonly flows: 'final' | 'provisional' | null
}

/** Gathers the facts of a subject's bar, once for all strategies. */
export function factsOf(subject: Subject, bar: number, universeDay: number | null): SubjectFacts {
  const { stock, series } = subject
  const day = series.days[bar] as number
  const asOf = fromDayNumber(day)
  const entry = rawClose(series, bar)
  return {
    stock,
    series,
    bar,
    asOf,
    universeAsOf: universeDay === null || universeDay === day ? null : fromDayNumber(universeDay),
    entry,
    lockedAtLimit: bar > 0 && isUpperLimit(entry, rawClose(series, bar - 1), asOf, stock.market),
    flows: flowState(series, bar),
  }
}

// A stock that closed at its limit could not be bought there.
function isUpperLimit(close: number, base: number, date: TradeDate, market: string): boolean {
  if (!(close > base) || !Number.isSafeInteger(base) || base <= 0) return false
  return close === priceLimits(base, { date, market: krxMarket(market) }).upper
}

function flowState(series: Series, bar: number): 'final' | 'provisional' | null {
  const foreign = series.columns['flows.foreign']?.[bar] ?? Number.NaN
  const institution = series.columns['flows.institution']?.[bar] ?? Number.NaN
  if (Number.isNaN(foreign) && Number.isNaN(institution)) return null
  return series.provisionalFlows?.[bar] === 1 ? 'provisional' : 'final'
}

// Ticks, limits and quantities are those of the price as printed, where the source has it.
function rawClose(series: Series, bar: number): number {
  const raw = series.columns['bars.rawClose'] ?? series.columns['bars.close']
  return (raw as Float64Array)[bar] as number
}
