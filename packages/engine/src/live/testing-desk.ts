import {
  type Clock,
  createMarket,
  createSeries,
  criterion,
  dayNumber,
  defineStrategy,
  epochMsOfKst,
  fromDayNumber,
  krxCalendar,
  type Market,
  RalphError,
  type SignalStore,
  type Stock,
  type Strategy,
  bars as sources,
  type Tick,
  tradeDate,
  unlistedStock,
} from '@ralph-stock/core'

/** The session that the tests are in, a Wednesday; the history ends the day before. */
export const TODAY: string = '2026-02-11'
export const YESTERDAY: string = '2026-02-10'

/** An instant of a session, KST. */
export function at(time: string, date: string = TODAY): number {
  return epochMsOfKst(tradeDate(date), time)
}

/** A clock that stands still until it is moved. */
export type ManualClock = Clock & {
  /** Moves to an instant, running what is due on the way, in order. */
  moveTo(ms: number): Promise<void>
  advance(ms: number): Promise<void>
  waiting(): number
}

/** Makes a clock that a test moves. */
export function manualClock(start: number): ManualClock {
  let now = start
  let timers: { readonly at: number; readonly run: () => void }[] = []
  const clock: ManualClock = {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return {
        stop: () => {
          timers = timers.filter((one) => one !== timer)
        },
      }
    },
    async moveTo(ms) {
      await settled()
      for (;;) {
        const [first] = timers.filter((one) => one.at <= ms).sort((a, b) => a.at - b.at)
        if (first === undefined) break
        timers = timers.filter((one) => one !== first)
        now = Math.max(now, first.at)
        first.run()
        await settled()
      }
      now = Math.max(now, ms)
      await settled()
    },
    advance: (ms) => clock.moveTo(now + ms),
    waiting: () => timers.length,
  }
  return clock
}

/** Lets everything that waits for a promise go on. */
export async function settled(): Promise<void> {
  for (let k = 0; k < 20; k++) await Promise.resolve()
}

/** A store that refuses calls when told to, before or after it has taken them. */
export type FaultyStore = SignalStore & {
  /** What happens to the next calls, in order: each is one of the three; `works` when it runs out. */
  plan(faults: readonly Fault[]): void
  calls(): readonly string[]
}

/** `loses` takes the write and loses the answer. */
export type Fault = 'works' | 'refuses' | 'loses'

/** Puts faults before a store. */
export function faultyStore(store: SignalStore): FaultyStore {
  let faults: Fault[] = []
  const calls: string[] = []
  const gone = (): RalphError => new RalphError('E_STORE_CONNECTION', 'the store is gone')
  const through = async <T>(name: string, call: () => Promise<T>): Promise<T> => {
    const fault = faults.shift() ?? 'works'
    calls.push(`${name} ${fault}`)
    if (fault === 'refuses') throw gone()
    const result = await call()
    if (fault === 'loses') throw gone()
    return result
  }
  return {
    plan(next) {
      faults = [...next]
    },
    calls: () => calls,
    saveScan: (scan) => through('save', () => store.saveScan(scan)),
    findSignals: (query) => through('find', () => store.findSignals(query)),
    enterSignal: (key, fill) => through('enter', () => store.enterSignal(key, fill)),
    closeSignal: (key, exit) => through('close', () => store.closeSignal(key, exit)),
    close: () => store.close(),
  }
}

/** The `count` sessions up to yesterday, oldest first. */
export function sessionsBefore(count: number): string[] {
  const calendar = krxCalendar()
  const last = dayNumber(tradeDate(YESTERDAY))
  return calendar.between(calendar.shift(last, 1 - count), last).map(fromDayNumber)
}

/** A market of flat stocks at their prices, with 30 sessions up to yesterday. */
export function flatMarket(
  prices: Readonly<Record<string, number>>,
  listings: Readonly<Record<string, Partial<Stock>>> = {},
): Market {
  const dates = sessionsBefore(30)
  const seriesOf = (ticker: string, price: number) =>
    createSeries({
      ticker,
      bars: dates.map((date) => {
        return { date, open: price, high: price, low: price, close: price, volume: 1000 }
      }),
    })
  return createMarket({
    stocks: Object.entries(prices).map(([ticker, price]) => ({
      stock: { ...unlistedStock(ticker), name: ticker, market: 'KOSPI', ...listings[ticker] },
      series: seriesOf(ticker, price),
    })),
    indexes: { KOSPI: seriesOf('KOSPI', 2500), KOSDAQ: seriesOf('KOSDAQ', 800) },
  })
}

const TEXT = { ko: '상승', en: 'Rise' }

/** Ten points for a close at least 2 % above the day before; target 105 %, stop 97 %. */
export function riser(
  id: string,
  plan: { fill: 'close' | 'next-open'; holdingBars: number },
): Strategy {
  return defineStrategy({
    id,
    version: '1.0.0',
    maxScore: 10,
    lookback: 2,
    criteria: [
      criterion({
        id: `${id}.rise`,
        maxPoints: 10,
        label: TEXT,
        inputs: { close: sources.close, before: sources.close.shift(1), volume: sources.volume },
        score: ({ close, before }) => (close >= 1.02 * before ? 10 : 0),
      }),
    ],
    grades: { A: 10 },
    screen: { minimumGrade: 'A' },
    plan: {
      targetPercent: 105,
      stopPercent: 97,
      positionPercent: 10,
      capital: 10_000_000,
      ...plan,
    },
  })
}

/** A tick of today. */
export function tick(
  ticker: string,
  time: string,
  price: number,
  volume: number,
  more: Partial<Tick> = {},
): Tick {
  return { ticker, at: at(time), price, volume, ...more }
}
