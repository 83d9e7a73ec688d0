import {
  fromDayNumber,
  type Market,
  type MinuteRows,
  type SignalStore,
  type StoredSignal,
  type Strategy,
  scanMarket,
  type Tick,
} from '@ralph-stock/core'
import { memorySignalStore } from '@ralph-stock/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLiveDesk, type LiveDesk, type SignalNews } from './index.js'
import {
  at,
  type Fault,
  faultyStore,
  flatMarket,
  manualClock,
  riser,
  settled,
  TODAY,
} from './testing-desk.js'

const TICKERS = ['000100', '000200', '000300'] as const
const RISERS: readonly Strategy[] = [
  riser('daytrade', { fill: 'next-open', holdingBars: 1 }),
  riser('swing', { fill: 'next-open', holdingBars: 2 }),
  riser('closing-bet', { fill: 'close', holdingBars: 1 }),
]

/** A stock, and where its price stands, in percent of the day before. */
const moves = fc.array(
  fc.record({ stock: fc.nat({ max: 2 }), percent: fc.integer({ min: 90, max: 112 }) }),
  { minLength: 1, maxLength: 40 },
)

/** One tick a minute, ten seconds after it began. */
function ticksOfMoves(
  list: ReadonlyArray<{ readonly stock: number; readonly percent: number }>,
): Tick[] {
  return list.map(({ stock, percent }, k) => ({
    ticker: TICKERS[stock] as string,
    at: at('09:00') + k * 60_000 + 10_000,
    price: 100 * percent,
    volume: 10 * (k + 1),
  }))
}

function history(): Market {
  const market = flatMarket(Object.fromEntries(TICKERS.map((ticker) => [ticker, 10_000])))
  for (const { series } of market.members) {
    const close = series.columns['bars.close'] as Float64Array
    close[close.length - 2] = 9_800
  }
  return market
}

/** Signals of the evening before: one waits for the open, one was bought at the close. */
async function eveningStore(): Promise<SignalStore> {
  const store = memorySignalStore(() => 0)
  const market = history()
  const asOf = fromDayNumber(market.sessions.at(-1) as number)
  const strategies = RISERS.slice(1)
  const scan = scanMarket(market, strategies, asOf)
  await store.saveScan({
    asOf,
    strategies: strategies.map(({ id }) => id),
    eligible: 3,
    cards: strategies.flatMap(({ id }) => scan.cards.get(id) ?? []),
    fills: { swing: 'next-open', 'closing-bet': 'close' },
  })
  return store
}

const deskOn = (store: SignalStore, clock = manualClock(at('08:50'))): LiveDesk =>
  createLiveDesk({ market: history(), strategies: RISERS, signals: store, clock })

/** What a signal is, whoever numbered it and whenever its end was noticed. */
function essence({ id: _, createdAt: __, exit, card: ___, ...rest }: StoredSignal): unknown {
  return { ...rest, exit: exit === null ? null : { ...exit, at: null } }
}
const byName = (list: readonly StoredSignal[]): unknown[] =>
  [...list]
    .sort((a, b) => (`${a.strategyId}${a.ticker}` < `${b.strategyId}${b.ticker}` ? -1 : 1))
    .map(essence)

async function uninterrupted(ticks: readonly Tick[]): Promise<StoredSignal[]> {
  const store = await eveningStore()
  const desk = deskOn(store)
  await desk.loadSignals()
  for (const tick of ticks) desk.update(tick)
  await desk.endSession(TODAY)
  return await store.findSignals()
}

/** What a source would tell of the minutes of some ticks. */
function minutesOf(ticker: string, ticks: readonly Tick[]): MinuteRows {
  const own = ticks.filter((tick) => tick.ticker === ticker)
  const prices = Float64Array.from(own, ({ price }) => price)
  return {
    ticker,
    venue: 'KRX',
    length: own.length,
    openTime: Float64Array.from(own, (tick) => tick.at - 10_000),
    open: prices,
    high: prices,
    low: prices,
    close: prices,
    volume: Float64Array.from(own, (tick, k) => tick.volume - (own[k - 1]?.volume ?? 0)),
  }
}

