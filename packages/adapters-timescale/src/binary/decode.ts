import { RalphError } from '@ralph-stock/core'
import { POSTGRES_EPOCH_DAY } from './encode.js'

const HEADER_BYTES = 19

/**
 * Reads a binary COPY file tuple by tuple, while its pieces come in.
 *
 * @source PostgreSQL documentation, COPY, Binary Format
 */
export class CopyDecoder {
  readonly #each: (fields: ReadonlyArray<Buffer | null>) => void
  #rest: Buffer = Buffer.alloc(0)
  #started = false
  #ended = false

  /** @param each gets the fields of a tuple, null where NULL; they share the piece's memory */
  constructor(each: (fields: ReadonlyArray<Buffer | null>) => void) {
    this.#each = each
  }

  /** Takes the next piece of the file. */
  push(piece: Uint8Array): void {
    const fresh = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
    const bytes = this.#rest.length === 0 ? fresh : Buffer.concat([this.#rest, fresh])
    let offset = 0
    if (!this.#started) {
      if (bytes.length < HEADER_BYTES) {
        this.#rest = bytes
        return
      }
      this.#started = true
      offset = HEADER_BYTES
    }
    while (!this.#ended) {
      const next = this.#tuple(bytes, offset)
      if (next < 0) break
      offset = next
    }
    this.#rest = bytes.subarray(offset)
  }

  /** @throws RalphError E_STORE_CORRUPT when the file ended early */
  end(): void {
    if (!this.#ended) throw new RalphError('E_STORE_CORRUPT', 'a copy of stored rows ended early')
  }

  // Where the tuple ends; -1 when it is not all there yet.
  #tuple(bytes: Buffer, start: number): number {
    if (start + 2 > bytes.length) return -1
    const count = bytes.readInt16BE(start)
    let offset = start + 2
    if (count < 0) {
      this.#ended = true
      return offset
    }
    const fields: Array<Buffer | null> = []
    for (let i = 0; i < count; i++) {
      if (offset + 4 > bytes.length) return -1
      const length = bytes.readInt32BE(offset)
      offset += 4
      if (length < 0) {
        fields.push(null)
        continue
      }
      if (offset + length > bytes.length) return -1
      fields.push(bytes.subarray(offset, offset + length))
      offset += length
    }
    this.#each(fields)
    return offset
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
