import { dayNumber, fromDayNumber, isTradeDate, RalphError } from '@ralph-stock/core'
import type { SourceFile } from './source-file.js'

const QUOTE = 34
const COMMA = 44
const MINUS = 45
const ZERO = 48
const LINE_FEED = 10
const RETURN = 13

const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/
/** Any whole number of so few digits is exact in a double. */
const EXACT_DIGITS = 15

/** Fields of a comma-separated file, one after another, read from its bytes. */
export interface FieldReader {
  /** Line of the current field, from 1. */
  readonly line: number
  /** Whether the current field is the last of its line. */
  readonly lastOfLine: boolean
  /** Whether all lines are read. Line ends after the last record are no record. */
  atEnd(): boolean
  /** Moves to the next field. */
  next(): void
  /**
   * Moves past the next field and gives its number when it is plain digits, in one pass over them; -1,
   * and the field is still the next, when it is anything else.
   */
  nextDigits(): number
  text(): string
  /** Whether the field is byte for byte the one that was last remembered. */
  isRemembered(): boolean
  remember(): void
  /** NaN when the field is blank. */
  number(column: string): number
  /** A day number. */
  day(column: string): number
  /** @throws RalphError of this code that names file and line */
  fail(code: 'E_IMPORT_ROW' | 'E_IMPORT_VALUE', message: string): never
}

/**
 * Reads RFC 4180: fields between commas, quoted where they hold commas, quotes or line ends; lines end
 * in LF or CRLF.
 *
 * Written over bytes because a market's prices are tens of megabytes of short numbers: a string per
 * field takes several times as long as the rest of an import's parsing.
 */
export function createFieldReader({ name, bytes }: SourceFile): FieldReader {
  const end = lengthWithoutTail(bytes)
  const dates = new Map<number, number>()
  let position = 0
  let line = 1
  let from = 0
  let to = 0
  let lastOfLine = true
  let quoted = false
  let rememberedFrom = 0
  let rememberedTo = 0

  const fail = (code: 'E_IMPORT_ROW' | 'E_IMPORT_VALUE', message: string): never => {
    throw new RalphError(code, `${name} line ${line}: ${message}`, { file: name, line })
  }
  const text = (): string => {
    const raw = bytes.toString('utf8', from, to)
    return quoted ? raw.replaceAll('""', '"') : raw
  }
  const scanQuoted = (): void => {
    const opened = line
    let stop = position + 1
    let lines = 0
    for (;;) {
      if (stop >= end) {
        line = opened
        fail('E_IMPORT_ROW', 'a quoted field is not closed; the file may be cut off')
      }
      const byte = bytes[stop]
      if (byte === LINE_FEED) lines++
      else if (byte === QUOTE) {
        if (bytes[stop + 1] !== QUOTE) break
        stop++
      }
      stop++
    }
    from = position + 1
    to = stop
    position = stop + 1
    line += lines
    if (bytes[position] === RETURN && bytes[position + 1] === LINE_FEED) position++
    if (position < end && bytes[position] !== COMMA && bytes[position] !== LINE_FEED) {
      fail('E_IMPORT_ROW', 'a quoted field must be followed by a comma or the line end')
    }
  }

  return {
    get line() {
      return line
    },
    get lastOfLine() {
      return lastOfLine
    },
    // A comma at the very end leaves one more field, which is blank.
    atEnd: () => position >= end && lastOfLine,
    next() {
      if (lastOfLine && position > 0) line++
      quoted = bytes[position] === QUOTE && position < end
      if (quoted) scanQuoted()
      else {
        from = position
        while (position < end) {
          const byte = bytes[position]
          if (byte === COMMA || byte === LINE_FEED) break
          if (byte === QUOTE) fail('E_IMPORT_ROW', 'a quote stands inside an unquoted field')
          position++
        }
        to = position
        if (to > from && bytes[to - 1] === RETURN && bytes[position] !== COMMA) to--
      }
      lastOfLine = position >= end || bytes[position] === LINE_FEED
      position++
    },
    nextDigits() {
      let value = 0
      let i = position
      let byte = 0
      for (; i < end; i++) {
        byte = bytes[i] as number
        if (byte < ZERO || byte > ZERO + 9) break
        value = value * 10 + byte - ZERO
      }
      const digits = i - position
      if (digits === 0 || digits > EXACT_DIGITS) return -1
      if (i < end && byte !== COMMA && byte !== LINE_FEED) return -1
      if (lastOfLine) line++
      lastOfLine = i >= end || byte === LINE_FEED
      position = i + 1
      return value
    },
    text,
    isRemembered() {
      if (to - from !== rememberedTo - rememberedFrom || quoted) return false
      for (let i = from, k = rememberedFrom; i < to; i++, k++) {
        if (bytes[i] !== bytes[k]) return false
      }
      return true
    },
    remember() {
      rememberedFrom = from
      rememberedTo = to
    },
    number(column) {
      let value = 0
      const negative = bytes[from] === MINUS
      let i = negative ? from + 1 : from
      const digits = to - i
      for (; i < to; i++) {
        const digit = (bytes[i] as number) - ZERO
        if (digit < 0 || digit > 9) break
        value = value * 10 + digit
      }
      // 0 - value, so that "-0" is 0.
      if (i === to && digits > 0 && digits <= EXACT_DIGITS) return negative ? 0 - value : value
      return from === to ? Number.NaN : slowNumber(column)
    },
    day(column) {
      const key = dateKey()
      const known = dates.get(key)
      if (known !== undefined) return known
      const value = text()
      if (key < 0 || !isTradeDate(value)) {
        return fail('E_IMPORT_VALUE', `${column} must be a day written YYYY-MM-DD; ${found(value)}`)
      }
      const day = dayNumber(value)
      dates.set(key, day)
      return day
    },
    fail,
  }

  function slowNumber(column: string): number {
    const raw = text()
    const value = NUMBER.test(raw) ? Number(raw) : Number.NaN
    if (Number.isFinite(value)) return value === 0 ? 0 : value
    return fail('E_IMPORT_VALUE', `${column} must be a number; ${found(raw)}`)
  }

  // YYYYMMDD of a field that looks like a date; -1 of any other.
  function dateKey(): number {
    if (to - from !== 10 || bytes[from + 4] !== MINUS || bytes[from + 7] !== MINUS) return -1
    let key = 0
    for (let i = from; i < to; i++) {
      if (i === from + 4 || i === from + 7) continue
      const digit = (bytes[i] as number) - ZERO
      if (digit < 0 || digit > 9) return -1
      key = key * 10 + digit
    }
    return key
  }
}

/** `found "x"`, cut where a broken file would flood the screen. */
export function found(value: string): string {
  const shown = value.length > 40 ? `${value.slice(0, 40)}...` : value
  return value === '' ? 'found nothing' : `found ${JSON.stringify(shown)}`
}

/** How a message names a day. */
export function named(day: number): string {
  return fromDayNumber(day)
}

function lengthWithoutTail(bytes: Buffer): number {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === LINE_FEED || bytes[end - 1] === RETURN)) end--
  return end
}
