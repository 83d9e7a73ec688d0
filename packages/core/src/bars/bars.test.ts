import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeBars, madeSeries } from '../testing-market.js'
import {
  alignFlows,
  type Bar,
  classifyBar,
  createSeries,
  findDay,
  lastAtOrBefore,
  magnitudeOf,
  netValue,
  partRows,
  seriesFromColumns,
  tailOf,
  viewOf,
} from './index.js'

const DAY: Bar = { date: '2026-02-10', open: 10, high: 12, low: 9, close: 11, volume: 5 }
const series = (...bars: Bar[]) => createSeries({ ticker: '000100', bars })

describe('classifyBar', () => {
  it.each([
    [10, 12, 9, 11, 5, 'bar'],
    [11, 12, 9, 10, 5, 'bar'],
    [10, 12, 9, 11, 0, 'halt'],
    [0, 0, 0, 11, 0, 'halt'],
    [10, 10, 9, 11, 5, 'repaired'],
    [10, 12, 11, 11, 5, 'repaired'],
    [11, 12, 13, 12, 5, 'inconsistent'],
    [10, 9, 9, 11, 5, 'inconsistent'],
    [0, 12, 9, 11, 5, 'inconsistent'],
    [10, 12, 9, 11, Number.NaN, 'inconsistent'],
  ] as const)('takes %s %s %s %s with volume %s as %s', (o, h, l, c, v, kind) => {
    expect(classifyBar(o, h, l, c, v)).toBe(kind)
  })
})

describe('createSeries', () => {
  it('parts halts from bars, widens what rounding broke and drops what is wrong', () => {
    const made = series(
      { ...DAY, date: '2026-02-04', high: 10 },
      { ...DAY, date: '2026-02-05', volume: 0 },
      { ...DAY, date: '2026-02-06', high: 5 },
      { ...DAY, date: '2026-02-09', tradedValue: 60 },
      { ...DAY, rawClose: 22 },
    )
    expect(made.length).toBe(3)
    expect([...(made.columns['bars.high'] as Float64Array)]).toEqual([11, 12, 12])
    expect([...(made.columns['bars.tradedValue'] as Float64Array)]).toEqual([55, 60, 55])
    expect([...(made.columns['bars.rawClose'] as Float64Array)]).toEqual([11, 11, 22])
    expect(made.halts).toHaveLength(1)
    expect(made.issues.map(({ kind }) => kind)).toEqual(['repaired', 'inconsistent'])
    expect(made).toMatchObject({ adjustment: 'split', volumeScope: 'KRX', provisionalFlows: null })
  })

  it('takes traded value as close times volume where no row has one', () => {
    const made = createSeries({
      ticker: '000100',
      bars: [DAY],
      adjustment: 'none',
      volumeScope: 'KRX+NXT',
    })
    expect(made.columns['bars.tradedValue']).toEqual(Float64Array.of(55))
    expect(made.columns['bars.rawClose']).toBeUndefined()
    expect(made).toMatchObject({ adjustment: 'none', volumeScope: 'KRX+NXT' })
  })

  it('lays flows beside bars: value first, then shares times close, else missing', () => {
    const made = createSeries({
      ticker: '000100',
      bars: madeBars([10, 20, 30, 40]),
      flows: [
        { date: '2026-02-10', foreignNetVolume: 3, institutionNetValue: null, provisional: true },
        { date: '2026-02-06', foreignNetValue: 7, institutionNetValue: -1 },
        { date: '2026-01-02', foreignNetValue: 9 },
        { date: '2026-02-07', foreignNetValue: 9 },
      ],
    })
    expect(made.columns['flows.foreign']).toEqual(Float64Array.of(Number.NaN, 7, Number.NaN, 120))
    const institution = Float64Array.of(Number.NaN, -1, Number.NaN, Number.NaN)
    expect(made.columns['flows.institution']).toEqual(institution)
    expect([...(made.provisionalFlows ?? [])]).toEqual([0, 0, 0, 1])
  })

  it.each([
    ['E_BARS_UNSORTED', [DAY, { ...DAY, date: '2026-02-09' }]],
    ['E_BARS_DUPLICATE', [DAY, DAY]],
    ['E_BARS_VALUE', [{ ...DAY, close: -1 }]],
    ['E_BARS_VALUE', [{ ...DAY, volume: Number.POSITIVE_INFINITY }]],
    ['E_DATE_INVALID', [{ ...DAY, date: '2026-02-30' }]],
  ] as const)('refuses with %s', (code, bars) => {
    expect(() => series(...bars)).toThrow(expect.objectContaining({ code }))
  })
})

