import { RalphError } from '@ralph-stock/core'
import { type FieldReader, found } from './field-reader.js'

/** The header of a file, resolved to what each field of a line is. */
export type Header = {
  /** Field by field, the position in `required`; -1 for a column that is not read. */
  readonly roles: readonly number[]
  /** Refuses the current line, whose field `field` ended too early or too late. */
  wrongWidth(field: number): never
}

/**
 * Reads the first line. Columns may stand in any order; others are skipped.
 *
 * @throws RalphError E_IMPORT_EMPTY, E_IMPORT_COLUMN (missing or twice), E_IMPORT_ROW
 */
export function readHeader(file: string, reader: FieldReader, required: readonly string[]): Header {
  if (reader.atEnd()) throw new RalphError('E_IMPORT_EMPTY', `${file} is empty`, { file })
  const names: string[] = []
  do {
    reader.next()
    names.push(reader.text().trim())
  } while (!reader.lastOfLine)
  const missing = required.filter((name) => !names.includes(name))
  if (missing.length > 0) {
    const what = missing.length === 1 ? `the column ${missing[0]}` : `columns ${missing.join(', ')}`
    throw new RalphError(
      'E_IMPORT_COLUMN',
      `${file} lacks ${what}; its header must name ${required.join(', ')}; ${found(names.join(','))}`,
      { file, missing },
    )
  }
  const repeated = required.find((name) => names.indexOf(name) !== names.lastIndexOf(name))
  if (repeated !== undefined) {
    throw new RalphError('E_IMPORT_COLUMN', `${file} names the column ${repeated} twice`, { file })
  }
  return {
    roles: names.map((name) => required.indexOf(name)),
    wrongWidth(field) {
      const count = field + 1
      return reader.fail(
        'E_IMPORT_ROW',
        reader.lastOfLine
          ? `${count} of ${names.length} fields; the line is cut off or lacks a comma`
          : `more than ${names.length} fields; quote a field that holds a comma`,
      )
    },
  }
}
