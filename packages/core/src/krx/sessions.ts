import type { SessionCalendar } from './calendar.js'
import { rowInForce } from './dated.js'
import {
  CSAT_DAYS,
  type Delay,
  LATE_DAYS,
  type LateDay,
  type LateHours,
  NXT_OPENING_DATE,
  SESSION_HOURS,
  type TradingPhase,
  type Venue,
} from './session-hours.js'
import {
  dayNumber,
  dayNumberOfEpochMs,
  epochMsOfKst,
  fromDayNumber,
  type TradeDate,
  tradeDate,
} from './trade-date.js'

/** A phase of a trading day, or `closed` between and outside them. */
export type SessionPhase = TradingPhase | 'closed'

/** A phase of one day: it holds for `startTime <= t < endTime`, in milliseconds UTC. */
export type ScheduledPhase = {
  readonly phase: TradingPhase
  readonly startTime: number
  readonly endTime: number
}

const MS_PER_MINUTE = 60_000
const NO_DELAY: Exclude<Delay, null> = { start: 0, end: 0 }

/** New Year's Day and a weekend can only put the year's first session off to 4 January. */
const LATEST_FIRST_SESSION = '01-04'

/**
 * The phases of a venue on a date, in order; none when no session is held or the venue did not exist.
 *
 * @throws RalphError E_SESSION_NONE outside the calendar, E_PARAM_RANGE before the timetables
 * @source KRX business regulations, trading hours; Nextrade trading hours (see `SESSION_HOURS`)
 */
export function sessionSchedule(
  date: TradeDate,
  calendar: SessionCalendar,
  venue: Venue = 'KRX',
): ScheduledPhase[] {
  if (!calendar.isSession(dayNumber(date))) return []
  if (venue === 'NXT' && date < NXT_OPENING_DATE) return []
  return phasesOf(date, venue, lateDayOf(date, calendar))
}

/**
 * The phase that a venue is in at an instant.
 *
 * @param epochMs milliseconds since 1970-01-01 UTC
 * @throws RalphError E_SESSION_NONE outside the calendar, E_PARAM_RANGE before the timetables
 * @example sessionPhase(epochMsOfKst(tradeDate('2026-02-10'), '15:25'), krxCalendar()) // 'closing-auction'
 */
export function sessionPhase(
  epochMs: number,
  calendar: SessionCalendar,
  venue: Venue = 'KRX',
): SessionPhase {
  const date = fromDayNumber(dayNumberOfEpochMs(epochMs))
  for (const { phase, startTime, endTime } of sessionSchedule(date, calendar, venue)) {
    if (epochMs >= startTime && epochMs < endTime) return phase
  }
  return 'closed'
}

/**
 * When the exchange's regular session of a date opens, in milliseconds UTC: 09:00 in Korea, 10:00 on
 * the year's first session and on exam days. It does not ask whether a session is held.
 *
 * @throws RalphError E_SESSION_NONE outside the calendar, E_PARAM_RANGE before the timetables
 */
export function openTime(date: TradeDate, calendar: SessionCalendar): number {
  return boundary(phasesOf(date, 'KRX', lateDayOf(date, calendar)), 'regular').startTime
}

/**
 * When the exchange's regular session of a date closes, in milliseconds UTC: the moment from which
 * its daily bar is knowable. 15:30 in Korea (15:00 before 2016-08-01), an hour later on exam days. It
 * does not ask whether a session is held.
 *
 * @throws RalphError E_PARAM_RANGE before the timetables
 */
export function closeTime(date: TradeDate): number {
  const late = CSAT_DAYS.includes(date) ? 'csat' : null
  return boundary(phasesOf(date, 'KRX', late), 'closing-auction').endTime
}

function lateDayOf(date: TradeDate, calendar: SessionCalendar): LateDay | null {
  if (CSAT_DAYS.includes(date)) return 'csat'
  return isFirstSession(date, calendar) ? 'first-session' : null
}

function isFirstSession(date: TradeDate, calendar: SessionCalendar): boolean {
  if (date.slice(5) > LATEST_FIRST_SESSION) return false
  const newYear = dayNumber(tradeDate(`${date.slice(0, 4)}-01-01`))
  for (let day = Math.max(newYear, calendar.first); day < dayNumber(date); day++) {
    if (calendar.isSession(day)) return false
  }
  return true
}

function phasesOf(date: TradeDate, venue: Venue, late: LateDay | null): ScheduledPhase[] {
  const row = rowInForce(SESSION_HOURS, date, 'trading hours', (hours) => hours.venue === venue)
  const delays: LateHours = late === null ? {} : LATE_DAYS[late]
  const schedule: ScheduledPhase[] = []
  for (const { phase, start, end } of row.phases) {
    const { [phase]: delay = NO_DELAY } = delays
    if (delay === null) continue
    schedule.push({
      phase,
      startTime: epochMsOfKst(date, start) + delay.start * MS_PER_MINUTE,
      endTime: epochMsOfKst(date, end) + delay.end * MS_PER_MINUTE,
    })
  }
  return schedule
}

function boundary(schedule: readonly ScheduledPhase[], phase: TradingPhase): ScheduledPhase {
  // Sound: every KRX timetable has the phase, and no late day drops it.
  return schedule.find((entry) => entry.phase === phase) as ScheduledPhase
}
