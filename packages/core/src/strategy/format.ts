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

/** An amount of money: `1.23조원` or `312.5억원`, `KRW 1.23 tn` or `KRW 31.25 bn`. */
export function formatMoney(krw: number): Text {
  return { ko: koreanMoney(krw), en: englishMoney(krw) }
}

// Korean counts by ten thousands: 만 10^4, 억 10^8, 조 10^12.
function koreanMoney(krw: number): string {
  const size = Math.abs(krw)
  if (size >= 1e12) return `${formatNumber(krw / 1e12, 2)}조원`
  if (size >= 1e8) return `${formatNumber(krw / 1e8, 1)}억원`
  if (size >= 1e4) return `${formatNumber(krw / 1e4)}만원`
  return `${formatNumber(krw)}원`
}

function englishMoney(krw: number): string {
  const size = Math.abs(krw)
  if (size >= 1e12) return `KRW ${formatNumber(krw / 1e12, 2)} tn`
  if (size >= 1e9) return `KRW ${formatNumber(krw / 1e9, 2)} bn`
  if (size >= 1e6) return `KRW ${formatNumber(krw / 1e6, 1)} mn`
  return `KRW ${formatNumber(krw)}`
}
