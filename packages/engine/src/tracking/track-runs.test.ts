import type { SignalStore } from '@ralph-stock/core'
import { memorySignalStore } from '@ralph-stock/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DayPrices } from './testing-signals.js'
import { atClose, atOpen, CALM, dayTrade, openSignal, track, UP } from './testing-tracking.js'

let signals: SignalStore
beforeEach(() => {
  signals = memorySignalStore()
})

describe('a run', () => {
  const stocks = {
    '000010': [CALM, UP],
    '000020': [CALM, [10_100, 10_700, 10_000, 10_250] as DayPrices],
    '000030': [CALM, 'halt' as DayPrices],
    '000040': [CALM, CALM],
  }
  const fill = async (): Promise<void> => {
    await openSignal(signals, atClose, '000010')
    await openSignal(signals, dayTrade, '000020')
    await openSignal(signals, atOpen, '000030')
    await openSignal(signals, atOpen, '000040')
  }

  it('changes nothing the second time', async () => {
    await fill()
    await track(signals, stocks, 1)
    const first = await signals.findSignals()
    expect(await track(signals, stocks, 1)).toMatchObject({ entered: [], closed: [], open: 1 })
    expect(await signals.findSignals()).toEqual(first)
  })

  it('that is killed before any of its writes is finished by the next', async () => {
    await fill()
    await track(signals, stocks, 1)
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
      const run = track(signals, stocks, 1, { signals: frail })
      if (kept < 5) await expect(run).rejects.toThrow('killed')
      else await run
      await track(signals, stocks, 1)
      expect(await signals.findSignals()).toEqual(whole)
    }
  })

  it('beside another reports each change once between them', async () => {
    await fill()
    const reports = await Promise.all([track(signals, stocks, 1), track(signals, stocks, 1)])
    const closed = reports.flatMap((report) => report.closed.map(({ ticker }) => ticker))
    expect(closed.sort()).toEqual(['000010', '000020', '000030'])
    const entered = reports.flatMap((report) => report.entered.map(({ ticker }) => ticker))
    expect(entered.sort()).toEqual(['000020', '000040'])
  })

  it('hands over what the store refuses', async () => {
    await fill()
    const broken: SignalStore = { ...signals, closeSignal: () => Promise.reject(new Error('disk')) }
    await expect(track(signals, stocks, 1, { signals: broken })).rejects.toThrow('disk')
  })
})
