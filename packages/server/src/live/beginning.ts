import type { Job, Store } from '@ralph-stock/adapters-timescale'
import {
  dayNumber,
  epochMsOfKst,
  fromDayNumber,
  type SessionCalendar,
  type TradeDate,
  tradeDateOfEpochMs,
} from '@ralph-stock/core'
import { toldAt } from '../jobs/told-at.js'

/** Ten minutes before the open: a stranger sees the auction, and within a minute or two the market move. */
const BEGINS = '08:50'
/** A session has fewer jobs, and closes fewer signals. */
const LAST_JOBS = 50
const LAST_SIGNALS = 500

/**
 * Where invented time goes on over a store with bars: at the last thing that happened in it, so that no
 * signal is of a time to come; else before the next session.
 */
export async function beginningOf(
  store: Store,
  calendar: SessionCalendar,
): Promise<{ readonly date: string; readonly time: string }> {
  const { lastDate } = await store.summary()
  // Sound: there is a bar, or nothing would be gone on with.
  const next = fromDayNumber(calendar.next(dayNumber(lastDate as TradeDate)))
  const jobs = await store.repositories.jobs.list({ limit: LAST_JOBS })
  const opened = await store.findSignals({ from: next, to: next, limit: LAST_SIGNALS })
  const closed = await store.findSignals({ status: 'CLOSED', limit: LAST_SIGNALS })
  const happened = [
    ...jobs.flatMap(instantsOf),
    ...opened.map(({ entry }) => entry?.at ?? 0),
    ...closed.map(({ exit }) => exit?.at ?? 0),
  ].filter((at) => at > 0 && tradeDateOfEpochMs(at) === next)
  return { date: next, time: timeInKorea(Math.max(epochMsOfKst(next, BEGINS), ...happened)) }
}

function instantsOf({ createdAt, startedAt, finishedAt, progress }: Job): number[] {
  const told = toldAt(progress) ?? 0
  return [told, ...[createdAt, startedAt, finishedAt].map((at) => at?.getTime() ?? 0)]
}

function timeInKorea(epochMs: number): string {
  // The second that has begun is lived through to its end.
  const time = new Date(Math.ceil(epochMs / 1000) * 1000 + 9 * 3_600_000).toISOString()
  return time.slice(11, 19)
}
