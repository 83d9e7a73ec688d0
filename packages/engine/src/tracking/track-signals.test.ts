import { epochMsOfKst, type SignalStore } from '@ralph-stock/core'
import { memorySignalStore } from '@ralph-stock/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  barStoreOf,
  type DayPrices,
  rowsOf,
  SIGNAL_DATE,
  sessionAfter,
  strategyOf,
} from './testing-signals.js'
import {
  afterCosts,
  atClose,
  atOpen,
  CALM,
  dayTrade,
  evening,
  openSignal,
  STRATEGIES,
  track,
  UP,
} from './testing-tracking.js'
import { trackSignals } from './track-signals.js'

let signals: SignalStore
beforeEach(() => {
  signals = memorySignalStore()
})

describe('following signals', () => {
  it('closes one that was bought at the close', async () => {
    const signal = await openSignal(signals, atClose)
    const report = await track(signals, { '000010': [CALM, CALM, UP] }, 2)
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
    await openSignal(signals, atOpen)
    const bought = await track(signals, { '000010': [CALM, [10_400, 10_500, 10_300, 10_400]] }, 1)
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
      signals,
      { '000010': [CALM, [10_400, 10_500, 10_300, 10_400], [10_000, 10_100, 9_880, 10_000]] },
      2,
    )
    expect(later.closed).toMatchObject([
      { exit: { exitPrice: 9_880, reason: 'stop', returnRate: afterCosts(10_400, 9_880, 2) } },
    ])
  })

  it('buys and closes a day trade in one session', async () => {
    await openSignal(signals, dayTrade, '000010')
    await openSignal(signals, dayTrade, '000020')
    await openSignal(signals, dayTrade, '000030')
    const report = await track(
      signals,
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
    await openSignal(signals, atOpen, '000010', { enteredAt: at })
    await openSignal(signals, dayTrade, '000020', { enteredAt: at })
    const first = await track(signals, { '000010': [wild], '000020': [wild] }, 0)
    expect(first.closed).toMatchObject([
      { ticker: '000020', exit: { reason: 'expired', exitPrice: 10_400, exitDate: SIGNAL_DATE } },
    ])
    const second = await track(signals, { '000010': [wild, [9_300, 9_400, 9_200, 9_300]] }, 1)
    expect(second.closed).toMatchObject([{ exit: { reason: 'stop', exitPrice: 9_300 } }])
  })

  it('does not buy what is halted or locked, and says so without a price', async () => {
    await openSignal(signals, atOpen, '000010')
    await openSignal(signals, dayTrade, '000020')
    const limitUp: DayPrices = [13_000, 13_000, 13_000, 13_000]
    const report = await track(signals, { '000010': [CALM, 'halt'], '000020': [CALM, limitUp] }, 1)
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
    await openSignal(signals, atClose, '000010', { fills: { 'at-close': 'next-open' } })
    await openSignal(signals, atClose, '000020', {}, { plan: null })
    const report = await track(signals, { '000010': [CALM], '000020': [CALM] }, 0)
    expect(report.entered).toMatchObject([
      { ticker: '000010', entry: { date: SIGNAL_DATE, price: 10_000 }, target: 11_500 },
    ])
    expect(report.closed).toMatchObject([{ ticker: '000020', exit: { reason: 'unfilled' } }])
  })

  it('reads no session that has not closed, nor one after the date asked for', async () => {
    await openSignal(signals, atClose)
    const days = { '000010': [CALM, UP] }
    const noon = await track(signals, days, 1, { now: epochMsOfKst(sessionAfter(1), '15:29') })
    expect([noon.through < sessionAfter(1), noon.closed]).toEqual([true, []])
    const asked = await track(signals, days, 1, { through: SIGNAL_DATE })
    expect([asked.through, asked.closed]).toEqual([SIGNAL_DATE, []])
    expect((await track(signals, days, 1, { through: '2026-12-31' })).closed).toHaveLength(1)
    await expect(track(signals, days, 1, { through: 'tomorrow' })).rejects.toMatchObject({
      code: 'E_DATE_INVALID',
    })
  })

  it('leaves signals of strategies that it does not know alone', async () => {
    const other = await openSignal(signals, strategyOf('other'))
    const report = await track(signals, { '000010': [CALM, UP] }, 1)
    expect(report).toMatchObject({ entered: [], closed: [], open: 0, untracked: [other] })
    expect(await signals.findSignals({ status: 'OPEN' })).toEqual([other])
  })

  it('loads once, and nothing when nothing is open', async () => {
    const store = barStoreOf({ '000010': rowsOf(CALM), '000020': rowsOf(CALM) }, 40)
    const request = { store, signals, strategies: STRATEGIES, now: evening(0) }
    await trackSignals(request)
    expect(store.loads).toBe(0)
    await openSignal(signals, atClose, '000010')
    await openSignal(signals, atClose, '000020')
    expect(await trackSignals(request)).toMatchObject({ open: 2, closed: [] })
    expect(store.loads).toBe(1)
  })
})
