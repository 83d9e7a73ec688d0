import type { Text } from './text.js'

/** `1234.5` as `1,234.5`: thousands parted, `digits` decimals, no minus before a zero. */
export function formatNumber(value: number, digits = 0): string {
  const fixed = Math.abs(value).toFixed(digits)
  const [whole, decimals] = fixed.split('.') as [string, string | undefined]
  const parted = whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
  const sign = value < 0 && Number(fixed) !== 0 ? '-' : ''
  return `${sign}${parted}${decimals === undefined ? '' : `.${decimals}`}`
}

/** The fraction `0.0316` as `3.16%`. */
export function formatPercent(fraction: number, digits = 2): string {
  return `${formatNumber(100 * fraction, digits)}%`
}

/** The fraction `0.0316` as `+3.16%`: for changes, where the direction is the news. */
export function formatChange(fraction: number, digits = 2): string {
  const percent = formatPercent(fraction, digits)
  return fraction > 0 && Number.parseFloat(percent) > 0 ? `+${percent}` : percent
}

/** A price: `71,200원`, `KRW 71,200`. Averages and other non-whole prices keep one decimal. */
export function formatPrice(krw: number): Text {
  const price = formatNumber(krw, Number.isInteger(krw) ? 0 : 1)
  return { ko: `${price}원`, en: `KRW ${price}` }
}

/** A threshold, the fraction `0.955` as `95.5%`: as many decimals as it has, up to six. */
export function formatExactPercent(fraction: number): string {
  return `${trimmed(100 * fraction, 6)}%`
}

/**
 * An amount of money: `1.23조원` or `312.5억원`, `KRW 1.23 tn` or `KRW 31.25 bn`.
 *
 * @param digits decimals at most; 1 (억, mn) or 2 unless said. A threshold needs all: 6
 */
export function formatMoney(krw: number, digits?: number): Text {
  return { ko: koreanMoney(krw, digits), en: englishMoney(krw, digits) }
}

// Korean counts by ten thousands: 만 10^4, 억 10^8, 조 10^12.
function koreanMoney(krw: number, digits: number | undefined): string {
  const size = Math.abs(krw)
  if (size >= 1e12) return `${trimmed(krw / 1e12, digits ?? 2)}조원`
  if (size >= 1e8) return `${trimmed(krw / 1e8, digits ?? 1)}억원`
  if (size >= 1e4) return `${trimmed(krw / 1e4, digits ?? 0)}만원`
  return `${trimmed(krw, digits ?? 0)}원`
}

function englishMoney(krw: number, digits: number | undefined): string {
  const size = Math.abs(krw)
  if (size >= 1e12) return `KRW ${trimmed(krw / 1e12, digits ?? 2)} tn`
  if (size >= 1e9) return `KRW ${trimmed(krw / 1e9, digits ?? 2)} bn`
  if (size >= 1e6) return `KRW ${trimmed(krw / 1e6, digits ?? 1)} mn`
  return `KRW ${trimmed(krw, digits ?? 0)}`
}

function trimmed(value: number, digits: number): string {
  return formatNumber(value, digits)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
}
