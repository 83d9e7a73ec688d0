const TEXT = 0x81
const SHORT = 125
const MEDIUM = 0xffff

/**
 * A whole text message as a server sends it (RFC 6455, section 5.2): one frame, final, not masked, not
 * compressed. It is made once and written to every reader, and never changed.
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const header = length <= SHORT ? 2 : length <= MEDIUM ? 4 : 10
  // Not of the shared pool: a frame that is kept would hold what else is in its part of the pool.
  const frame = Buffer.allocUnsafeSlow(header + length)
  frame[0] = TEXT
  if (header === 2) frame[1] = length
  else if (header === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(text, header)
  return frame
}

/** A message as a frame of JSON. */
export function jsonFrame(message: object): Buffer {
  return textFrame(JSON.stringify(message))
}
