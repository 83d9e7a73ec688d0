const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const HUNDREDTHS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })

/** One 억, the unit in which Korean traders count traded value. */
const HUNDRED_MILLION = 1e8

export function whole(value: number): string {
  return WHOLE.format(value)
}

/** A score or its points: no more digits than it has, two at most. */
export function points(value: number): string {
  return String(Math.round(value * 100) / 100)
}

/** A fraction as a percentage with its sign. */
export function signedPercent(fraction: number, digits = 1): string {
  const text = (100 * fraction).toFixed(digits)
  // -0.04 % rounds to "-0.0", which is neither up nor down.
  const zero = Number(text) === 0
  if (zero) return `${(0).toFixed(digits)}%`
  return `${fraction > 0 ? '+' : ''}${text}%`
}

export function percent(fraction: number): string {
  return `${Math.floor(100 * fraction + 1e-9)}%`
}

/** KRW in 억: one decimal below 100. */
export function inHundredMillions(won: number): string {
  const value = won / HUNDRED_MILLION
  return value < 99.95 ? value.toFixed(1) : whole(value)
}

/** A number of evidence, whose unit is not known: few digits, but never a wrong magnitude. */
export function evidenceNumber(value: number | null): string {
  if (value === null) return '?'
  if (Number.isInteger(value) || Math.abs(value) >= 100_000) return whole(value)
  if (Math.abs(value) >= 100) return HUNDREDTHS.format(value)
  return String(Number(value.toPrecision(4)))
}
