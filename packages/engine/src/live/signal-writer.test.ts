import { type FinishedScan, type Strategy, scanMarket } from '@ralph-stock/core'
import { memorySignalStore } from '@ralph-stock/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { createLiveDesk, type LiveDesk, type LiveDeskOptions } from './index.js'
import {
  at,
  type FaultyStore,
  faultyStore,
  flatMarket,
  type ManualClock,
  manualClock,
  riser,
  settled,
  TODAY,
  tick,
  YESTERDAY,
} from './testing-desk.js'

const day = riser('daytrade', { fill: 'next-open', holdingBars: 1 })
const swing = riser('swing', { fill: 'next-open', holdingBars: 3 })
const bet = riser('closing-bet', { fill: 'close', holdingBars: 1 })

let clock: ManualClock
let store: FaultyStore

const market = () => {
  const made = flatMarket({ '000100': 10_000, '000200': 10_000 })
  const close = made.member('000100')?.series.columns['bars.close'] as Float64Array
  close[close.length - 2] = 9_800
  return made
}
/** A desk and what it tells of signals. */
const deskOf = (
  strategies: readonly Strategy[],
  more: Partial<LiveDeskOptions> = {},
): { desk: LiveDesk; told: string[] } => {
  const desk = createLiveDesk({ market: market(), strategies, signals: store, clock, ...more })
  const told: string[] = []
  desk.events.on('signal', ({ kind, signal }) => told.push(`${kind} ${signal.ticker}`))
  return { desk, told }
}
async function saveEvening(strategy: Strategy): Promise<void> {
  const { asOf, cards } = scanMarket(market(), [strategy], YESTERDAY)
  const scan: FinishedScan = {
    asOf,
    strategies: [strategy.id],
    eligible: 2,
    cards: (cards.get(strategy.id) ?? []).filter(({ screen }) => screen.passed),
    fills: { [strategy.id]: strategy.plan?.fill ?? 'close' },
  }
  await store.saveScan(scan)
}
const EXIT = { exitDate: TODAY, exitPrice: 1, reason: 'stop', returnRate: 0, at: null }

beforeEach(() => {
  clock = manualClock(at('08:50'))
  store = faultyStore(memorySignalStore())
})

describe('two desks on one store', () => {
  it('open a signal once, tell it once, and close it once', async () => {
    const [a, b] = [deskOf([day]), deskOf([day])]
    await a.desk.loadSignals()
    await b.desk.loadSignals()
    for (const { desk } of [a, b]) desk.update(tick('000200', '09:01', 10_300, 20))
    await settled()
    expect([...a.told, ...b.told]).toEqual(['opened 000200', 'opened 000200'])
    const other = deskOf([day])
    await other.desk.loadSignals()
    other.desk.update(tick('000200', '09:02', 10_400, 30))
    expect(await store.findSignals()).toHaveLength(1)
  })

  it('that saw other prices follow the signal of the first', async () => {
    const [a, b] = [deskOf([day]), deskOf([day])]
    await a.desk.loadSignals()
    await b.desk.loadSignals()
    a.desk.update(tick('000200', '09:01', 10_300, 20))
    await a.desk.flush()
    b.desk.update(tick('000200', '09:02', 10_400, 30))
    await b.desk.flush()
    expect(b.told).toEqual([])
    expect(b.desk.signals()).toMatchObject([{ entry: { price: 10_300 } }])
    b.desk.update(tick('000200', '09:03', 9_900, 40))
    a.desk.update(tick('000200', '09:04', 9_800, 50))
    await b.desk.flush()
    await a.desk.flush()
    expect([...a.told, ...b.told]).toEqual(['opened 000200', 'closed 000200'])
    expect([a.desk.signals(), b.desk.signals()]).toEqual([[], []])
  })
})

