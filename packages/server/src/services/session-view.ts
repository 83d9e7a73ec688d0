import {
  closeTime,
  dayNumber,
  dayNumberOfEpochMs,
  fromDayNumber,
  openTime,
  type SessionCalendar,
  sessionPhase,
  type TradeDate,
} from '@ralph-stock/core'
import { DEMO_SOURCE } from '@ralph-stock/engine/demo'
import type { SessionView } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { storeState } from './store-state.js'

/** Sources whose stocks and prices are invented. */
const INVENTED: readonly string[] = [DEMO_SOURCE, 'kiwoom-simulator']

/** Today in Korea. */
export function today({ clock }: Pick<ServerContext, 'clock'>): TradeDate {
  return fromDayNumber(dayNumberOfEpochMs(clock.now()))
}

/** The last session that has closed by now; null where the calendar does not reach. */
export function lastClosed({
  clock,
  calendar,
}: Pick<ServerContext, 'clock' | 'calendar'>): TradeDate | null {
  const now = clock.now()
  const day = dayNumberOfEpochMs(now)
  if (!reaches(calendar, day)) return null
  if (calendar.isSession(day) && closeTime(fromDayNumber(day)) <= now) return fromDayNumber(day)
  return fromDayNumber(calendar.previous(day))
}

/** Which session it is: as the market that is followed says, or by clock and calendar. */
export async function sessionView(context: ServerContext): Promise<SessionView> {
  if (context.live !== null) return context.live.session()
  const { calendar, clock } = context
  const { lastDate, sources } = await storeState(context)
  const date = today(context)
  const day = dayNumber(date)
  const known = reaches(calendar, day)
  const isSession = known && calendar.isSession(day)
  return {
    date,
    now: isoOf(clock.now()),
    is_session: isSession,
    phase: known ? sessionPhase(clock.now(), calendar) : 'closed',
    opens_at: isSession ? isoOf(openTime(date, calendar)) : null,
    closes_at: isSession ? isoOf(closeTime(date)) : null,
    next_session: known ? nextSession(calendar, day) : null,
    last_stored: lastDate,
    invented: sources.some((source) => INVENTED.includes(source)),
    speed: 1,
  }
}

/** An instant as answers carry it. */
export function isoOf(epochMs: number): string {
  return new Date(epochMs).toISOString()
}

function nextSession(calendar: SessionCalendar, day: number): TradeDate | null {
  return day < calendar.last ? fromDayNumber(calendar.next(day)) : null
}

// The first day has no session before it, and the days outside are unknown.
function reaches(calendar: SessionCalendar, day: number): boolean {
  return day > calendar.first && day <= calendar.last
}
