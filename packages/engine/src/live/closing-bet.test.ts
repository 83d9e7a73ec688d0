import type { Market, Strategy } from '@ralph-stock/core'
import { memorySignalStore } from '@ralph-stock/testing'
import { beforeEach, describe, expect, it } from 'vitest'
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
  TODAY,
  tick,
} from './testing-desk.js'

const day = riser('daytrade', { fill: 'next-open', holdingBars: 1 })
const swing = riser('swing', { fill: 'next-open', holdingBars: 3 })
const bet = riser('closing-bet', { fill: 'close', holdingBars: 1 })
const STRATEGIES: readonly Strategy[] = [day, swing, bet]
const PRICES = { '000100': 10_000, '000200': 20_000, '000300': 2_000_000 }

let clock: ManualClock
let store: FaultyStore
let news: SignalNews[]

const deskOf = (market: Market, more: Partial<LiveDeskOptions> = {}): LiveDesk => {
  const desk = createLiveDesk({ market, strategies: STRATEGIES, signals: store, clock, ...more })
  desk.events.on('signal', (one) => news.push(one))
  return desk
}
const kinds = (): string[] => news.map(({ kind, signal }) => `${kind} ${signal.ticker}`)

beforeEach(() => {
  clock = manualClock(at('08:50'))
  store = faultyStore(memorySignalStore())
  news = []
})

describe('the closing bet', () => {
  const atClose = async (desk: LiveDesk): Promise<void> => {
    await desk.loadSignals()
    desk.update(tick('000100', '15:10', 10_400, 10))
    desk.update(tick('000200', '15:10', 20_100, 10))
  }

  it('keeps the cards that pass, entered at the close', async () => {
    const desk = deskOf(flatMarket(PRICES), { strategies: [bet] })
    await atClose(desk)
    const added = await desk.runClosingBet(at('15:12'))
    expect(added).toMatchObject([
      { ticker: '000100', entry: { date: TODAY, price: 10_400, at: null }, target: 10_920 },
    ])
    expect(kinds()).toEqual(['opened 000100'])
    // Prices of the session in which it is bought at the close do not touch it.
    desk.update(tick('000100', '15:19', 10_000, 20))
    await desk.endSession(TODAY)
    expect(desk.signals()).toHaveLength(1)
  })

  it('run again adds what is new and corrects what changed', async () => {
    const desk = deskOf(flatMarket(PRICES), { strategies: [bet] })
    await atClose(desk)
    await desk.runClosingBet(at('15:12'))
    expect(await desk.runClosingBet(at('15:13'))).toEqual([])
    desk.update(tick('000100', '15:15', 10_500, 20))
    desk.update(tick('000200', '15:15', 20_500, 20))
    const added = await desk.runClosingBet(at('15:18'))
    expect(added.map(({ ticker }) => ticker)).toEqual(['000200'])
    expect(kinds()).toEqual(['opened 000100', 'opened 000200', 'updated 000100'])
    expect(
      desk
        .signals()
        .map(({ entry }) => entry?.price)
        .sort(),
    ).toEqual([10_500, 20_500])
  })

  it('does nothing on another day, or without such a strategy', async () => {
    const desk = deskOf(flatMarket(PRICES))
    await desk.loadSignals()
    expect(await desk.runClosingBet(at('15:12'))).toEqual([])
    expect(await deskOf(flatMarket(PRICES), { strategies: [day] }).runClosingBet(0)).toEqual([])
  })
})
