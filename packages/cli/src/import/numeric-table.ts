import { type KeyColumns, RalphError } from '@ralph-stock/core'
import { createFieldReader, type FieldReader, found } from './field-reader.js'
import { readHeader } from './header.js'
import type { SourceFile } from './source-file.js'

/** What a column of numbers accepts. */
export type NumberRule = {
  readonly name: string
  /** Only whole numbers, as prices in won and shares are. */
  readonly whole: boolean
  readonly negative: boolean
  /** A blank field is missing (NaN); otherwise it is refused. */
  readonly blank: boolean
}

/** What a file with one row per key and date looks like. */
export type TableLayout = {
  /** Name of the key's column. */
  readonly key: string
  /** What a key must look like, and how a message says it. */
  readonly keyPattern: RegExp
  readonly keyForm: string
  readonly numbers: readonly NumberRule[]
}

/** Rows of a file in columns, in file order. Row `k` stands on line `k + 2`. */
export type NumericTable = {
  readonly file: string
  readonly rows: KeyColumns
  /** One array per `layout.numbers`, in their order. */
  readonly values: readonly Float64Array[]
  /** Whether the last line has its line end; without it nobody can tell that the file is complete. */
  readonly complete: boolean
}

const LINE_FEED = 10

/**
 * Reads a file of keys, dates and numbers into columns. Columns may stand in any order, and others
 * beside them.
 *
 * @throws RalphError E_IMPORT_EMPTY, E_IMPORT_COLUMN, E_IMPORT_ROW, E_IMPORT_VALUE
 */
export function readNumericTable(file: SourceFile, layout: TableLayout): NumericTable {
  const reader = createFieldReader(file)
  const required = [layout.key, 'date', ...layout.numbers.map((rule) => rule.name)]
  const header = readHeader(file.name, reader, required)
  const capacity = countLines(file.bytes)
  const key = new Int32Array(capacity)
  const day = new Int32Array(capacity)
  const values = layout.numbers.map(() => new Float64Array(capacity))
  const keys = internKeys(reader, layout)
  const { roles } = header
  const width = roles.length
  let row = 0
  for (; !reader.atEnd(); row++) {
    for (let field = 0; field < width; field++) {
      const role = roles[field] as number
      const digits = role >= FIRST_NUMBER ? reader.nextDigits() : -1
      if (digits < 0) reader.next()
      if (reader.lastOfLine !== (field === width - 1)) header.wrongWidth(field)
      if (role >= FIRST_NUMBER) {
        const rule = layout.numbers[role - FIRST_NUMBER] as NumberRule
        const value = digits < 0 ? readNumber(reader, rule) : digits
        ;(values[role - FIRST_NUMBER] as Float64Array)[row] = value
      } else if (role === KEY) key[row] = keys.read()
      else if (role === DAY) day[row] = reader.day('date')
    }
  }
  return {
    file: file.name,
    rows: {
      length: row,
      tickers: keys.all,
      ticker: key.subarray(0, row),
      day: day.subarray(0, row),
    },
    values: values.map((column) => column.subarray(0, row)),
    complete: file.bytes[file.bytes.length - 1] === LINE_FEED,
  }
}

/** Positions in `required`: the key, the date, then the numbers. */
const KEY = 0
const DAY = 1
const FIRST_NUMBER = 2

function readNumber(reader: FieldReader, rule: NumberRule): number {
  const value = reader.number(rule.name)
  if (value >= 0) {
    if (rule.whole && !Number.isSafeInteger(value)) refuse(reader, rule)
    return value
  }
  if (value < 0) {
    if (!rule.negative || (rule.whole && !Number.isSafeInteger(value))) refuse(reader, rule)
    return value
  }
  if (!rule.blank) refuse(reader, rule)
  return value
}

function refuse(reader: FieldReader, { name, whole, negative }: NumberRule): never {
  const kind = whole ? 'a whole number' : 'a number'
  const range = negative ? '' : ' >= 0'
  return reader.fail('E_IMPORT_VALUE', `${name} must be ${kind}${range}; ${found(reader.text())}`)
}

// Rows of one key usually stand together, so that the last key answers most questions.
function internKeys(
  reader: FieldReader,
  layout: TableLayout,
): { readonly all: string[]; read(): number } {
  const all: string[] = []
  const positions = new Map<string, number>()
  let last = -1
  return {
    all,
    read() {
      if (last >= 0 && reader.isRemembered()) return last
      const text = reader.text()
      let position = positions.get(text)
      if (position === undefined) {
        if (!layout.keyPattern.test(text)) {
          reader.fail('E_IMPORT_VALUE', `${layout.key} must be ${layout.keyForm}; ${found(text)}`)
        }
        position = all.length
        all.push(text)
        positions.set(text, position)
      }
      reader.remember()
      last = position
      return position
    },
  }
}

function countLines(bytes: Buffer): number {
  let lines = 1
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) lines++
  return lines
}

/** @throws RalphError E_IMPORT_EMPTY when there is a header and nothing else */
export function requireRows(table: { readonly file: string; readonly rows: KeyColumns }): void {
  if (table.rows.length > 0) return
  throw new RalphError('E_IMPORT_EMPTY', `${table.file} holds a header and no rows`, {
    file: table.file,
  })
}
