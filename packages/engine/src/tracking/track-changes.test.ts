import { epochMsOfKst, type SignalStore } from '@ralph-stock/core'
import { memorySignalStore } from '@ralph-stock/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { type DayPrices, rowsOf, SIGNAL_DATE, sessionAfter } from './testing-signals.js'
import {
  afterCosts,
  atClose,
  atOpen,
  CALM,
  dayTrade,
  openSignal,
  track,
  UP,
} from './testing-tracking.js'

let signals: SignalStore
beforeEach(() => {
  signals = memorySignalStore()
})

describe('signals of stocks that stop trading', () => {
  const quiet = (sessions: number): DayPrices[] => Array.from({ length: sessions }, () => null)

  it('wait while the stock is halted, however long', async () => {
    await openSignal(signals, atClose)
    const halts = Array.from({ length: 30 }, (): DayPrices => 'halt')
    expect(await track(signals, { '000010': [CALM, ...halts] }, 30)).toMatchObject({
      closed: [],
      open: 1,
    })
  })

  it('wait while rows are missing for a few sessions, and go on after them', async () => {
    await openSignal(signals, atClose)
    expect(await track(signals, { '000010': [CALM, ...quiet(19)] }, 19)).toMatchObject({ open: 1 })
    const report = await track(signals, { '000010': [CALM, ...quiet(19), UP] }, 20)
    expect(report.closed).toMatchObject([{ exit: { exitDate: sessionAfter(20) } }])
  })

  it('end at the last close when the stock is gone for twenty sessions', async () => {
    await openSignal(signals, atClose)
    const report = await track(signals, { '000010': [CALM, [9_900, 9_950, 9_800, 9_850]] }, 21)
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
    await openSignal(signals, atClose, '000010', { enteredAt: epochMsOfKst(SIGNAL_DATE, '11:00') })
    await openSignal(signals, atOpen, '000020')
    const report = await track(signals, { '000020': [CALM] }, 20)
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
    await openSignal(signals, atClose, '000010')
    await openSignal(signals, atOpen, '000010')
    await openSignal(signals, dayTrade, '000010', { enteredAt: epochMsOfKst(SIGNAL_DATE, '11:00') })
    const report = await track(signals, { '000010': rows }, 2)
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
    await openSignal(signals, atClose)
    const rows = rowsOf([10_000, 10_100, 9_900, 10_010], [10_000, 11_500, 9_990, 11_400])
    expect((await track(signals, { '000010': rows }, 1)).closed).toMatchObject([
      { exit: { exitPrice: 11_500, reason: 'target' } },
    ])
  })

  it('are bought at the printed open when the split came after it', async () => {
    await openSignal(signals, atOpen)
    const rows = rowsOf(...DAYS).map((row, k) => ({
      ...row,
      rawClose: row.close * (k < 2 ? 5 : 1),
    }))
    const { entered, closed } = await track(signals, { '000010': rows }, 2)
    expect(entered).toMatchObject([{ entry: { price: 10_000 }, target: 11_500, stop: 9_500 }])
    expect(closed).toMatchObject([{ exit: { exitPrice: 2_300, reason: 'target' } }])
  })
})