describe('what others wrote', () => {
  it('meanwhile counts: an entry', async () => {
    await saveEvening(swing)
    const { desk, told } = deskOf([swing])
    await desk.loadSignals()
    const [waiting] = await store.findSignals()
    if (waiting === undefined) throw new Error('a signal was saved')
    const fill = { date: TODAY, price: 10_010, target: 10_500, stop: 9_710 }
    await store.enterSignal(waiting, fill)
    desk.update(tick('000100', '09:00', 10_050, 10))
    await desk.flush()
    expect(told).toEqual([])
    expect(desk.signals()).toMatchObject([{ entry: { price: 10_010 }, stop: 9_710 }])
  })

  it('meanwhile counts: an end', async () => {
    await saveEvening(swing)
    await saveEvening(bet)
    const { desk, told } = deskOf([swing, bet])
    await desk.loadSignals()
    for (const signal of await store.findSignals()) await store.closeSignal(signal, EXIT)
    desk.update(tick('000100', '09:00', 9_000, 10))
    await desk.flush()
    expect(told).toEqual([])
    expect(desk.signals()).toEqual([])
  })

  it('is taken over when it is asked for', async () => {
    await saveEvening(swing)
    await saveEvening(bet)
    const { desk, told } = deskOf([swing, bet])
    await desk.loadSignals()
    const [first, second] = await store.findSignals()
    if (first === undefined || second === undefined) throw new Error('two signals were saved')
    const [waiting, bought] = first.strategyId === 'swing' ? [first, second] : [second, first]
    await store.enterSignal(waiting, { date: TODAY, price: 10_010, target: 10_500, stop: 9_710 })
    await store.closeSignal(bought, EXIT)
    await desk.loadSignals()
    expect(desk.signals()).toMatchObject([{ strategyId: 'swing', entry: { price: 10_010 } }])
    await desk.loadSignals()
    expect(desk.signals()).toHaveLength(1)
    expect(told).toEqual([])
  })

  it('of today is not opened again', async () => {
    const first = deskOf([day])
    await first.desk.loadSignals()
    first.desk.update(tick('000200', '09:01', 10_300, 20))
    first.desk.update(tick('000200', '09:02', 9_900, 30))
    await first.desk.flush()
    clock = manualClock(at('09:10'))
    const { desk, told } = deskOf([day])
    await desk.loadSignals()
    desk.update(tick('000200', '09:11', 10_300, 40))
    await desk.flush()
    expect(told).toEqual([])
    expect(await store.findSignals()).toHaveLength(1)
  })
})

describe('a store that is gone', () => {
  it('is said, and what was decided is kept until it is back', async () => {
    const { desk, told } = deskOf([day])
    const heard: string[] = []
    desk.events.on('store:failed', ({ pending, retryMs }) => heard.push(`${pending} ${retryMs}`))
    desk.events.on('store:recovered', () => heard.push('recovered'))
    await desk.loadSignals()
    store.plan(['refuses', 'refuses'])
    desk.update(tick('000200', '09:01', 10_300, 20))
    desk.update(tick('000200', '09:02', 9_900, 30))
    await settled()
    expect([desk.pending(), told]).toEqual([2, []])
    await clock.advance(1000)
    expect(heard).toEqual(['2 100', '2 200', 'recovered'])
    expect([desk.pending(), told]).toEqual([0, ['opened 000200', 'closed 000200']])
  })

  it('opens nothing more when too much waits for it, but closes', async () => {
    await saveEvening(bet)
    const { desk, told } = deskOf([day, bet], { maximumPending: 1 })
    await desk.loadSignals()
    store.plan(Array(20).fill('refuses'))
    desk.update(tick('000100', '09:01', 9_000, 20))
    desk.update(tick('000200', '09:02', 10_300, 30))
    expect(desk.pending()).toBe(1)
    await clock.advance(600_000)
    expect(told).toEqual(['closed 000100'])
  })

  it('after it took a closing bet tells of it once', async () => {
    const { desk, told } = deskOf([bet])
    await desk.loadSignals()
    desk.update(tick('000200', '15:10', 10_300, 20))
    store.plan(['loses', 'works', 'refuses'])
    const run = desk.runClosingBet(at('15:12'))
    await clock.advance(10_000)
    expect((await run).map(({ ticker }) => ticker)).toEqual(['000200'])
    expect(told).toEqual(['opened 000200'])
  })

  it('is asked for its signals until it gives them', async () => {
    await saveEvening(bet)
    const { desk } = deskOf([bet])
    store.plan(['refuses', 'works', 'refuses'])
    const loaded = desk.loadSignals()
    await clock.advance(10_000)
    await loaded
    expect(desk.signals()).toHaveLength(1)
  })
})
