import { isUtf8 } from 'node:buffer'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { RalphError } from '@ralph-stock/core'

/** A file of an import, uncompressed, without its byte order mark. */
export type SourceFile = {
  /** As messages call it: `bars.csv.gz`. */
  readonly name: string
  readonly bytes: Buffer
}

const LARGEST_BYTES = 2 ** 31 - 1
const LINE_FEED = 10

const uncompress = promisify(gunzip)

/**
 * Reads `NAME.csv` or `NAME.csv.gz` of a folder; null when neither is there. What is compressed is told
 * by its bytes, not by its name.
 *
 * @throws RalphError E_IMPORT_FILE (unreadable, or both there), E_IMPORT_EMPTY, E_IMPORT_COMPRESSION
 * (cut or damaged), E_IMPORT_ENCODING (not UTF-8)
 */
export async function readSourceFile(folder: string, name: string): Promise<SourceFile | null> {
  const plain = `${name}.csv`
  const packed = `${name}.csv.gz`
  const found = await Promise.all([plain, packed].map((file) => exists(join(folder, file))))
  if (found[0] && found[1]) {
    throw new RalphError(
      'E_IMPORT_FILE',
      `${folder} holds both ${plain} and ${packed}; keep the one to import`,
    )
  }
  if (!found[0] && !found[1]) return null
  const file = found[0] ? plain : packed
  return { name: file, bytes: checked(file, await content(folder, file)) }
}

/** @throws RalphError E_IMPORT_FILE when the file is not there */
export async function requireSourceFile(folder: string, name: string): Promise<SourceFile> {
  const file = await readSourceFile(folder, name)
  if (file !== null) return file
  throw new RalphError(
    'E_IMPORT_FILE',
    `${folder} holds no ${name}.csv or ${name}.csv.gz; an import needs stocks.csv and bars.csv`,
    { folder, name },
  )
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function content(folder: string, file: string): Promise<Buffer> {
  let bytes: Buffer
  try {
    bytes = await readFile(join(folder, file))
  } catch (error) {
    throw new RalphError('E_IMPORT_FILE', `${file} cannot be read: ${codeOf(error)}`, { file })
  }
  if (bytes.length < 2 || bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return await uncompress(bytes, { maxOutputLength: LARGEST_BYTES })
  } catch (error) {
    const cut = codeOf(error) === 'Z_BUF_ERROR'
    throw new RalphError(
      'E_IMPORT_COMPRESSION',
      cut
        ? `${file} is cut off: its compressed data end too early; copy the file again`
        : `${file} is damaged: ${codeOf(error)}; copy the file again`,
      { file },
    )
  }
}

function checked(file: string, bytes: Buffer): Buffer {
  if (bytes.length === 0) throw new RalphError('E_IMPORT_EMPTY', `${file} is empty`, { file })
  if (!isUtf8(bytes)) {
    throw new RalphError(
      'E_IMPORT_ENCODING',
      `${file} must be UTF-8; line ${firstBadLine(bytes)} is not: convert it, for instance with ` +
        `iconv -f CP949 -t UTF-8`,
      { file },
    )
  }
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return mark ? bytes.subarray(3) : bytes
}

function firstBadLine(bytes: Buffer): number {
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(LINE_FEED, start)
    const stop = end < 0 ? bytes.length : end
    if (!isUtf8(bytes.subarray(start, stop))) return line
    start = stop + 1
  }
  return line
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
