import { describe, expect, it } from 'vitest'
import { pressed, sortRows } from './sorting.js'

describe('sorting', () => {
  const rows = [
    { id: 'a', value: 2 },
    { id: 'b', value: null },
    { id: 'c', value: 1 },
    { id: 'd', value: 2 },
  ]
  const ids = (descending: boolean): string =>
    sortRows(rows, ({ value }) => value, descending)
      .map(({ id }) => id)
      .join('')

  it('puts what is not known last in both directions, and keeps the order of equals', () => {
    expect([ids(false), ids(true)]).toEqual(['cadb', 'adcb'])
  })

  it('leaves the rows that it was given as they were', () => {
    ids(true)
    expect(rows.map(({ id }) => id).join('')).toBe('abcd')
  })

  it('sorts words by their letters', () => {
    expect(sortRows(['나래', '가온', '다온'], (name) => name, false)).toEqual([
      '가온',
      '나래',
      '다온',
    ])
  })

  it('turns around when the same column is pressed again', () => {
    const first = pressed({ column: 'name', descending: false }, 'score', true)
    expect(first).toEqual({ column: 'score', descending: true })
    expect(pressed(first, 'score', true)).toEqual({ column: 'score', descending: false })
  })
})
