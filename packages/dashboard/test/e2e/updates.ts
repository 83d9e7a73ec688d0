import type { SignalView } from '@ralph-stock/server/api'
import { signalOf, type World } from '../fixture/world.js'

/** A trade, as the socket tells it. */
export function priceUpdate(ticker: string, price: number) {
  return {
    type: 'price_update',
    ticker,
    data: {
      price,
      change: 100,
      change_rate: 1,
      volume: 1000,
      traded_value: price * 1000,
      bid_price: null,
      ask_price: null,
    },
    timestamp: '2026-02-10T06:10:01.000Z',
    source: 'simulator',
  }
}

/** A signal that was opened just now, on the last stock of the world. */
export function signalUpdate(world: World, strategy: string, id: number) {
  const stock = world.stocks.at(-1)
  if (stock === undefined) throw new Error('the world has no stock')
  const signal: SignalView = { ...signalOf(strategy, stock, id), grade: 'A' }
  return {
    type: 'signal_update',
    data: { kind: 'opened', signal_type: strategy, signal },
    timestamp: '2026-02-10T06:10:01.000Z',
  } as const
}
