import { isRalphError } from '@ralph-stock/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFieldReader } from './field-reader.js'

function fieldsOf(content: string | Uint8Array): string[][] {
  const reader = createFieldReader({ name: 'x.csv', bytes: Buffer.from(content) })
  const lines: string[][] = []
  let line: string[] = []
  while (!reader.atEnd()) {
    reader.next()
    line.push(reader.text())
    if (!reader.lastOfLine) continue
    lines.push(line)
    line = []
  }
  return lines
}

function readOne<T>(content: string, read: (reader: ReturnType<typeof createFieldReader>) => T): T {
  const reader = createFieldReader({ name: 'x.csv', bytes: Buffer.from(content) })
  reader.next()
  return read(reader)
}

describe('createFieldReader', () => {
  it('parts fields at commas and lines at LF or CRLF', () => {
    expect(fieldsOf('a,b\r\nc,d\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  it('keeps blank fields, also the last one of a file without a line end', () => {
    expect(fieldsOf(',\na,')).toEqual([
      ['', ''],
      ['a', ''],
    ])
  })

  it('takes commas, quotes and line ends inside quotes as text', () => {
    expect(fieldsOf('"a,b","c""d","e\nf"\r\n"",g\n')).toEqual([
      ['a,b', 'c"d', 'e\nf'],
      ['', 'g'],
    ])
  })

  it('ignores line ends after the last record, and finds nothing in nothing', () => {
    expect(fieldsOf('a\n\r\n\n')).toEqual([['a']])
    expect(fieldsOf('')).toEqual([])
    expect(fieldsOf('\n\n')).toEqual([])
  })

  it('counts lines, those within quotes included', () => {
    const reader = createFieldReader({ name: 'x.csv', bytes: Buffer.from('"a\nb",c\nd,e\n') })
    const lines: number[] = []
    while (!reader.atEnd()) {
      reader.next()
      lines.push(reader.line)
    }
    expect(lines).toEqual([2, 2, 3, 3])
  })

  it.each([
    ['"abc', /line 1: a quoted field is not closed/],
    ['a\n"b"c\n', /line 2: a quoted field must be followed/],
    ['a"b\n', /line 1: a quote stands inside/],
  ])('refuses %j', (content, message) => {
    expect(() => fieldsOf(content)).toThrow(message)
  })

  it.each([
    ['0', 0],
    ['-0', 0],
    ['007', 7],
    ['-51124195', -51_124_195],
    ['9628190129018.0', 9_628_190_129_018],
    ['2645.47', 2645.47],
    ['.5', 0.5],
    ['1e3', 1000],
    ['9007199254740993', 9_007_199_254_740_992],
  ])('reads %s as the number that it is', (content, value) => {
    expect(readOne(content, (reader) => reader.number('x'))).toBe(value)
  })

  it('reads a blank number as missing', () => {
    expect(readOne(',', (reader) => reader.number('x'))).toBeNaN()
  })

  it.each([
    'abc',
    '1,000'.replace(',', ' '),
    '+5',
    '1.2.3',
    'NaN',
    'Infinity',
    '1e999',
    '-',
    '0x10',
    ' 1',
  ])('refuses %j as a number', (content) => {
    expect(() => readOne(content, (reader) => reader.number('close'))).toThrow(
      /x\.csv line 1: close must be a number/,
    )
  })

  it('reads any number of any size as JavaScript does', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true })),
        (value) => {
          expect(readOne(`${value},`, (reader) => reader.number('x'))).toBe(value === 0 ? 0 : value)
        },
      ),
    )
  })

  it('gives back what was quoted', () => {
    const field = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(
        fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 1 }),
        (lines) => {
          const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`
          const content = lines.map((line) => `${line.map(quote).join(',')}\n`).join('')
          expect(fieldsOf(content)).toEqual(lines)
        },
      ),
    )
  })

  it('throws nothing but coded errors, whatever the bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc
        .array(fc.constantFrom(...'",\n\r0-2.a'), { maxLength: 60 })
        .map((all) => Buffer.from(all.join(''))),
    )
    fc.assert(
      fc.property(bytes, (content) => {
        const reader = createFieldReader({ name: 'x.csv', bytes: Buffer.from(content) })
        try {
          for (let k = 0; !reader.atEnd(); k++) {
            if (k % 3 === 2 && reader.nextDigits() >= 0) continue
            reader.next()
            if (k % 3 === 0) reader.number('n')
            else reader.text()
          }
        } catch (error) {
          expect(isRalphError(error)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})
