import {
  type Bar,
  epochMsOfKst,
  type FinishedScan,
  krxCalendar,
  type ScoreCard,
  type SignalStore,
  type StoredSignal,
  type Strategy,
} from '@ralph-stock/core'
import { memorySignalStore } from '@ralph-stock/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { netReturn } from './costs.js'
import {
  barStoreOf,
  cardOf,
  type DayPrices,
  rowsOf,
  SIGNAL_DATE,
  sessionAfter,
  strategyOf,
} from './testing-signals.js'
import { type TrackingRequest, trackSignals } from './track-signals.js'

const CALM: DayPrices = [10_000, 10_100, 9_900, 10_000]
const UP: DayPrices = [10_200, 11_600, 10_100, 11_000]
const atClose = strategyOf('at-close')
const atOpen = strategyOf('at-open', { fill: 'next-open' })
const dayTrade = strategyOf('daytrade', {
  fill: 'next-open',
  holdingBars: 1,
  targetPercent: 105,
  stopPercent: 97,
})
const strategies = [atClose, atOpen, dayTrade]
const FILLS = Object.fromEntries(strategies.map(({ id, plan }) => [id, plan?.fill ?? 'close']))
const evening = (session: number): number => epochMsOfKst(sessionAfter(session), '16:00')

let signals: SignalStore
beforeEach(() => {
  signals = memorySignalStore()
})

async function open(
  strategy: Strategy,
  ticker = '000010',
  more: Partial<FinishedScan> = {},
  facts: Partial<ScoreCard> = {},
): Promise<StoredSignal> {
  const cards = [cardOf(strategy, ticker, facts)]
  const scan = { asOf: SIGNAL_DATE, strategies: [strategy.id], eligible: 1, fills: FILLS, cards }
  const saved = await signals.saveScan({ ...scan, ...more })
  // Sound: no stock has an open signal of the strategy yet.
  return saved.signals[0] as StoredSignal
}

function track(
  stocks: Readonly<Record<string, readonly DayPrices[] | readonly Bar[]>>,
  session: number,
  more: Partial<TrackingRequest> = {},
): ReturnType<typeof trackSignals> {
  const rows = Object.fromEntries(
    Object.entries(stocks).map(([ticker, days]) => [
      ticker,
      // Sound: a list holds prices or rows, told apart by its first one that is there.
      days.some((day) => day !== null && typeof day === 'object' && 'date' in day)
        ? (days as readonly Bar[])
        : rowsOf(...(days as readonly DayPrices[])),
    ]),
  )
  const store = barStoreOf(rows, 40)
  return trackSignals({ store, signals, strategies, now: evening(session), ...more })
}

const afterCosts = (entry: number, exit: number, session: number): number =>
  netReturn(entry, exit, { date: sessionAfter(session), market: 'KOSPI', calendar: krxCalendar() })

