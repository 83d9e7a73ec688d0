import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEventLog } from './event-log.js'

describe('a log of events', () => {
  it('keeps the last of them, by number and by bytes, as a list would', () => {
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 40 }),
        (start, most, mostBytes, sizes) => {
          const log = createEventLog(start, most, mostBytes)
          const list: Buffer[] = []
          for (const size of sizes) {
            const frame = Buffer.alloc(size)
            log.append(frame)
            list.push(frame)
            const bytes = (): number => list.reduce((sum, one) => sum + one.length, 0)
            while (list.length > most || (list.length > 1 && bytes() > mostBytes)) list.shift()
          }
          expect(log.last).toBe(start + sizes.length)
          expect(log.oldest).toBe(log.last - list.length + 1)
          for (const [k, frame] of list.entries()) expect(log.at(log.oldest + k)).toBe(frame)
          expect(() => log.at(log.oldest - 1)).toThrow(RangeError)
          expect(() => log.at(log.last + 1)).toThrow(RangeError)
        },
      ),
    )
  })
})
