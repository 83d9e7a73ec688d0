import {
  dayNumber,
  findDay,
  gradeIndex,
  type ScoreCard,
  type Series,
  type SignalEntry,
  type SignalFill,
  type StoredSignal,
  type Strategy,
  type TradeDate,
  tradeDate,
  tradePlan,
} from '@ralph-stock/core'
import type { EnteredAt } from './closing-rule.js'
import { type PriceColumns, priceColumns } from './printed-prices.js'

// A split or a bonus issue moves prices by more; less is a correction of the day's price.
const LEAST_ADJUSTMENT = 0.005

/**
 * The fill of a waiting signal, with the target and the stop that its grade's percentages give from
 * the price that was paid. Null for a strategy without a plan.
 *
 * @param price KRW as printed, whole won
 * @throws RalphError E_PRICE_INVALID
 */
export function fillAt(
  strategy: Strategy,
  card: ScoreCard,
  date: TradeDate,
  price: number,
): SignalFill | null {
  if (strategy.plan === null) return null
  const grade = gradeIndex(strategy.scale, card.score)
  const { target, stop } = tradePlan(strategy.plan, price, grade, date, card.market)
  return { date, price, target, stop }
}

/** How a signal was entered. */
export function enteredAt(entry: SignalEntry, signalDate: string): EnteredAt {
  if (entry.at !== null) return 'live'
  return entry.date === signalDate ? 'close' : 'open'
}

/**
 * What the printed prices of a signal are multiplied by to be prices of the series: 1, unless the
 * series was adjusted since for a split or the like. It is told by the bar on which the signal was
 * entered: its close (or its open, where that was bought) against the price that was paid. A price within
 * the bar's range is taken as not adjusted: a closing bet is decided minutes before the close, and its
 * price may differ from it.
 */
export function adjustmentSince(
  series: Series,
  { entry, signalDate }: Pick<StoredSignal, 'entry' | 'signalDate'>,
): number {
  if (entry === null) return 1
  const bar = findDay(series.days, dayNumber(tradeDate(entry.date)))
  if (bar < 0) return 1
  const prices = priceColumns(series)
  const raw = prices.raw?.[bar] ?? Number.NaN
  if (raw > 0) return (prices.close[bar] as number) / raw
  const ratio = paidRatio(prices, bar, entry, enteredAt(entry, signalDate))
  return Math.abs(ratio - 1) < LEAST_ADJUSTMENT ? 1 : ratio
}

function paidRatio(
  { open, high, low, close }: PriceColumns,
  bar: number,
  { price }: SignalEntry,
  entered: EnteredAt,
): number {
  if (entered === 'open') return (open[bar] as number) / price
  const within = price >= (low[bar] as number) && price <= (high[bar] as number)
  if (within) return 1
  return (close[bar] as number) / price
}