describe('seriesFromColumns', () => {
  const columns = {
    'bars.open': Float64Array.of(1, 2),
    'bars.high': Float64Array.of(1, 2),
    'bars.low': Float64Array.of(1, 2),
    'bars.close': Float64Array.of(1, 2.5),
    'bars.volume': Float64Array.of(3, 4),
  }
  const days = Int32Array.of(5, 6)

  it('keeps the columns, and knows which are whole numbers', () => {
    const made = seriesFromColumns({ ticker: 'A', days, columns })
    expect(made.columns['bars.close']).toBe(columns['bars.close'])
    expect(made.columns['bars.tradedValue']).toEqual(Float64Array.of(3, 10))
    expect(made.magnitudes['bars.volume']).toBe(4)
    expect(made.magnitudes['bars.close']).toBe(Number.POSITIVE_INFINITY)
    expect(made.halts).toHaveLength(0)
  })

  it('refuses columns that are absent or of another length, and days out of order', () => {
    const { 'bars.low': _, ...four } = columns
    const refused = (input: Parameters<typeof seriesFromColumns>[0]): unknown => {
      try {
        return seriesFromColumns(input)
      } catch (error) {
        return (error as { code: string }).code
      }
    }
    expect(refused({ ticker: 'A', days, columns: four })).toBe('E_BARS_SHAPE')
    expect(refused({ ticker: 'A', days: Int32Array.of(5), columns })).toBe('E_BARS_SHAPE')
    expect(refused({ ticker: 'A', days: Int32Array.of(6, 5), columns })).toBe('E_BARS_UNSORTED')
    expect(refused({ ticker: 'A', days: Int32Array.of(6, 6), columns })).toBe('E_BARS_DUPLICATE')
  })
})

describe('rows', () => {
  it('share their memory with the columns when nothing is dropped', () => {
    const one = (): Float64Array => Float64Array.of(5)
    const rows = {
      days: Int32Array.of(1),
      open: one(),
      high: one(),
      low: one(),
      close: one(),
      volume: one(),
      tradedValue: null,
      rawClose: null,
    }
    const parted = partRows(rows)
    expect(parted.days).toBe(rows.days)
    expect(parted.columns['bars.close']).toBe(rows.close)
    expect(parted.columns['bars.tradedValue']).toBeUndefined()
  })

  it('lay final flows beside bars', () => {
    const nothing = Float64Array.of(Number.NaN)
    const aligned = alignFlows(Int32Array.of(1, 2), Float64Array.of(10, 20), {
      days: Int32Array.of(1),
      foreignNetValue: nothing,
      institutionNetValue: Float64Array.of(4),
      foreignNetVolume: Float64Array.of(3),
      institutionNetVolume: nothing,
      provisional: null,
    })
    expect(aligned.columns['flows.foreign']).toEqual(Float64Array.of(30, Number.NaN))
    expect(aligned.provisional).toBeNull()
  })

  it('take net buying from its value, else from its shares', () => {
    expect(netValue(5, 2, 10)).toBe(5)
    expect([netValue(null, 2, 10), netValue(Number.NaN, 2, 10)]).toEqual([20, 20])
    expect([netValue(undefined, null, 10), netValue(null, undefined, 10)]).toEqual([
      Number.NaN,
      Number.NaN,
    ])
  })
})

describe('views of a series', () => {
  const five = madeSeries([1, 2, 3, 4, 5], {
    flows: [{ date: '2026-02-10', foreignNetValue: 1, provisional: true }],
  })

  it('cut it without copying', () => {
    expect(viewOf(five, 5)).toBe(five)
    const view = viewOf(five, 3)
    expect(view.columns['bars.close']).toEqual(Float64Array.of(1, 2, 3))
    expect(view.columns['bars.close']?.buffer).toBe(five.columns['bars.close']?.buffer)
    expect(view.provisionalFlows).toHaveLength(3)
    expect(tailOf(five, 4, 2).columns['bars.close']).toEqual(Float64Array.of(3, 4))
    expect(tailOf(madeSeries([1, 2]), 2, 9).length).toBe(2)
    expect(viewOf(madeSeries([1, 2]), 1).provisionalFlows).toBeNull()
  })

  it('find days', () => {
    const days = Int32Array.of(2, 4, 6)
    expect([1, 2, 3, 5, 6, 9].map((day) => lastAtOrBefore(days, day))).toEqual([-1, 0, 0, 1, 2, 2])
    expect([1, 2, 3].map((day) => findDay(days, day))).toEqual([-1, 0, -1])
    expect(lastAtOrBefore(new Int32Array(0), 1)).toBe(-1)
  })

  it('know the largest of whole numbers', () => {
    expect(magnitudeOf(Float64Array.of(1, -7, 3))).toBe(7)
    expect(magnitudeOf(Float64Array.of(1, 0.5))).toBe(Number.POSITIVE_INFINITY)
    expect(magnitudeOf(new Float64Array(0))).toBe(0)
    const parts = [
      1,
      -9,
      0,
      -0,
      2 ** 31,
      -(2 ** 31),
      2 ** 31 - 1,
      2 ** 53 - 1,
      2 ** 53,
      0.5,
      Number.NaN,
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 12 }), (list) => {
        const largest = Math.max(0, ...list.map(Math.abs))
        const expected = list.every(Number.isSafeInteger) ? largest : Number.POSITIVE_INFINITY
        expect(magnitudeOf(Float64Array.from(list))).toBe(expected)
      }),
      { numRuns: 500 },
    )
  })
})
