import {
  type Clock,
  closeTime,
  dayNumber,
  fromDayNumber,
  openTime,
  type SessionCalendar,
  sessionPhase,
  type TradeDate,
  tradeDateOfEpochMs,
} from '@ralph-stock/core'
import type { SessionView } from '../api/index.js'

/** What a session is seen by. */
export type SessionFacts = {
  readonly clock: Clock
  readonly calendar: SessionCalendar
  /** Last session with a stored bar. */
  readonly lastStored: TradeDate | null
  /** Whether the stocks and prices are invented. */
  readonly invented: boolean
  readonly speed: number
}

/** Which session it is, by clock and calendar. */
export function sessionState(facts: SessionFacts): SessionView {
  const { clock, calendar, lastStored, invented, speed } = facts
  const now = clock.now()
  const date = tradeDateOfEpochMs(now)
  const day = dayNumber(date)
  const known = reaches(calendar, day)
  const isSession = known && calendar.isSession(day)
  return {
    date,
    now: instantText(now),
    is_session: isSession,
    phase: known ? sessionPhase(now, calendar) : 'closed',
    opens_at: isSession ? instantText(openTime(date, calendar)) : null,
    closes_at: isSession ? instantText(closeTime(date)) : null,
    next_session: known && day < calendar.last ? fromDayNumber(calendar.next(day)) : null,
    last_stored: lastStored,
    invented,
    speed,
  }
}

/** Whether a calendar knows a day and the one before it. */
export function reaches(calendar: SessionCalendar, day: number): boolean {
  return day > calendar.first && day <= calendar.last
}

function instantText(epochMs: number): string {
  return new Date(epochMs).toISOString()
}
