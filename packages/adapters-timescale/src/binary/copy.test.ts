import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CopyDecoder, decodeDays, decodeFlags, decodeFloats } from './decode.js'
import { encodeCopy } from './encode.js'

function fileOf(...args: Parameters<typeof encodeCopy>): Buffer {
  return Buffer.concat([...encodeCopy(...args)])
}

function decodeCopy(
  file: Uint8Array,
  each: (fields: ReadonlyArray<Buffer | null>) => void,
  piece = 7,
): void {
  const decoder = new CopyDecoder(each)
  for (let at = 0; at < file.length; at += piece) decoder.push(file.subarray(at, at + piece))
  decoder.end()
}

describe('binary COPY', () => {
  it('is the file that the documentation describes', () => {
    const file = fileOf(
      [
        { kind: 'text', values: ['가'], at: Int32Array.of(0) },
        { kind: 'date', days: Int32Array.of(10_958) },
        { kind: 'float', values: Float64Array.of(Number.NaN) },
        { kind: 'boolean', values: Uint8Array.of(1) },
        { kind: 'constant', value: -2 },
      ],
      1,
    )
    expect(file.toString('hex')).toBe(
      [
        Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1').toString('hex'),
        '00000000',
        '00000000',
        '0005',
        '00000003eab080',
        '0000000400000001',
        'ffffffff',
        '0000000101',
        '00000004fffffffe',
        'ffff',
      ].join(''),
    )
  })

  it('gives back every number, bit by bit, over any number of chunks', () => {
    fc.assert(
      fc.property(
        fc.float64Array({ maxLength: 50, noNaN: true }),
        fc.integer({ min: 1, max: 900 }),
        (some, times) => {
          const values = Float64Array.from(
            { length: some.length * times },
            (_, k) => some[k % some.length] as number,
          )
          const read: number[] = []
          decodeCopy(fileOf([{ kind: 'float', values }], values.length), ([field]) => {
            read.push((field as Buffer).readDoubleBE(0))
          })
          expect(read.length).toBe(values.length)
          expect(read.every((value, k) => Object.is(value, values[k]))).toBe(true)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('writes chosen rows only, in the order given', () => {
    const read: string[] = []
    const field = { kind: 'text', values: ['a', 'bb', 'ccc'], at: Int32Array.of(0, 1, 2) } as const
    decodeCopy(fileOf([field], 3, Int32Array.of(2, 0)), ([text]) => read.push(String(text)))
    expect(read).toEqual(['ccc', 'a'])
  })

  it('reads packed columns', () => {
    const floats = Buffer.alloc(16)
    floats.writeDoubleBE(1.5, 0)
    floats.writeDoubleBE(-2, 8)
    expect([...decodeFloats(floats)]).toEqual([1.5, -2])
    const days = Buffer.alloc(4)
    days.writeInt32BE(-1)
    expect([...decodeDays(days)]).toEqual([10_956])
    expect(decodeFlags(Buffer.of(0, 0))).toBeNull()
    expect(decodeFlags(Buffer.of(0, 1))).toEqual(Uint8Array.of(0, 1))
    expect([decodeFloats(null).length, decodeDays(null).length, decodeFlags(null)]).toEqual([
      0,
      0,
      null,
    ])
  })

  it('refuses a file that ends early, wherever it ends', () => {
    const file = fileOf([{ kind: 'float', values: Float64Array.of(1, 2) }], 2)
    for (let length = 0; length < file.length - 1; length++) {
      expect(() => decodeCopy(file.subarray(0, length), () => {}, 1 + (length % 9))).toThrow(
        expect.objectContaining({ code: 'E_STORE_CORRUPT' }),
      )
    }
  })
})
