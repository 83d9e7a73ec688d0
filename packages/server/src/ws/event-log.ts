/** The last messages of a topic, by number, for readers that lag behind or come back. */
export interface EventLog {
  /** Number of the oldest message that is kept; one above the last where none is. */
  readonly oldest: number
  /** Number of the last message. */
  readonly last: number
  append(frame: Buffer): void
  /** The message of a number within `oldest` and `last`. */
  at(seq: number): Buffer
}

/**
 * Makes a log that keeps at most `most` messages and, but for the last, at most `mostBytes`.
 *
 * @param start number before that of the first message
 */
export function createEventLog(start: number, most: number, mostBytes: number): EventLog {
  const slots: (Buffer | undefined)[] = []
  let oldest = start + 1
  let last = start
  let bytes = 0

  const drop = (): void => {
    const slot = oldest % most
    bytes -= slots[slot]?.length ?? 0
    slots[slot] = undefined
    oldest++
  }

  return {
    get oldest() {
      return oldest
    },
    get last() {
      return last
    },
    append: (frame) => {
      while (last >= oldest && (last - oldest + 1 >= most || bytes + frame.length > mostBytes)) {
        drop()
      }
      last++
      slots[last % most] = frame
      bytes += frame.length
    },
    at: (seq) => {
      const frame = seq >= oldest && seq <= last ? slots[seq % most] : undefined
      if (frame === undefined) throw new RangeError(`message ${seq} is not kept`)
      return frame
    },
  }
}
