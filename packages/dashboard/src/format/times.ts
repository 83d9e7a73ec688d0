import { type Language, UNKNOWN } from './language.js'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

// Korea has no daylight saving time: its clock is UTC + 9 hours, always.
const KOREA = 9 * HOUR

const UNITS = {
  ko: { second: '초', minute: '분', hour: '시간', day: '일', ago: ' 전', gap: '' },
  en: { second: 's', minute: 'min', hour: 'h', day: 'd', ago: ' ago', gap: ' ' },
} as const

/** `15:19:05`, Korean clock time of an instant. */
export function formatClock(instant: string | number | null): string {
  const text = korean(instant)
  return text === null ? UNKNOWN : text.slice(11, 19)
}

/** `15:19`. */
export function formatMinute(instant: string | number | null): string {
  const text = korean(instant)
  return text === null ? UNKNOWN : text.slice(11, 16)
}

/** `2026-02-10 15:19`, Korean clock time of an instant. */
export function formatInstant(instant: string | number | null): string {
  const text = korean(instant)
  return text === null ? UNKNOWN : `${text.slice(0, 10)} ${text.slice(11, 16)}`
}

/** `3초`, `5분`, `2시간`, `3일`; `3 s`, `5 min`, `2 h`, `3 d`: whole units, rounded down. */
export function formatDuration(ms: number | null, language: Language): string {
  if (ms === null || !Number.isFinite(ms)) return UNKNOWN
  const units = UNITS[language]
  const [size, unit] = unitOf(Math.max(0, ms))
  return `${Math.floor(Math.max(0, ms) / size)}${units.gap}${units[unit]}`
}

/** A duration that has passed: `3초 전`, `3 s ago`. */
export function formatAge(ms: number | null, language: Language): string {
  if (ms === null || !Number.isFinite(ms)) return UNKNOWN
  return `${formatDuration(ms, language)}${UNITS[language].ago}`
}

function unitOf(ms: number): [number, 'second' | 'minute' | 'hour' | 'day'] {
  if (ms < MINUTE) return [SECOND, 'second']
  if (ms < HOUR) return [MINUTE, 'minute']
  if (ms < DAY) return [HOUR, 'hour']
  return [DAY, 'day']
}

function korean(instant: string | number | null): string | null {
  if (instant === null) return null
  const ms = typeof instant === 'number' ? instant : Date.parse(instant)
  return Number.isFinite(ms) ? new Date(ms + KOREA).toISOString() : null
}
