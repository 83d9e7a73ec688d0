/** One column of a binary COPY file. */
export type CopyField =
  /** Text by position in a dictionary. */
  | { readonly kind: 'text'; readonly values: readonly string[]; readonly at: Int32Array }
  /** Days since 1970-01-01. */
  | { readonly kind: 'date'; readonly days: Int32Array }
  /** NaN is NULL. */
  | { readonly kind: 'float'; readonly values: Float64Array }
  /** All false where the values are null. */
  | { readonly kind: 'boolean'; readonly values: Uint8Array | null }
  /** The same integer in every row. */
  | { readonly kind: 'constant'; readonly value: number }

/** 2000-01-01, from which PostgreSQL counts its days. */
export const POSTGRES_EPOCH_DAY = 10_957

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1')
const HEADER_BYTES = SIGNATURE.length + 8
const CHUNK_BYTES = 1 << 18

/**
 * Encodes rows as PostgreSQL's binary COPY format: the file of both engines, piece by piece.
 *
 * @param rows which rows, by position; all `length` when null
 * @source PostgreSQL documentation, COPY, Binary Format
 */
export function* encodeCopy(
  fields: readonly CopyField[],
  length: number,
  rows: Int32Array | null = null,
): Generator<Uint8Array> {
  const writers = fields.map(writerOf)
  const rowBytes = 2 + writers.reduce((sum, { maxBytes }) => sum + maxBytes, 0)
  const chunkBytes = Math.max(CHUNK_BYTES, rowBytes + HEADER_BYTES)
  const count = rows === null ? length : rows.length
  let bytes = Buffer.allocUnsafe(chunkBytes)
  let view = new DataView(bytes.buffer, bytes.byteOffset, chunkBytes)
  bytes.set(SIGNATURE)
  bytes.fill(0, SIGNATURE.length, HEADER_BYTES)
  let offset = HEADER_BYTES
  for (let k = 0; k < count; k++) {
    if (offset + rowBytes > chunkBytes) {
      yield bytes.subarray(0, offset)
      bytes = Buffer.allocUnsafe(chunkBytes)
      view = new DataView(bytes.buffer, bytes.byteOffset, chunkBytes)
      offset = 0
    }
    const row = rows === null ? k : (rows[k] as number)
    view.setInt16(offset, fields.length)
    offset += 2
    for (const { write } of writers) offset = write(view, offset, row)
  }
  yield bytes.subarray(0, offset)
  yield Uint8Array.of(0xff, 0xff)
}

type Writer = {
  readonly maxBytes: number
  /** Writes length and value of a row's field; returns where the next begins. */
  readonly write: (view: DataView, offset: number, row: number) => number
}

function writerOf(field: CopyField): Writer {
  switch (field.kind) {
    case 'text':
      return textWriter(field.values, field.at)
    case 'date':
      return fixed(4, (view, offset, row) =>
        view.setInt32(offset, (field.days[row] as number) - POSTGRES_EPOCH_DAY),
      )
    case 'float':
      return floatWriter(field.values)
    case 'boolean':
      return fixed(1, (view, offset, row) =>
        view.setInt8(offset, field.values?.[row] === 1 ? 1 : 0),
      )
    case 'constant':
      return fixed(4, (view, offset) => view.setInt32(offset, field.value))
  }
}

function fixed(bytes: number, put: (view: DataView, offset: number, row: number) => void): Writer {
  return {
    maxBytes: 4 + bytes,
    write(view, offset, row) {
      view.setInt32(offset, bytes)
      put(view, offset + 4, row)
      return offset + 4 + bytes
    },
  }
}

function floatWriter(values: Float64Array): Writer {
  return {
    maxBytes: 12,
    write(view, offset, row) {
      const value = values[row] as number
      if (Number.isNaN(value)) {
        view.setInt32(offset, -1)
        return offset + 4
      }
      view.setInt32(offset, 8)
      view.setFloat64(offset + 4, value)
      return offset + 12
    },
  }
}

function textWriter(values: readonly string[], at: Int32Array): Writer {
  const encoded = values.map((value) => Buffer.from(value, 'utf8'))
  const longest = encoded.reduce((most, { length }) => Math.max(most, length), 0)
  return {
    maxBytes: 4 + longest,
    write(view, offset, row) {
      const text = encoded[at[row] as number] as Buffer
      const { length } = text
      view.setInt32(offset, length)
      for (let i = 0; i < length; i++) view.setUint8(offset + 4 + i, text[i] as number)
      return offset + 4 + length
    },
  }
}
