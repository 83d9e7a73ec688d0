import {
  type Clock,
  closeTime,
  dayNumberOfEpochMs,
  epochMsOfKst,
  fromDayNumber,
  openTime,
  type SessionCalendar,
  type Timer,
  type TradeDate,
} from '@ralph-stock/core'
import { Cron } from 'croner'
import type { JobPayload, Jobs } from '../context.js'

/** Work of every session at a time of the day. */
export type ScheduleEntry = {
  /** Name of the job. */
  readonly job: string
  /** Distinguishes entries of one job; part of the job's id. */
  readonly label?: string
  /** When, Korean time, as a cron pattern for a usual session. */
  readonly cron: string
  /** What the time moves with on days that open or close late. */
  readonly anchor: 'open' | 'close'
  readonly payload?: (date: TradeDate) => JobPayload
  /** Whether it is made up for when the service starts later on the same day. */
  readonly catchUp: boolean
}

/** What a schedule runs on. */
export type ScheduleOptions = {
  readonly entries: readonly ScheduleEntry[]
  readonly jobs: Pick<Jobs, 'start'>
  readonly clock: Clock
  readonly calendar: SessionCalendar
  readonly onTrouble?: (error: unknown, entry: ScheduleEntry) => void
}

/** A running schedule. */
export type Schedule = {
  /** When each entry is due next, epoch ms; null when the calendar ends before. */
  next(): ReadonlyMap<ScheduleEntry, number | null>
  stop(): void
}

const USUAL = { open: '09:00', close: '15:30' } as const
const RETRY_MS = 10_000
/** No pause between two sessions is this long. */
const MOST_DAYS = 30
/** An exam day opens and closes an hour late. */
const LATEST_MS = 2 * 3_600_000

/**
 * Starts each entry's job once in every session, at its time in Korea; not on holidays. A job's id holds
 * its date, so that a restart or a second process starts nothing twice.
 */
export function startSchedule(options: ScheduleOptions): Schedule {
  const { entries, clock, calendar } = options
  const timers = new Map<ScheduleEntry, Timer>()
  const due = new Map<ScheduleEntry, number | null>()
  let stopped = false

  const begin = (entry: ScheduleEntry, date: TradeDate): void => {
    if (stopped) return
    options.jobs
      .start(entry.job, entry.payload?.(date) ?? { date }, idOf(entry, date))
      .catch((error: unknown) => {
        options.onTrouble?.(error, entry)
        // The store may be gone for a while; the id keeps a second try from doing the work twice.
        clock.after(RETRY_MS, () => begin(entry, date))
      })
  }

  const plan = (entry: ScheduleEntry, after: number): void => {
    if (stopped) return
    const at = nextTime(entry, after, calendar)
    due.set(entry, at)
    if (at === null) return
    const timer = clock.after(at - clock.now(), () => {
      const date = fromDayNumber(dayNumberOfEpochMs(at))
      begin(entry, date)
      plan(entry, at)
    })
    timers.set(entry, timer)
  }

  const now = clock.now()
  const today = fromDayNumber(dayNumberOfEpochMs(now))
  for (const entry of entries) {
    const first = nextTime(entry, epochMsOfKst(today, '00:00') - 1, calendar)
    const missed =
      first !== null && first <= now && fromDayNumber(dayNumberOfEpochMs(first)) === today
    if (entry.catchUp && missed) begin(entry, today)
    plan(entry, now)
  }

  return {
    next: () => due,
    stop: () => {
      stopped = true
      for (const timer of timers.values()) timer.stop()
    },
  }
}

/** Id of the job that an entry starts on a date. */
export function idOf({ job, label }: ScheduleEntry, date: TradeDate): string {
  return [job, ...(label === undefined ? [] : [label]), date].join('.')
}

/** The first instant after `after` at which the entry is due; null when the calendar ends before. */
export function nextTime(
  { cron, anchor }: ScheduleEntry,
  after: number,
  calendar: SessionCalendar,
): number | null {
  const pattern = new Cron(cron, { timezone: 'Asia/Seoul', paused: true })
  // A late day moves the time forward: it may be due still though its usual time is over.
  let from = new Date(after - LATEST_MS)
  for (let tries = 0; tries < MOST_DAYS; tries++) {
    const usual = pattern.nextRun(from)
    if (usual === null) return null
    const day = dayNumberOfEpochMs(usual.getTime())
    if (day > calendar.last) return null
    if (day >= calendar.first && calendar.isSession(day)) {
      const at = usual.getTime() + delayOf(fromDayNumber(day), anchor, calendar)
      if (at > after) return at
    }
    from = usual
  }
  return null
}

function delayOf(date: TradeDate, anchor: 'open' | 'close', calendar: SessionCalendar): number {
  const actual = anchor === 'open' ? openTime(date, calendar) : closeTime(date)
  return actual - epochMsOfKst(date, USUAL[anchor])
}
