import { describe, expect, it } from 'vitest'
import { jsonFrame, textFrame } from './frame.js'

/** Reads one frame by the letter of RFC 6455, section 5.2. */
function readBack(frame: Buffer): string {
  expect(frame[0]).toBe(0b1000_0001)
  const short = frame[1] ?? 255
  expect(short).toBeLessThan(128)
  const start = short < 126 ? 2 : short === 126 ? 4 : 10
  const length =
    short < 126 ? short : short === 126 ? frame.readUInt16BE(2) : Number(frame.readBigUInt64BE(2))
  expect(start + length).toBe(frame.length)
  return frame.toString('utf8', start)
}

describe('a frame', () => {
  it.each([
    [0, 2],
    [1, 2],
    [125, 2],
    [126, 4],
    [65_535, 4],
    [65_536, 10],
    [200_000, 10],
  ])('of %i bytes has a head of %i', (length, head) => {
    const text = 'x'.repeat(length)
    const frame = textFrame(text)
    expect(frame.length).toBe(head + length)
    expect(readBack(frame)).toBe(text)
  })

  it('counts bytes, not letters', () => {
    const text = '삼성전자'.repeat(30)
    expect(readBack(textFrame(text))).toBe(text)
    expect(readBack(jsonFrame({ name: '종가' }))).toBe('{"name":"종가"}')
  })
})
