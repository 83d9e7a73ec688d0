import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJoiner, MOST_JOINED_BYTES, type Sink } from './joiner.js'

/** Takes bytes at once or later, as the system does: later it reads them from where they were. */
function sink(): Sink & { busy: boolean; release(): void; readonly taken: Buffer[] } {
  const taken: Buffer[] = []
  let held: Uint8Array[] = []
  return {
    busy: false,
    taken,
    get writableLength() {
      return held.reduce((sum, one) => sum + one.length, 0)
    },
    write(bytes) {
      if (this.busy) held.push(bytes)
      else taken.push(Buffer.from(bytes))
      return !this.busy
    },
    release() {
      taken.push(...held.map((bytes) => Buffer.from(bytes)))
      held = []
      this.busy = false
    },
  }
}

const nothing = (): void => {}

describe('the joiner', () => {
  it('writes to each what was added for it, though the system takes some of it later', () => {
    const frames = Array.from({ length: 6 }, (_, k) => Buffer.alloc(10 + k, k + 1))
    const step = fc.record({
      reader: fc.nat(3),
      busy: fc.boolean(),
      picked: fc.array(fc.constantFrom(...frames), { minLength: 1, maxLength: 5 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const joiner = createJoiner()
        const readers = Array.from({ length: 4 }, sink)
        const expected = readers.map((): Buffer[] => [])
        for (const { reader, busy, picked } of steps) {
          const one = readers[reader]
          if (one === undefined) continue
          if (one.writableLength > 0) one.release()
          one.busy = busy
          for (const frame of picked) expect(joiner.add(frame)).toBe(true)
          joiner.send(one, nothing)
          expected[reader]?.push(Buffer.concat(picked))
        }
        for (const one of readers) one.release()
        expect(readers.map((one) => one.taken)).toEqual(expected)
      }),
    )
  })

  it('joins up to a bound, and takes one frame of any size', () => {
    const joiner = createJoiner()
    const one = sink()
    const large = Buffer.alloc(MOST_JOINED_BYTES * 3, 1)
    expect(joiner.add(large)).toBe(true)
    expect(joiner.add(Buffer.alloc(1))).toBe(false)
    expect(joiner.send(one, nothing)).toBe(large.length)
    const half = Buffer.alloc(MOST_JOINED_BYTES / 2, 2)
    expect([half, half, half].map((frame) => joiner.add(frame))).toEqual([true, true, false])
    expect(joiner.frames).toBe(2)
    joiner.send(one, nothing)
    expect(one.taken).toEqual([large, Buffer.concat([half, half])])
  })
})
