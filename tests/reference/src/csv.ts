import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** One line of a CSV file by column name. */
export type CsvRow = Record<string, string>

/** Cuts one line into fields; a field in double quotes may hold commas, `""` is one quote. */
export function splitCsvLine(line: string): string[] {
  if (!line.includes('"')) return line.split(',')
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < line.length; i += 1) {
    const character = line.charAt(i)
    if (quoted && character === '"' && line.charAt(i + 1) === '"') {
      field += '"'
      i += 1
    } else if (character === '"') {
      quoted = !quoted
    } else if (character === ',' && !quoted) {
      fields.push(field)
      field = ''
    } else {
      field += character
    }
  }
  fields.push(field)
  return fields
}

/** Rows of a CSV text with a header line. Fields do not span lines. */
export function parseCsv(text: string): CsvRow[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
  const header = splitCsvLine(lines[0] ?? '')
  return lines.slice(1).map((line) => {
    const fields = splitCsvLine(line)
    const row: CsvRow = {}
    header.forEach((name, i) => {
      row[name] = fields[i] ?? ''
    })
    return row
  })
}

/**
 * Rows of `<folder>/<name>`, or of `<folder>/<name>.gz` when only that exists.
 *
 * @throws Error when neither file exists
 */
export function readCsv(folder: string, name: string): CsvRow[] {
  const plain = join(folder, name)
  if (existsSync(plain)) return parseCsv(readFileSync(plain, 'utf8'))
  return parseCsv(gunzipSync(readFileSync(`${plain}.gz`)).toString('utf8'))
}
