import type { Market, Strategy } from '@ralph-stock/core'
import { marketGate } from '@ralph-stock/strategies-market-gate'
import { memorySignalStore } from '@ralph-stock/testing'
import type { SignalNews } from './events.js'
import { createLiveDesk, type LiveDesk, type LiveDeskOptions } from './index.js'
import {
  at,
  type FaultyStore,
  faultyStore,
  flatMarket,
  type ManualClock,
  manualClock,
  riser,
} from './testing-desk.js'

// Shared by the tests of a desk: strategies that buy what rises, and a clock at 08:50 of the session.
export const day: Strategy = riser('daytrade', { fill: 'next-open', holdingBars: 1 })
export const swing: Strategy = riser('swing', { fill: 'next-open', holdingBars: 3 })
export const bet: Strategy = riser('closing-bet', { fill: 'close', holdingBars: 1 })

/** Two sectors of five stocks at 10,000, so that the gate knows how they move. */
export const SECTORS: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 10 }, (_, k) => [`000${k}10`, k < 5 ? '은행' : '조선']),
)

/** Those stocks, flat up to yesterday, and the two indexes. */
export function sectorMarket(): Market {
  return flatMarket(
    Object.fromEntries(Object.keys(SECTORS).map((ticker) => [ticker, 10_000])),
    Object.fromEntries(Object.entries(SECTORS).map(([ticker, sector]) => [ticker, { sector }])),
  )
}

/** A desk over the market of `SECTORS`. */
export type MarketScene = {
  readonly clock: ManualClock
  readonly deskOf: (more?: Partial<LiveDeskOptions>) => LiveDesk
}

export function marketScene(): MarketScene {
  const clock = manualClock(at('08:50'))
  const strategies = [day, bet, marketGate()]
  const deskOf = (more: Partial<LiveDeskOptions> = {}): LiveDesk =>
    createLiveDesk({
      market: sectorMarket(),
      strategies,
      signals: memorySignalStore(),
      clock,
      ...more,
    })
  return { clock, deskOf }
}

/** The index of a name stands at a value. */
export function index(desk: LiveDesk, name: string, value: number, time = '09:00'): boolean {
  return desk.index({ name, at: at(time), value })
}

/** A desk whose signals can be watched, over a store that fails when told to. */
export type SignalScene = {
  readonly clock: ManualClock
  readonly store: FaultyStore
  /** What the desk has told of its signals. */
  readonly news: SignalNews[]
  readonly kinds: () => string[]
  readonly deskOf: (market: Market, more?: Partial<LiveDeskOptions>) => LiveDesk
}

export function signalScene(): SignalScene {
  const clock = manualClock(at('08:50'))
  const store = faultyStore(memorySignalStore())
  const strategies = [day, swing, bet]
  const news: SignalNews[] = []
  const deskOf = (market: Market, more: Partial<LiveDeskOptions> = {}): LiveDesk => {
    const desk = createLiveDesk({ market, strategies, signals: store, clock, ...more })
    desk.events.on('signal', (one) => news.push(one))
    return desk
  }
  const kinds = (): string[] => news.map(({ kind, signal }) => `${kind} ${signal.ticker}`)
  return { clock, store, news, kinds, deskOf }
}
