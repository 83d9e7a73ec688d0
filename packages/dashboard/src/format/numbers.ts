import { type Language, UNKNOWN } from './language.js'

/** Which way a number points; `flat` for 0 and for one that is not known. */
export type Direction = 'up' | 'down' | 'flat'

type Maybe = number | null | undefined

const formats = new Map<string, Intl.NumberFormat>()

// Made once: building a format costs more than a thousand uses of it.
function grouped(value: number, least: number, most: number): string {
  const key = `${least}:${most}`
  let format = formats.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
    })
    formats.set(key, format)
  }
  // Never '-0'.
  return format.format(value === 0 ? 0 : value)
}

function signed(text: string, value: number): string {
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text.replace(/^-(?=[0.,]*$|[0.,]*%$)/, '')
}

/** Which way a change points. */
export function directionOf(change: Maybe): Direction {
  if (change === null || change === undefined || change === 0) return 'flat'
  return change > 0 ? 'up' : 'down'
}

/** `12,345`; with at most `digits` decimals. */
export function formatNumber(value: Maybe, digits = 0): string {
  return value === null || value === undefined ? UNKNOWN : grouped(value, 0, digits)
}

/** `2,651.38`: an index, always with two decimals. */
export function formatIndex(value: Maybe): string {
  return value === null || value === undefined ? UNKNOWN : grouped(value, 2, 2)
}

/** `72,400`: a price in whole won, without its unit. */
export function formatPrice(value: Maybe): string {
  return formatNumber(value)
}

/** `72,400원`, `KRW 72,400`. */
export function formatWon(value: Maybe, language: Language): string {
  if (value === null || value === undefined) return UNKNOWN
  return language === 'ko' ? `${grouped(value, 0, 0)}원` : `KRW ${grouped(value, 0, 0)}`
}

/** `+300`, `-1,200`, `0`. */
export function formatSigned(value: Maybe, digits = 0): string {
  return value === null || value === undefined ? UNKNOWN : signed(grouped(value, 0, digits), value)
}

/** `+1.23%` from percent: 1.23 is 1.23 %. */
export function formatPercent(percent: Maybe, digits = 2): string {
  if (percent === null || percent === undefined) return UNKNOWN
  return signed(`${grouped(percent, digits, digits)}%`, percent)
}

/** `+1.23%` from a fraction: 0.0123 is 1.23 %. */
export function formatFraction(fraction: Maybe, digits = 2): string {
  return formatPercent(
    fraction === null || fraction === undefined ? fraction : fraction * 100,
    digits,
  )
}

/** `83%` from a fraction, without a sign: a share of a whole. */
export function formatShare(fraction: Maybe, digits = 0): string {
  if (fraction === null || fraction === undefined) return UNKNOWN
  return `${grouped(fraction * 100, digits, digits)}%`
}

/** `11`, `78.5`: points of a card, at most one decimal. */
export function formatPoints(points: Maybe): string {
  return formatNumber(points, 1)
}

/** `1조 2,345억`, `345억`, `1,234만`; `KRW 1.23 tn`, `KRW 34.5 bn`. */
export function formatMoney(krw: Maybe, language: Language): string {
  if (krw === null || krw === undefined) return UNKNOWN
  const sign = krw < 0 ? '-' : ''
  const size = Math.abs(krw)
  return sign + (language === 'ko' ? koreanMoney(size) : englishMoney(size))
}

/** Money with a plus sign where it is above 0. */
export function formatSignedMoney(krw: Maybe, language: Language): string {
  const text = formatMoney(krw, language)
  return krw !== null && krw !== undefined && krw > 0 ? `+${text}` : text
}

function koreanMoney(size: number): string {
  const eok = Math.round(size / 1e8)
  if (eok >= 10_000) {
    const rest = eok % 10_000
    const jo = grouped(Math.floor(eok / 10_000), 0, 0)
    return rest === 0 ? `${jo}조` : `${jo}조 ${grouped(rest, 0, 0)}억`
  }
  if (eok >= 10) return `${grouped(eok, 0, 0)}억`
  if (size >= 1e8) return `${grouped(size / 1e8, 0, 1)}억`
  if (size >= 1e4) return `${grouped(size / 1e4, 0, 0)}만`
  return `${grouped(size, 0, 0)}원`
}

function englishMoney(size: number): string {
  if (size >= 999.5e9) return `KRW ${grouped(size / 1e12, 0, 2)} tn`
  if (size >= 99.95e9) return `KRW ${grouped(size / 1e9, 0, 0)} bn`
  if (size >= 999.5e6) return `KRW ${grouped(size / 1e9, 0, 1)} bn`
  if (size >= 1e6) return `KRW ${grouped(size / 1e6, 0, 0)} m`
  return `KRW ${grouped(size, 0, 0)}`
}