describe('following signals', () => {
  it('closes one that was bought at the close', async () => {
    const signal = await open(atClose)
    const report = await track({ '000010': [CALM, CALM, UP] }, 2)
    expect(report).toMatchObject({ through: sessionAfter(2), entered: [], open: 0, untracked: [] })
    expect(report.closed).toEqual([
      {
        ...signal,
        status: 'CLOSED',
        exit: {
          exitDate: sessionAfter(2),
          exitPrice: 11_500,
          reason: 'target',
          returnRate: afterCosts(10_000, 11_500, 2),
          at: null,
        },
      },
    ])
    expect(await signals.findSignals()).toEqual(report.closed)
  })

  it('buys a waiting one at the next open, with levels of that price', async () => {
    await open(atOpen)
    const bought = await track({ '000010': [CALM, [10_400, 10_500, 10_300, 10_400]] }, 1)
    expect(bought.closed).toEqual([])
    expect(bought.entered).toMatchObject([
      {
        entry: { date: sessionAfter(1), price: 10_400, at: null },
        // 115 % is 11,960; 95 % is 9,880.
        target: 11_960,
        stop: 9_880,
        card: { plan: { entry: 10_000, target: 11_500 } },
      },
    ])
    const later = await track(
      { '000010': [CALM, [10_400, 10_500, 10_300, 10_400], [10_000, 10_100, 9_880, 10_000]] },
      2,
    )
    expect(later.closed).toMatchObject([
      { exit: { exitPrice: 9_880, reason: 'stop', returnRate: afterCosts(10_400, 9_880, 2) } },
    ])
  })

  it('buys and closes a day trade in one session', async () => {
    await open(dayTrade, '000010')
    await open(dayTrade, '000020')
    await open(dayTrade, '000030')
    const report = await track(
      {
        '000010': [CALM, [10_100, 10_300, 10_000, 10_250]],
        '000020': [CALM, [10_100, 10_700, 10_000, 10_250]],
        '000030': [CALM, [10_100, 10_300, 9_700, 10_250]],
      },
      1,
    )
    expect(report.entered).toHaveLength(3)
    expect(report.closed.map(({ exit }) => [exit?.reason, exit?.exitPrice])).toEqual([
      ['expired', 10_250],
      ['target', 10_600],
      ['stop', 9_800],
    ])
    expect(new Set(report.closed.map(({ exit }) => exit?.exitDate))).toEqual(
      new Set([sessionAfter(1)]),
    )
  })

  it('leaves one that was entered live to the bars after its day', async () => {
    const wild: DayPrices = [10_000, 12_000, 9_000, 10_400]
    const at = epochMsOfKst(SIGNAL_DATE, '11:00')
    await open(atOpen, '000010', { enteredAt: at })
    await open(dayTrade, '000020', { enteredAt: at })
    const first = await track({ '000010': [wild], '000020': [wild] }, 0)
    expect(first.closed).toMatchObject([
      { ticker: '000020', exit: { reason: 'expired', exitPrice: 10_400, exitDate: SIGNAL_DATE } },
    ])
    const second = await track({ '000010': [wild, [9_300, 9_400, 9_200, 9_300]] }, 1)
    expect(second.closed).toMatchObject([{ exit: { reason: 'stop', exitPrice: 9_300 } }])
  })

  it('does not buy what is halted or locked, and says so without a price', async () => {
    await open(atOpen, '000010')
    await open(dayTrade, '000020')
    const limitUp: DayPrices = [13_000, 13_000, 13_000, 13_000]
    const report = await track({ '000010': [CALM, 'halt'], '000020': [CALM, limitUp] }, 1)
    expect(report.entered).toEqual([])
    const exit = {
      exitDate: sessionAfter(1),
      exitPrice: null,
      reason: 'unfilled',
      returnRate: null,
      at: null,
    }
    expect(report.closed.map((signal) => [signal.entry, signal.exit])).toEqual([
      [null, exit],
      [null, exit],
    ])
  })

  it('enters a signal that was kept without an entry as its strategy says', async () => {
    await open(atClose, '000010', { fills: { 'at-close': 'next-open' } })
    await open(atClose, '000020', {}, { plan: null })
    const report = await track({ '000010': [CALM], '000020': [CALM] }, 0)
    expect(report.entered).toMatchObject([
      { ticker: '000010', entry: { date: SIGNAL_DATE, price: 10_000 }, target: 11_500 },
    ])
    expect(report.closed).toMatchObject([{ ticker: '000020', exit: { reason: 'unfilled' } }])
  })

  it('reads no session that has not closed, nor one after the date asked for', async () => {
    await open(atClose)
    const days = { '000010': [CALM, UP] }
    const noon = await track(days, 1, { now: epochMsOfKst(sessionAfter(1), '15:29') })
    expect([noon.through < sessionAfter(1), noon.closed]).toEqual([true, []])
    const asked = await track(days, 1, { through: SIGNAL_DATE })
    expect([asked.through, asked.closed]).toEqual([SIGNAL_DATE, []])
    expect((await track(days, 1, { through: '2026-12-31' })).closed).toHaveLength(1)
    await expect(track(days, 1, { through: 'tomorrow' })).rejects.toMatchObject({
      code: 'E_DATE_INVALID',
    })
  })

  it('leaves signals of strategies that it does not know alone', async () => {
    const other = await open(strategyOf('other'))
    const report = await track({ '000010': [CALM, UP] }, 1)
    expect(report).toMatchObject({ entered: [], closed: [], open: 0, untracked: [other] })
    expect(await signals.findSignals({ status: 'OPEN' })).toEqual([other])
  })

  it('loads once, and nothing when nothing is open', async () => {
    const store = barStoreOf({ '000010': rowsOf(CALM), '000020': rowsOf(CALM) }, 40)
    const request = { store, signals, strategies, now: evening(0) }
    await trackSignals(request)
    expect(store.loads).toBe(0)
    await open(atClose, '000010')
    await open(atClose, '000020')
    expect(await trackSignals(request)).toMatchObject({ open: 2, closed: [] })
    expect(store.loads).toBe(1)
  })
})

