import { fromDayNumber, roundToTick, tickSize } from '@ralph-stock/core'
import { type Paper, rulesOf } from './listings.js'
import { createRandom } from './random.js'

/** Orders around a price, the best first. */
export type SimulatedBook = {
  readonly asks: ReadonlyArray<{ readonly price: number; readonly quantity: number }>
  readonly bids: ReadonlyArray<{ readonly price: number; readonly quantity: number }>
  readonly totalAsk: number
  readonly totalBid: number
}

/** Ten levels a side around the last price; the same at the same second. */
export function bookOf(paper: Paper, price: number, day: number, second: number): SimulatedBook {
  const rules = rulesOf(paper, fromDayNumber(day))
  const random = createRandom(6, paper.number, day, second)
  const quantity = (): number => 1 + random.below(Math.max(10, Math.round(paper.usualVolume / 50)))
  const asks: Array<{ price: number; quantity: number }> = []
  const bids: Array<{ price: number; quantity: number }> = []
  let up = price
  let down = price
  for (let level = 0; level < 10; level++) {
    up = roundToTick(up + tickSize(up, rules), 'nearest', rules)
    asks.push({ price: up, quantity: quantity() })
    if (down > 0) bids.push({ price: down, quantity: quantity() })
    down = down <= tickSize(down || 1, rules) ? 0 : roundToTick(down - 1, 'down', rules)
  }
  const sum = (side: ReadonlyArray<{ quantity: number }>): number =>
    side.reduce((total, level) => total + level.quantity, 0)
  return { asks, bids, totalAsk: sum(asks), totalBid: sum(bids) }
}
