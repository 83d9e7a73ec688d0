import {
  fromDayNumber,
  isRalphError,
  type QuoteVenue,
  type ScheduledPhase,
  type SessionCalendar,
  sessionSchedule,
} from '@ralph-stock/core'
import { secondOfDay } from '../map/times.js'
import type { MinuteRange } from './missing.js'

/**
 * The minutes of a day that can have bars at a venue; null when no session is held. At KRX they end
 * with the minute of the closing auction's print: what is traded after it is in no minute bar.
 */
export function barHours(
  day: number,
  venue: QuoteVenue,
  calendar: SessionCalendar,
): MinuteRange | null {
  const phases = [
    ...(venue === 'NXT' ? [] : scheduleOf(day, 'KRX', calendar)).filter(({ phase }) =>
      ['regular', 'closing-auction'].includes(phase),
    ),
    ...(venue === 'KRX' ? [] : scheduleOf(day, 'NXT', calendar)),
  ]
  if (phases.length === 0) return null
  return {
    from: Math.min(...phases.map(({ startTime }) => minuteOf(startTime))),
    to: Math.max(...phases.map(({ endTime }) => minuteOf(endTime))),
  }
}

function scheduleOf(
  day: number,
  venue: 'KRX' | 'NXT',
  calendar: SessionCalendar,
): ScheduledPhase[] {
  try {
    return sessionSchedule(fromDayNumber(day), calendar, venue)
  } catch (error) {
    // Beyond the calendar no session is known.
    if (isRalphError(error)) return []
    throw error
  }
}

function minuteOf(epochMs: number): number {
  return Math.floor(secondOfDay(epochMs) / 60)
}
