import { isRalphError } from '@ralph-stock/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNumericTable, type TableLayout } from './numeric-table.js'
import { selectRows } from './row-order.js'

const LAYOUT: TableLayout = {
  key: 'ticker',
  keyPattern: /^[0-9A-Z]{6}$/,
  keyForm: 'six characters',
  numbers: [
    { name: 'close', whole: true, negative: false, blank: false },
    { name: 'net', whole: false, negative: true, blank: true },
  ],
}

const table = (content: string) =>
  readNumericTable({ name: 'x.csv', bytes: Buffer.from(content) }, LAYOUT)

describe('readNumericTable', () => {
  it('reads columns in any order, and skips others', () => {
    const { rows, values, complete } = table(
      'net,date,note,ticker,close\n-1.5,2026-02-10,"a,b",005930,71500\n,2026-02-11,,0126Z0,"7"\n',
    )
    expect(rows).toMatchObject({ length: 2, tickers: ['005930', '0126Z0'] })
    expect([...rows.ticker]).toEqual([0, 1])
    expect([...rows.day]).toEqual([20_494, 20_495])
    expect(values.map((column) => [...column])).toEqual([
      [71_500, 7],
      [-1.5, Number.NaN],
    ])
    expect(complete).toBe(true)
  })

  it('tells a file whose last line has no end', () => {
    expect(table('ticker,date,close,net\n005930,2026-02-10,71500,1').complete).toBe(false)
  })

  it('finds a ticker again that stands apart', () => {
    const { rows } = table(
      'ticker,date,close,net\n005930,2026-02-10,1,\n000660,2026-02-10,1,\n005930,2026-02-11,1,\n',
    )
    expect([...rows.ticker]).toEqual([0, 1, 0])
    expect(rows.tickers).toEqual(['005930', '000660'])
  })

  it('throws nothing but coded errors, whatever the lines', () => {
    const field = fc.constantFrom(
      '005930',
      '2026-02-10',
      '71500',
      '',
      '-1',
      '"1"',
      'x',
      '1.5',
      '"',
      '\r',
    )
    const line = fc.array(field, { maxLength: 5 }).map((fields) => fields.join(','))
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        try {
          const { rows } = table(['ticker,date,close,net', ...lines].join('\n'))
          expect(rows.length).toBeLessThanOrEqual(lines.length)
        } catch (error) {
          expect(isRalphError(error)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('selectRows', () => {
  const file = (...lines: string[]) => table(`ticker,date,close,net\n${lines.join('\n')}\n`)

  it('orders rows by ticker and date, and drops exact repeats', () => {
    const rows = file(
      '005930,2026-02-11,2,',
      '000660,2026-02-10,9,1',
      '005930,2026-02-10,1,',
      '005930,2026-02-11,2,',
    )
    const selected = selectRows(rows)
    expect([...selected.rows]).toEqual([1, 2, 0])
    expect(selected.duplicates).toBe(1)
  })

  it('refuses rows that differ for one ticker and date, and names both lines', () => {
    const rows = file('005930,2026-02-11,2,', '000660,2026-02-10,9,', '005930,2026-02-11,3,')
    expect(() => selectRows(rows)).toThrow(/x\.csv lines 2 and 4 differ for 005930 on 2026-02-11/)
  })

  it('leaves out keys that are not known, and names them', () => {
    const rows = file('005930,2026-02-11,2,', '999990,2026-02-10,9,', '999990,2026-02-10,9,')
    const selected = selectRows(rows, (ticker) => ticker === '005930')
    expect(selected).toMatchObject({ unknown: 2, unknownKeys: ['999990'], duplicates: 0 })
    expect([...selected.rows]).toEqual([0])
  })

  it('gives the same rows in whatever order they come', () => {
    const lines = Array.from({ length: 24 }, (_, k) => {
      const ticker = String(100_000 + (k % 4) * 10)
      return `${ticker},2026-02-${String(1 + Math.floor(k / 4)).padStart(2, '0')},${k},`
    })
    const values = (order: readonly string[]): number[] => {
      const rows = file(...order)
      return [...selectRows(rows).rows].map((row) => rows.values[0]?.[row] as number)
    }
    const expected = values(lines)
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        expect(values(shuffled)).toEqual(expected)
      }),
    )
  })
})
