import { dayNumber, type Market } from '@ralph-stock/core'
import type { Board } from './board.js'

/**
 * Takes the session that is on over to a board with a fresh history: prices, net buying and indexes as
 * they stand, where the history does not hold the day yet. No signal is judged by them a second time.
 */
export function carrySession(from: Board, to: Board, { members }: Market): void {
  members.forEach(({ stock: { ticker } }, position) => {
    const before = from.position(ticker)
    if (before === undefined) return
    const stored = to.quotes.day(position)
    const { at, price, open, high, low, volume, tradedValue } = from.quotes.quote(before)
    const isLive = at !== null && price !== null && open !== null && high !== null && low !== null
    if (isLive && from.quotes.day(before) > stored) {
      to.update({ ticker, at, price, open, high, low, volume, tradedValue })
    }
    const told = from.toldFlows(before)
    if (told !== null && told.day > stored) to.flows(position, told.day, told.flows)
  })
  const known = to.indexes.day()
  for (const quote of from.indexes.quotes()) {
    const { name, at, value, open, high, low, volume, tradedValue } = quote
    if (at === null || dayNumber(quote.date) <= known) continue
    to.indexes.take({
      name,
      at,
      value,
      open,
      high,
      low,
      ...(volume === null ? {} : { volume }),
      ...(tradedValue === null ? {} : { tradedValue }),
    })
  }
}
