import {
  dayNumberOfEpochMs,
  fromDayNumber,
  type SessionCalendar,
  sessionSchedule,
  type VolumeShare,
} from '@ralph-stock/core'

/** When a session is held, epoch ms UTC. */
export type SessionHours = {
  /** Continuous trading begins. */
  readonly opens: number
  /** Continuous trading ends, and the closing auction begins. */
  readonly regularEnds: number
  /** The price of the closing auction is known. */
  readonly closes: number
}

/** The hours of the day that an instant is in; null on a day without a session. */
export type HoursOf = (day: number) => SessionHours | null

/** Reads a calendar's hours; the day asked for last is remembered, since every tick asks. */
export function sessionHours(calendar: SessionCalendar): HoursOf {
  let known = Number.NaN
  let hours: SessionHours | null = null
  return (day) => {
    if (day === known) return hours
    hours = day < calendar.first || day > calendar.last ? null : hoursOf(day, calendar)
    known = day
    return hours
  }
}

function hoursOf(day: number, calendar: SessionCalendar): SessionHours | null {
  const schedule = sessionSchedule(fromDayNumber(day), calendar)
  const regular = schedule.find(({ phase }) => phase === 'regular')
  const auction = schedule.find(({ phase }) => phase === 'closing-auction')
  if (regular === undefined || auction === undefined) return null
  return { opens: regular.startTime, regularEnds: regular.endTime, closes: auction.endTime }
}

const MS_PER_DAY = 86_400_000
/** 09:00 KST is 00:00 UTC; the usual session is six and a half hours long. */
const USUAL_LENGTH_MS = 6.5 * 3_600_000

/**
 * A curve of the usual day read on any day: a session that opens late, or is shorter, passes through the
 * whole curve. All of the volume is there once the session is over.
 */
export function sessionShare(hoursOf: HoursOf, share: VolumeShare): VolumeShare {
  return (at) => {
    const day = dayNumberOfEpochMs(at)
    const hours = hoursOf(day)
    if (hours === null || at >= hours.closes) return 1
    const { opens, closes } = hours
    return share(day * MS_PER_DAY + (at - opens) * (USUAL_LENGTH_MS / (closes - opens)))
  }
}
