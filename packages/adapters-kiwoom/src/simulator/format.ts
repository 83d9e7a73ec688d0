// How the broker writes numbers; written apart from the adapter's reading, so that one cannot hide a
// mistake of the other.

/** Padded with zeros, without a sign. */
export function padded(value: number, digits: number): string {
  return String(Math.round(value)).padStart(digits, '0')
}

/** A price with its direction against the previous close; no sign when equal or nothing. */
export function directed(price: number, base: number, decimals = 0): string {
  const text = price.toFixed(decimals)
  if (price === 0 || price === base) return text
  return (price > base ? '+' : '-') + text
}

/** A true sign, plus included; 0 has none. */
export function plus(value: number, decimals = 0): string {
  const text = Math.abs(value).toFixed(decimals)
  return value > 0 ? `+${text}` : value < 0 ? `-${text}` : text
}

/** A plus, or two minus signs. */
export function doubled(value: number): string {
  const text = String(Math.abs(Math.round(value)))
  return value > 0 ? `+${text}` : value < 0 ? `--${text}` : text
}

/** A minus only where it is needed. */
export function minus(value: number): string {
  return String(Math.round(value))
}

/** As signed quantities of the socket are: a blank before zero. */
export function spaced(value: number): string {
  return value === 0 ? ' 0' : plus(value)
}

/** 1 limit up, 2 up, 3 flat, 4 limit down, 5 down. */
export function sign(price: number, base: number): string {
  return price > base ? '2' : price < base ? '5' : '3'
}

/** Percent of change with two decimals and a sign. */
export function rate(price: number, base: number): string {
  return plus(base === 0 ? 0 : (price / base - 1) * 100, 2)
}

/** Millions of KRW. */
export function million(value: number): string {
  return String(Math.round(value / 1e6))
}

/** Seconds after midnight as HHMMSS. */
export function clockTime(second: number): string {
  const at = Math.max(0, Math.min(86_399, second))
  return [Math.floor(at / 3600), Math.floor(at / 60) % 60, at % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join('')
}
