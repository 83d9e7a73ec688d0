import { RalphError } from '../errors/index.js'

/**
 * The date of a trading session in Korea, written `YYYY-MM-DD`.
 *
 * Two of them compare in time order as plain strings. The brand is a literal, so that the ESM and
 * the CommonJS types of this package agree. Make one with `tradeDate` where data enters.
 */
export type TradeDate = string & { readonly __brand: 'TradeDate' }

const MS_PER_DAY = 86_400_000

/** Korea Standard Time is UTC+9 all year; daylight saving was last used in 1988. */
const KST_OFFSET_MS = 9 * 3_600_000

const DATE_PATTERN = /^(?!0000)\d{4}-\d{2}-\d{2}$/
const TIME_PATTERN = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/

/** Day numbers of 0001-01-01 and 9999-12-31: the dates that four digits can write. */
const FIRST_DAY = -719_162
const LAST_DAY = 2_932_896

/** Tells a calendar day written `YYYY-MM-DD` (0001-01-01 to 9999-12-31) from anything else. */
export function isTradeDate(value: unknown): value is TradeDate {
  return (
    typeof value === 'string' &&
    DATE_PATTERN.test(value) &&
    formatDay(daysFromCivil(value)) === value
  )
}

/**
 * Reads a trade date.
 *
 * @throws RalphError E_DATE_INVALID
 * @example tradeDate('2026-02-10')
 */
export function tradeDate(value: string): TradeDate {
  if (isTradeDate(value)) return value
  throw new RalphError(
    'E_DATE_INVALID',
    `date must be a calendar day written YYYY-MM-DD; found "${String(value)}"`,
    { value },
  )
}

/** Days since 1970-01-01, an exact integer. No allocation; the date is trusted. */
export function dayNumber(date: TradeDate): number {
  return daysFromCivil(date)
}

/**
 * The date of a day number; the inverse of `dayNumber`.
 *
 * @param day days since 1970-01-01, integer
 * @throws RalphError E_DATE_INVALID
 */
export function fromDayNumber(day: number): TradeDate {
  if (Number.isInteger(day) && day >= FIRST_DAY && day <= LAST_DAY) {
    // Sound: the text of a day within four-digit years is a calendar day.
    return formatDay(day) as TradeDate
  }
  throw new RalphError(
    'E_DATE_INVALID',
    `day must be an integer from ${FIRST_DAY} to ${LAST_DAY} (days since 1970-01-01); found "${String(day)}"`,
    { value: day },
  )
}

/** Day of the week of a day number: 0 Sunday to 6 Saturday. */
export function weekday(day: number): number {
  // 1970-01-01 was a Thursday.
  return (((day + 4) % 7) + 7) % 7
}

/**
 * The instant of a clock time in Korea, in milliseconds since 1970-01-01 UTC.
 *
 * @param time `HH:MM` or `HH:MM:SS`, 00:00 to 23:59:59
 * @throws RalphError E_PARAM_RANGE
 * @example epochMsOfKst(tradeDate('2026-02-10'), '15:30')
 */
export function epochMsOfKst(date: TradeDate, time: string): number {
  if (!TIME_PATTERN.test(time)) {
    throw new RalphError(
      'E_PARAM_RANGE',
      `time must be HH:MM or HH:MM:SS from 00:00 to 23:59:59; found "${String(time)}"`,
      { name: 'time', value: time },
    )
  }
  const seconds = time.length > 5 ? twoDigits(time, 6) : 0
  const ofDay = ((twoDigits(time, 0) * 60 + twoDigits(time, 3)) * 60 + seconds) * 1000
  return daysFromCivil(date) * MS_PER_DAY + ofDay - KST_OFFSET_MS
}

/**
 * The date in Korea at an instant.
 *
 * @param ms milliseconds since 1970-01-01 UTC
 * @throws RalphError E_DATE_INVALID
 */
export function tradeDateOfEpochMs(ms: number): TradeDate {
  return fromDayNumber(dayNumberOfEpochMs(ms))
}

/** The day number in Korea at an instant; not a number when `ms` is not. */
export function dayNumberOfEpochMs(ms: number): number {
  return Math.floor((ms + KST_OFFSET_MS) / MS_PER_DAY)
}

function twoDigits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528
}

/**
 * Days since 1970-01-01 of a proleptic Gregorian date. Years begin in March here, so that the leap
 * day is the last of its year and the days before each month follow one linear formula.
 */
function daysFromCivil(date: string): number {
  const month = twoDigits(date, 5)
  const year = twoDigits(date, 0) * 100 + twoDigits(date, 2) - (month <= 2 ? 1 : 0)
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const monthFromMarch = month > 2 ? month - 3 : month + 9
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + twoDigits(date, 8) - 1
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468
}

function formatDay(day: number): string {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const leapCorrection =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapCorrection) / 365)
  const daysBefore = 365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  const dayOfYear = dayOfEra - daysBefore
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${pad2(month)}-${pad2(dayOfMonth)}`
}

function pad2(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}
