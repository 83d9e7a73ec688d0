import { tradeDate } from '@ralph-stock/core'
import { type SignalNews, trackSignals } from '@ralph-stock/engine'
import { z } from 'zod'
import type { JobDefinition } from '../definition.js'
import { saveGate } from './market-gate.js'
import { runScan, type ScanAsked } from './scan.js'
import { outcomeOf, runSync } from './sync.js'
import type { Work } from './work.js'

const payload = z.object({ date: z.iso.date() })

/** Scanned after every session: those whose cards become signals. */
export const SCANNED_DAILY: ScanAsked['strategy'] = ['closing-bet', 'vcp', 'daytrade']
const STEPS = 4

/**
 * After the close: the whole day is synced, live signals that end with the session are closed, the
 * others followed by the final bars, the market scanned, and the gate kept.
 */
export function afterCloseJob(work: Work): JobDefinition {
  return {
    lane: 'sync',
    attempts: 10,
    async run(given, run) {
      const { date } = payload.parse(given)
      const synced = await runSync(work, run)
      const step = (done: number, name: string): void =>
        run.progress({ done, total: STEPS, step: name })
      step(1, 'signals')
      await work.live()?.desk.endSession(date)
      const tracked = await runTracking(work, date)
      step(2, 'scan')
      await work.renew()
      const scan = await runScan(work, { strategy: SCANNED_DAILY, date, market: 'ALL', save: true })
      step(3, 'gate')
      const gate = await saveGate(work, tradeDate(date))
      step(STEPS, 'done')
      return { ...outcomeOf(synced), ...tracked, scan, gate }
    },
  }
}

/** Follows the open signals by the stored bars. */
export function trackSignalsJob(work: Work): JobDefinition {
  return {
    lane: 'scan',
    run: async (given) =>
      runTracking(work, z.object({ date: z.string() }).partial().parse(given).date),
  }
}

/** Enters and closes what the stored bars enter and close, and tells it. */
export async function runTracking(
  { store, strategies, clock, tellSignal }: Work,
  through: string | undefined,
): Promise<{ readonly entered: number; readonly closed: number; readonly open: number }> {
  const report = await trackSignals({
    store,
    signals: store,
    strategies,
    now: clock.now(),
    ...(through === undefined ? {} : { through }),
  })
  const tell = (kind: SignalNews['kind'], signals: typeof report.entered): void => {
    for (const signal of signals) tellSignal(kind, signal)
  }
  tell('entered', report.entered)
  tell('closed', report.closed)
  return { entered: report.entered.length, closed: report.closed.length, open: report.open }
}
