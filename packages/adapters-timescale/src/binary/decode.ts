import { RalphError } from '@ralph-stock/core'
import { POSTGRES_EPOCH_DAY } from './encode.js'

const HEADER_BYTES = 19

/**
 * Reads a binary COPY file tuple by tuple.
 *
 * @param each gets the fields of a tuple, null where NULL; they share the file's memory
 * @throws RalphError E_STORE_CORRUPT when the file ends early
 */
export function decodeCopy(
  file: Uint8Array,
  each: (fields: ReadonlyArray<Buffer | null>) => void,
): void {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (bytes.length < HEADER_BYTES + 2) throw truncated(bytes.length)
  let offset = HEADER_BYTES + bytes.readInt32BE(HEADER_BYTES - 4)
  for (;;) {
    if (offset + 2 > bytes.length) throw truncated(bytes.length)
    const count = bytes.readInt16BE(offset)
    offset += 2
    if (count < 0) return
    const fields: Array<Buffer | null> = []
    for (let i = 0; i < count; i++) {
      if (offset + 4 > bytes.length) throw truncated(bytes.length)
      const length = bytes.readInt32BE(offset)
      offset += 4
      if (length < 0) {
        fields.push(null)
        continue
      }
      if (offset + length > bytes.length) throw truncated(bytes.length)
      fields.push(bytes.subarray(offset, offset + length))
      offset += length
    }
    each(fields)
  }
}

/** Packed `float8send` values as a column of its own; empty when there are none. */
export function decodeFloats(packed: Buffer | null): Float64Array {
  if (packed === null) return new Float64Array(0)
  const result = new Float64Array(packed.length / 8)
  const bytes = Buffer.from(result.buffer)
  packed.copy(bytes)
  bytes.swap64()
  return result
}

/** Packed `date_send` values as day numbers. */
export function decodeDays(packed: Buffer | null): Int32Array {
  if (packed === null) return new Int32Array(0)
  const result = new Int32Array(packed.length / 4)
  const bytes = Buffer.from(result.buffer)
  packed.copy(bytes)
  bytes.swap32()
  for (let i = 0; i < result.length; i++) result[i] = (result[i] as number) + POSTGRES_EPOCH_DAY
  return result
}

/** Packed `boolsend` values; null when none is true. */
export function decodeFlags(packed: Buffer | null): Uint8Array | null {
  return packed?.includes(1) === true ? Uint8Array.from(packed) : null
}

function truncated(length: number): RalphError {
  return new RalphError(
    'E_STORE_CORRUPT',
    `a copy of stored rows ended early, after ${length} bytes`,
  )
}
