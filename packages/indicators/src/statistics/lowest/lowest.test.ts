import { describe, expect, it } from 'vitest'
import { indicatorLaws, inputColumns, run } from '../../testing-laws.js'
import { sma } from '../../trend/sma/sma.js'
import { lowest } from './lowest.js'

// Periods on both sides of the change of method.
for (const period of [1, 2, 5, 8, 20, 41, 60]) {
  indicatorLaws({
    name: `lowest of ${period}`,
    indicator: (x) => lowest(x, period),
    inputs: ['close'],
    scale: 'linear',
  })
}
for (const period of [20, 50]) {
  indicatorLaws({
    name: `lowest of ${period}, at least 6`,
    indicator: (x) => lowest(x, period, { atLeast: 6 }),
    inputs: ['close'],
    scale: 'linear',
  })
}

describe('lowest', () => {
  it('agrees with a look at each window', () => {
    const values = Float64Array.from({ length: 900 }, (_, i) => 100 + ((i * 7919) % 101) - i / 4)
    for (const period of [3, 20, 40, 41, 150, 600]) {
      const result = lowest(values, period)
      for (let i = period - 1; i < values.length; i++) {
        expect(result[i]).toBe(Math.min(...values.subarray(i - period + 1, i + 1)))
      }
    }
  })

  it('agrees over whole numbers of any sign and size', () => {
    const most = 2 ** 30 - 1
    const values = Float64Array.from(
      { length: 2_000 },
      (_, i) => ((i * 7919) % 101) - 50 - (i >> 5),
    )
    values.set([most, -most, most, 0, -most, -0], 700)
    for (const period of [1, 2, 7, 8, 13, 20, 24, 25, 150, 600]) {
      const result = lowest(values, period, { atLeast: 1 })
      for (let i = 0; i < values.length; i++) {
        const window = values.subarray(Math.max(0, i - period + 1), i + 1)
        expect(result[i]).toBe(Math.min(...window) + 0)
      }
    }
  })

  it('counts a short window from where the input begins', () => {
    const [column] = inputColumns(1).map((x) => lowest(sma(x, 4), 20, { atLeast: 6 }))
    if (column === undefined) throw new Error('no column')
    expect(column).toMatchObject({ warmUp: 8, lookback: 23 })
    const values = run(column, [Float64Array.from({ length: 30 }, (_, i) => i % 11)])
    expect(values.findIndex((value) => !Number.isNaN(value))).toBe(8)
  })

  it('has one form of zero', () => {
    expect(lowest(Float64Array.of(-0, -0), 2)[1]).toBe(0)
  })

  it('has no value in a gap longer than the window', () => {
    const values = new Float64Array(200).fill(Number.NaN)
    for (const period of [3, 60]) expect(lowest(values, period).every(Number.isNaN)).toBe(true)
  })
})