describe('signals of stocks that stop trading', () => {
  const quiet = (sessions: number): DayPrices[] => Array.from({ length: sessions }, () => null)

  it('wait while the stock is halted, however long', async () => {
    await open(atClose)
    const halts = Array.from({ length: 30 }, (): DayPrices => 'halt')
    expect(await track({ '000010': [CALM, ...halts] }, 30)).toMatchObject({ closed: [], open: 1 })
  })

  it('wait while rows are missing for a few sessions, and go on after them', async () => {
    await open(atClose)
    expect(await track({ '000010': [CALM, ...quiet(19)] }, 19)).toMatchObject({ open: 1 })
    const report = await track({ '000010': [CALM, ...quiet(19), UP] }, 20)
    expect(report.closed).toMatchObject([{ exit: { exitDate: sessionAfter(20) } }])
  })

  it('end at the last close when the stock is gone for twenty sessions', async () => {
    await open(atClose)
    const report = await track({ '000010': [CALM, [9_900, 9_950, 9_800, 9_850]] }, 21)
    expect(report.closed).toMatchObject([
      {
        exit: {
          exitDate: sessionAfter(1),
          exitPrice: 9_850,
          reason: 'delisted',
          returnRate: afterCosts(10_000, 9_850, 1),
        },
      },
    ])
  })

  it('end at the entry when there was no bar since, and unfilled when never bought', async () => {
    await open(atClose, '000010', { enteredAt: epochMsOfKst(SIGNAL_DATE, '11:00') })
    await open(atOpen, '000020')
    const report = await track({ '000020': [CALM] }, 20)
    expect(report.closed.map(({ exit }) => exit)).toMatchObject([
      { reason: 'delisted', exitDate: SIGNAL_DATE, exitPrice: 10_000 },
      { reason: 'unfilled', exitDate: sessionAfter(1), exitPrice: null },
    ])
  })
})

