/**
 * Every number format of the broker is read here and nowhere else. All values are texts.
 *
 * A run of signs counts as its first (`--5097486` is -5097486), blanks around are dropped (` 0`),
 * thousands separators too; `-0` is 0. Blank is missing: NaN. Anything else is no number: null.
 */
export function readNumber(text: string): number | null {
  let at = 0
  let end = text.length
  while (at < end && text.charCodeAt(at) === SPACE) at++
  while (end > at && text.charCodeAt(end - 1) === SPACE) end--
  if (at === end) return Number.NaN
  const first = text.charCodeAt(at)
  const negative = first === MINUS
  while (at < end && isSign(text.charCodeAt(at))) at++
  let whole = 0
  let digits = 0
  for (; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code >= ZERO && code <= NINE) {
      whole = whole * 10 + (code - ZERO)
      digits++
    } else if (code === POINT) return withFraction(text, at, end, digits, negative)
    else if (code !== COMMA || digits === 0) return null
  }
  if (digits === 0 || whole > Number.MAX_SAFE_INTEGER) return null
  return negative && whole !== 0 ? -whole : whole
}

/** A price: the sign tells above or below the previous close, not the sign of the number. */
export function readPrice(text: string): number | null {
  const value = readNumber(text)
  return value === null || value >= 0 ? value : -value
}

/** A count of shares, trades or days that cannot be negative; a saturated counter is missing. */
export function readCount(text: string): number | null {
  const value = readNumber(text)
  if (value === null || Number.isNaN(value)) return value
  if (SATURATED.has(value)) return Number.NaN
  return value < 0 ? null : value
}

/** A signed amount, such as net buying. */
export function readSigned(text: string): number | null {
  const value = readNumber(text)
  return value !== null && SATURATED.has(value) ? Number.NaN : value
}

/** Values at which 32-bit counters of rankings stop. */
const SATURATED: ReadonlySet<number> = new Set([4_294_967_295, 2_147_483_647, -2_147_483])

const SPACE = 32
const PLUS = 43
const COMMA = 44
const MINUS = 45
const POINT = 46
const ZERO = 48
const NINE = 57

function isSign(code: number): boolean {
  return code === MINUS || code === PLUS
}

const PLAIN_DECIMAL = /^\d*\.\d+$/

function withFraction(
  text: string,
  point: number,
  end: number,
  digits: number,
  negative: boolean,
): number | null {
  let start = point
  while (start > 0 && !isSign(text.charCodeAt(start - 1)) && text.charCodeAt(start - 1) !== SPACE) {
    start--
  }
  const body = text.slice(start, end).replaceAll(',', '')
  if (!PLAIN_DECIMAL.test(body) || digits > 15) return null
  const value = Number(body)
  return negative && value !== 0 ? -value : value
}
