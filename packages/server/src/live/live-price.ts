import type { LiveQuote } from '@ralph-stock/engine'
import type { LivePrice } from '../context.js'

/** A price of the session that is on; null for one of the history. */
export function livePrice(quote: LiveQuote): LivePrice | null {
  const { at, price, open, high, low } = quote
  if (at === null || price === null || open === null || high === null || low === null) return null
  return { ...quote, at, price, open, high, low }
}
