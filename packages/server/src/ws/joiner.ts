/** What a joiner writes to: a TCP or TLS socket. */
export interface Sink {
  /** Bytes that were written and that the system has not taken yet. */
  readonly writableLength: number
  write(bytes: Uint8Array, written: (error?: Error | null) => void): boolean
}

/**
 * Joins the frames of one moment for one reader into one write: a write costs a call of the system
 * whatever its size, and for messages this short that call is nearly all of the cost.
 */
export interface Joiner {
  readonly frames: number
  /** Takes a frame along; false when the write is full. The first frame always fits. */
  add(frame: Buffer): boolean
  /** Writes what was added, and forgets it. Gives how many bytes that was. */
  send(sink: Sink, written: (error?: Error | null) => void): number
}

/** Bytes that one write joins: what a stalled reader holds in this process beside its lists. */
export const MOST_JOINED_BYTES = 65_536

/** Makes a joiner, which serves many readers one after the other. */
export function createJoiner(): Joiner {
  const frames: Buffer[] = []
  let bytes = 0
  let page = Buffer.allocUnsafeSlow(MOST_JOINED_BYTES)

  const join = (): Buffer => {
    let at = 0
    for (const frame of frames) {
      page.set(frame, at)
      at += frame.length
    }
    return page.subarray(0, at)
  }

  return {
    get frames() {
      return frames.length
    },
    add: (frame) => {
      if (frames.length > 0 && bytes + frame.length > MOST_JOINED_BYTES) return false
      frames.push(frame)
      bytes += frame.length
      return true
    },
    send: (sink, written) => {
      const [only] = frames
      const data = frames.length === 1 && only !== undefined ? only : join()
      sink.write(data, written)
      // What the system took at once has been read; what it takes later must stay as it is.
      if (data !== only && sink.writableLength > 0) page = Buffer.allocUnsafeSlow(MOST_JOINED_BYTES)
      frames.length = 0
      bytes = 0
      return data.length
    },
  }
}