describe('a desk that is killed', () => {
  it('and built anew goes on as if nothing had happened', async () => {
    await fc.assert(
      fc.asyncProperty(moves, fc.nat(), async (list, place) => {
        const ticks = ticksOfMoves(list)
        const kill = place % (ticks.length + 1)
        const store = await eveningStore()
        const first = deskOn(store)
        await first.loadSignals()
        for (const tick of ticks.slice(0, kill)) first.update(tick)
        await first.flush()
        first.close()
        const second = deskOn(store, manualClock(at('09:00') + kill * 60_000))
        await second.loadSignals()
        for (const ticker of TICKERS) {
          second.replay(ticker, minutesOf(ticker, ticks.slice(0, kill)))
        }
        for (const tick of ticks.slice(kill)) second.update(tick)
        await second.endSession(TODAY)
        expect(byName(await store.findSignals())).toEqual(byName(await uninterrupted(ticks)))
      }),
      { numRuns: 50 },
    )
  })

  it('finds what open signals met while it was down', async () => {
    await fc.assert(
      fc.asyncProperty(moves, fc.nat(), fc.nat(), async (list, place, length) => {
        const ticks = ticksOfMoves(list)
        const kill = place % (ticks.length + 1)
        const back = kill + (length % (ticks.length - kill + 1))
        const store = await eveningStore()
        const first = deskOn(store)
        await first.loadSignals()
        for (const tick of ticks.slice(0, kill)) first.update(tick)
        await first.flush()
        first.close()
        const known = (await store.findSignals()).map(({ strategyId, id }) => `${strategyId} ${id}`)
        const second = deskOn(store, manualClock(at('09:00') + back * 60_000))
        await second.loadSignals()
        for (const ticker of TICKERS) {
          second.replay(ticker, minutesOf(ticker, ticks.slice(0, back)))
        }
        for (const tick of ticks.slice(back)) second.update(tick)
        await second.endSession(TODAY)
        const all = await store.findSignals()
        const own = all.filter(({ strategyId, id }) => known.includes(`${strategyId} ${id}`))
        const truth = await uninterrupted(ticks)
        const names = own.map(({ strategyId, ticker }) => `${strategyId} ${ticker}`)
        expect(byName(own)).toEqual(
          byName(truth.filter((one) => names.includes(`${one.strategyId} ${one.ticker}`))),
        )
        const signals = all.map(({ strategyId, ticker }) => `${strategyId} ${ticker}`)
        expect(new Set(signals).size).toBe(signals.length)
      }),
      { numRuns: 50 },
    )
  })
})

describe('a store that fails at any moment', () => {
  const faults = fc.array(fc.constantFrom<Fault>('works', 'refuses', 'loses'), { maxLength: 60 })

  it('loses nothing, repeats nothing, and is told of once', async () => {
    await fc.assert(
      fc.asyncProperty(moves, faults, async (list, plan) => {
        const ticks = ticksOfMoves(list)
        const store = faultyStore(await eveningStore())
        const clock = manualClock(at('08:50'))
        const desk = deskOn(store, clock)
        const news: SignalNews[] = []
        desk.events.on('signal', (one) => news.push(one))
        await desk.loadSignals()
        store.plan(plan)
        for (const tick of ticks) {
          await clock.moveTo(tick.at)
          desk.update(tick)
          await settled()
        }
        const ended = desk.endSession(TODAY)
        for (let k = 0; k < 200 && desk.pending() > 0; k++) await clock.advance(30_000)
        await ended
        expect(desk.pending()).toBe(0)
        store.plan([])
        expect(byName(await store.findSignals())).toEqual(byName(await uninterrupted(ticks)))
        const told = news.map(({ kind, signal }) => `${kind} ${signal.strategyId} ${signal.id}`)
        expect(new Set(told).size).toBe(told.length)
        const stored = await store.findSignals()
        const count = (kind: string): number => news.filter((one) => one.kind === kind).length
        const wereOpened = stored.filter(({ signalDate }) => signalDate === TODAY)
        expect(count('opened')).toBe(wereOpened.length)
        expect(count('closed')).toBe(stored.filter(({ status }) => status === 'CLOSED').length)
        const wereEntered = stored.filter(
          ({ entry, signalDate }) => entry !== null && entry.date !== signalDate,
        )
        expect(count('entered')).toBe(wereEntered.length)
      }),
      { numRuns: 50 },
    )
  })
})
