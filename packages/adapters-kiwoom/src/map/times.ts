import {
  dayNumber,
  fromDayNumber,
  isTradeDate,
  type TradeDate,
  tradeDateOfEpochMs,
} from '@ralph-stock/core'

const MS_PER_DAY = 86_400_000
const KST_OFFSET_MS = 9 * 3_600_000

/** `yyyymmdd` as a day number; null when it is no calendar day. */
export function readDay(text: string): number | null {
  if (text.length !== 8) return null
  const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
  return isTradeDate(date) ? dayNumber(date) : null
}

/**
 * `HHMMSS` as seconds after midnight; null when it is no time of day (`999999` and `888888` mark
 * closing sums). The exchange writes hours up to 23.
 */
export function readSecond(text: string): number | null {
  if (text.length !== 6) return null
  const hours = pair(text, 0)
  const minutes = pair(text, 2)
  const seconds = pair(text, 4)
  return hours < 24 && minutes < 60 && seconds < 60 ? (hours * 60 + minutes) * 60 + seconds : null
}

/** `yyyymmddHHMMSS`, Korean time, as epoch ms UTC; null when it is no instant. */
export function readInstant(text: string): number | null {
  const day = readDay(text.slice(0, 8))
  const second = readSecond(text.slice(8))
  return day === null || second === null ? null : instantOf(day, second)
}

/** A Korean day and the seconds after its midnight as epoch ms UTC. */
export function instantOf(day: number, second: number): number {
  return day * MS_PER_DAY - KST_OFFSET_MS + second * 1000
}

/** Seconds after midnight in Korea. */
export function secondOfDay(epochMs: number): number {
  return Math.floor(((((epochMs + KST_OFFSET_MS) % MS_PER_DAY) + MS_PER_DAY) % MS_PER_DAY) / 1000)
}

/** A day number as the broker writes dates. */
export function writeDay(day: number): string {
  return writeDate(fromDayNumber(day))
}

/** A date as the broker writes it. */
export function writeDate(date: TradeDate): string {
  return date.replaceAll('-', '')
}

/** An instant as the broker writes it, in Korean time. */
export function writeInstant(epochMs: number): string {
  const second = secondOfDay(epochMs)
  const parts = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60]
  const time = parts.map((part) => String(part).padStart(2, '0')).join('')
  return writeDate(tradeDateOfEpochMs(epochMs)) + time
}

// Not a number for anything but two digits: no comparison with it holds.
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}
