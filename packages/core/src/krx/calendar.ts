import { RalphError } from '../errors/index.js'
import { KRX_HOLIDAYS, KRX_HOLIDAYS_FROM, KRX_HOLIDAYS_TO } from './holidays.js'
import { dayNumber, fromDayNumber, tradeDate, weekday } from './trade-date.js'

/**
 * Which days have a session. Days are day numbers (days since 1970-01-01).
 *
 * A calendar knows the days from `first` to `last` and says so about any other: its methods throw
 * `E_SESSION_NONE` rather than guess. All but `between` are O(1) and allocate nothing.
 */
export interface SessionCalendar {
  /** The first and the last day known, sessions or not. */
  readonly first: number
  readonly last: number
  /** Whether a session is held on the day. */
  isSession(day: number): boolean
  /** The last session before the day. */
  previous(day: number): number
  /** The first session after the day. */
  next(day: number): number
  /**
   * How many sessions there are from `first` to the day, both included. The difference of two
   * ordinals is the number of sessions after the earlier day up to the later one.
   */
  ordinal(day: number): number
  /**
   * The session `count` sessions after the day (before it when negative). A day without a session
   * counts as lying between its neighbours, so that 1 gives the next session and -1 the previous
   * one; with 0 it must be a session.
   */
  shift(day: number, count: number): number
  /** The sessions from one day to another, both included, in order; none when `from` is later. */
  between(from: number, to: number): number[]
}

/** Options of `calendarFromSessions`. */
export type ObservedCalendarOptions = {
  /** Whether the table of holidays decides outside the observed range (default true). */
  readonly extend?: boolean
}

const TABLE_FROM = dayNumber(tradeDate(KRX_HOLIDAYS_FROM))
const TABLE_TO = dayNumber(tradeDate(KRX_HOLIDAYS_TO))

let krx: SessionCalendar | undefined

/**
 * The sessions of the Korea Exchange from 2015-01-01 to 2027-12-31, by its table of holidays.
 *
 * @source `KRX_HOLIDAYS`; sessions after `KRX_HOLIDAYS_VERIFIED_TO` are expected, not listed yet
 */
export function krxCalendar(): SessionCalendar {
  // Derived from constants alone, so sharing one value between callers changes nothing they can see.
  krx ??= createCalendar(TABLE_FROM, TABLE_TO, isTableSession)
  return krx
}

/**
 * A calendar of days that were seen to have a session, for instance the dates of an index.
 *
 * From the first to the last observed day, those days are the sessions and no others. Outside that
 * range the table of holidays decides, so that ordinals run through both. Observe the whole market: a
 * day that one source lacks would be no session.
 *
 * @param observedDays day numbers in any order, repeats allowed; none gives the table's calendar
 * @throws RalphError E_PARAM_RANGE for a day that is not an integer, for no days without `extend`, and
 * for days that neither touch nor overlap the table with it
 */
export function calendarFromSessions(
  observedDays: Iterable<number>,
  options: ObservedCalendarOptions = {},
): SessionCalendar {
  const extend = options.extend ?? true
  const observed = new Set<number>()
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const day of observedDays) {
    // Naming the day checks it: an integer within four-digit years.
    fromDayNumber(day)
    observed.add(day)
    if (day < first) first = day
    if (day > last) last = day
  }
  if (observed.size === 0) {
    if (extend) return krxCalendar()
    throw new RalphError(
      'E_PARAM_RANGE',
      'observedDays must hold at least one day when extend is false; found none',
      { name: 'observedDays' },
    )
  }
  if (!extend) return createCalendar(first, last, (day) => observed.has(day))
  if (first > TABLE_TO + 1 || last < TABLE_FROM - 1) {
    throw new RalphError(
      'E_PARAM_RANGE',
      `observedDays must touch ${KRX_HOLIDAYS_FROM} to ${KRX_HOLIDAYS_TO} unless extend is false; ` +
        `found ${fromDayNumber(first)} to ${fromDayNumber(last)}`,
      { name: 'observedDays', first, last },
    )
  }
  return createCalendar(Math.min(first, TABLE_FROM), Math.max(last, TABLE_TO), (day) =>
    day >= first && day <= last ? observed.has(day) : isTableSession(day),
  )
}

function isTableSession(day: number): boolean {
  const ofWeek = weekday(day)
  return ofWeek !== 0 && ofWeek !== 6 && KRX_HOLIDAYS[fromDayNumber(day)] === undefined
}

function createCalendar(
  first: number,
  last: number,
  hasSession: (day: number) => boolean,
): SessionCalendar {
  // ordinals[i]: sessions before the day `first + i`; one entry more than there are days.
  const ordinals = new Int32Array(last - first + 2)
  const days: number[] = []
  for (let day = first; day <= last; day++) {
    if (hasSession(day)) days.push(day)
    ordinals[day - first + 1] = days.length
  }
  const sessions = Int32Array.from(days)

  const before = (day: number): number => {
    const count = ordinals[day - first]
    if (count === undefined || day > last) throw unknownDay(day, first, last)
    return count
  }
  const isSession = (day: number): boolean => ordinals[day - first + 1] !== before(day)
  const through = (day: number): number => before(day) + (isSession(day) ? 1 : 0)
  const at = (index: number, from: number, count: number): number => {
    const session = sessions[index]
    if (session === undefined) throw beyondSessions(from, count, first, last)
    return session
  }

  return Object.freeze({
    first,
    last,
    isSession,
    previous: (day: number) => at(before(day) - 1, day, -1),
    next: (day: number) => at(through(day), day, 1),
    ordinal: through,
    shift: (day: number, count: number) => {
      if (!Number.isInteger(count)) throw notAnInteger('count', count)
      if (count > 0) return at(through(day) + count - 1, day, count)
      if (count === 0 && !isSession(day)) throw noSession(day)
      return at(before(day) + count, day, count)
    },
    between: (from: number, to: number) => Array.from(sessions.subarray(before(from), through(to))),
  })
}

function unknownDay(day: number, first: number, last: number): RalphError {
  const range = `${fromDayNumber(first)} to ${fromDayNumber(last)}`
  if (!Number.isInteger(day)) return notAnInteger('day', day)
  return new RalphError(
    'E_SESSION_NONE',
    `day must be within the calendar, ${range}; found "${describe(day)}"`,
    { name: 'day', value: day, first, last },
  )
}

function beyondSessions(from: number, count: number, first: number, last: number): RalphError {
  const range = `${fromDayNumber(first)} to ${fromDayNumber(last)}`
  return new RalphError(
    'E_SESSION_NONE',
    `the calendar, ${range}, must reach ${count} sessions from ${describe(from)}; found its end`,
    { name: 'count', value: count, from, first, last },
  )
}

function noSession(day: number): RalphError {
  return new RalphError(
    'E_SESSION_NONE',
    `day must be a session to be shifted by 0; found "${describe(day)}", when the market was closed`,
    { name: 'day', value: day },
  )
}

function notAnInteger(name: string, value: number): RalphError {
  return new RalphError('E_PARAM_RANGE', `${name} must be an integer; found "${String(value)}"`, {
    name,
    value,
  })
}

/** Names a day for a message; a number too large for a date stays a number. */
function describe(day: number): string {
  return Math.abs(day) < 1_000_000 ? fromDayNumber(day) : String(day)
}
