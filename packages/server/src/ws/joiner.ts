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
  let frames: Buffer[] = []
  let bytes = 0
  let page = Buffer.allocUnsafeSlow(MOST_JOINED_BYTES)
  let pageHeld = false
  // What the page holds now: readers of the same topics follow each other, and get the same bytes.
  let joined: Buffer[] = []
  let joinedBytes: Buffer = page.subarray(0, 0)

  const join = (): Buffer => {
    const [only] = frames
    if (frames.length === 1 && only !== undefined) return only
    if (frames.length === joined.length && frames.every((frame, k) => frame === joined[k])) {
      return joinedBytes
    }
    if (pageHeld) {
      page = Buffer.allocUnsafeSlow(MOST_JOINED_BYTES)
      pageHeld = false
    }
    let at = 0
    for (const frame of frames) {
      page.set(frame, at)
      at += frame.length
    }
    joinedBytes = page.subarray(0, at)
    const spare = joined
    joined = frames
    frames = spare
    return joinedBytes
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
      const data = join()
      sink.write(data, written)
      // Bytes that the system took at once are read; others are read later, and the page is theirs.
      if (data === joinedBytes && sink.writableLength > 0) pageHeld = true
      frames.length = 0
      bytes = 0
      return data.length
    },
  }
}
