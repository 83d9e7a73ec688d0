import type { StockGrade } from './card.js'

export type Plan = { entry: number; target: number; stop: number; quantity: number }

const CAPITAL_KRW = 10_000_000

/** Share of the capital for one position, in percent. */
const RATIO_PERCENT: Record<StockGrade, number> = { S: 15, A: 12, B: 10, C: 5 }

/**
 * Price step of a KRX stock at a price. The price may have a fraction.
 *
 * @source KRX business regulations, tick sizes in force since 2023-01-25
 */
export function tickSize(price: number): number {
  if (price < 2_000) return 1
  if (price < 5_000) return 5
  if (price < 20_000) return 10
  if (price < 50_000) return 50
  if (price < 200_000) return 100
  if (price < 500_000) return 500
  return 1_000
}

/** `percent` of the entry, rounded down to the tick of that price. */
export function targetPrice(entry: number, percent: number): number {
  // Hundredths of a won keep everything in integers.
  const hundredths = percent * entry
  const tick = tickSize(hundredths / 100) * 100
  return (hundredths - (hundredths % tick)) / 100
}

/** `percent` of the entry, rounded up to the tick of that price. */
export function stopPrice(entry: number, percent: number): number {
  const hundredths = percent * entry
  const tick = tickSize(hundredths / 100) * 100
  const over = hundredths % tick
  const up = over === 0 ? hundredths : hundredths - over + tick
  return up / 100
}

/** Whole shares that the grade's share of the capital buys; 0 is above the budget. */
export function quantityFor(entry: number, grade: StockGrade): number {
  return Math.floor((CAPITAL_KRW * RATIO_PERCENT[grade]) / 100 / entry)
}

/** Entry at the close, target and stop in percent of it. */
export function planFor(
  close: number,
  grade: StockGrade,
  targetPercent: number,
  stopPercent: number,
): Plan {
  return {
    entry: close,
    target: targetPrice(close, targetPercent),
    stop: stopPrice(close, stopPercent),
    quantity: quantityFor(close, grade),
  }
}