describe('signals whose stock was split since', () => {
  // Five shares for one after the signal: earlier prices are a fifth of what was printed.
  const DAYS: readonly DayPrices[] = [
    [2_000, 2_020, 1_980, 2_000],
    [2_000, 2_050, 1_990, 2_040],
    [2_050, 2_310, 2_040, 2_200],
  ]
  const withRaw = rowsOf(...DAYS).map((row, k) => ({
    ...row,
    rawClose: row.close * (k === 0 ? 5 : 1),
  }))

  it.each([
    ['told by the printed closes', withRaw],
    ['told by the price that was paid', rowsOf(...DAYS)],
  ])('keep their levels in the new shares, %s', async (_, rows) => {
    await open(atClose, '000010')
    await open(atOpen, '000010')
    await open(dayTrade, '000010', { enteredAt: epochMsOfKst(SIGNAL_DATE, '11:00') })
    const report = await track({ '000010': rows }, 2)
    // 115 % of 2,000, of an open of 2,000, and the close of the day itself.
    expect(report.closed.map(({ strategyId, exit }) => [strategyId, exit?.reason])).toEqual([
      ['at-close', 'target'],
      ['at-open', 'target'],
      ['daytrade', 'expired'],
    ])
    const [close, , live] = report.closed
    expect(close?.exit).toMatchObject({
      exitPrice: 2_300,
      returnRate: expect.closeTo(afterCosts(2_000, 2_300, 2), 12),
    })
    expect(live?.exit?.returnRate).toBeCloseTo(afterCosts(2_000, 2_000, 0), 12)
  })

  it('take a small difference as a correction of the price, not as a split', async () => {
    await open(atClose)
    const rows = rowsOf([10_000, 10_100, 9_900, 10_010], [10_000, 11_500, 9_990, 11_400])
    expect((await track({ '000010': rows }, 1)).closed).toMatchObject([
      { exit: { exitPrice: 11_500, reason: 'target' } },
    ])
  })

  it('are bought at the printed open when the split came after it', async () => {
    await open(atOpen)
    const rows = rowsOf(...DAYS).map((row, k) => ({
      ...row,
      rawClose: row.close * (k < 2 ? 5 : 1),
    }))
    const { entered, closed } = await track({ '000010': rows }, 2)
    expect(entered).toMatchObject([{ entry: { price: 10_000 }, target: 11_500, stop: 9_500 }])
    expect(closed).toMatchObject([{ exit: { exitPrice: 2_300, reason: 'target' } }])
  })
})

describe('a run', () => {
  const stocks = {
    '000010': [CALM, UP],
    '000020': [CALM, [10_100, 10_700, 10_000, 10_250] as DayPrices],
    '000030': [CALM, 'halt' as DayPrices],
    '000040': [CALM, CALM],
  }
  const fill = async (): Promise<void> => {
    await open(atClose, '000010')
    await open(dayTrade, '000020')
    await open(atOpen, '000030')
    await open(atOpen, '000040')
  }

  it('changes nothing the second time', async () => {
    await fill()
    await track(stocks, 1)
    const first = await signals.findSignals()
    expect(await track(stocks, 1)).toMatchObject({ entered: [], closed: [], open: 1 })
    expect(await signals.findSignals()).toEqual(first)
  })

  it('that is killed before any of its writes is finished by the next', async () => {
    await fill()
    await track(stocks, 1)
    const whole = await signals.findSignals()
    for (let kept = 0; kept <= 5; kept++) {
      signals = memorySignalStore()
      await fill()
      let writes = 0
      const dying = <T>(write: () => Promise<T>): Promise<T> =>
        ++writes > kept ? Promise.reject(new Error('killed')) : write()
      const frail: SignalStore = {
        ...signals,
        enterSignal: (key, how) => dying(() => signals.enterSignal(key, how)),
        closeSignal: (key, how) => dying(() => signals.closeSignal(key, how)),
      }
      const run = track(stocks, 1, { signals: frail })
      if (kept < 5) await expect(run).rejects.toThrow('killed')
      else await run
      await track(stocks, 1)
      expect(await signals.findSignals()).toEqual(whole)
    }
  })

  it('beside another reports each change once between them', async () => {
    await fill()
    const reports = await Promise.all([track(stocks, 1), track(stocks, 1)])
    const closed = reports.flatMap((report) => report.closed.map(({ ticker }) => ticker))
    expect(closed.sort()).toEqual(['000010', '000020', '000030'])
    const entered = reports.flatMap((report) => report.entered.map(({ ticker }) => ticker))
    expect(entered.sort()).toEqual(['000020', '000040'])
  })

  it('hands over what the store refuses', async () => {
    await fill()
    const broken: SignalStore = { ...signals, closeSignal: () => Promise.reject(new Error('disk')) }
    await expect(track(stocks, 1, { signals: broken })).rejects.toThrow('disk')
  })
})
