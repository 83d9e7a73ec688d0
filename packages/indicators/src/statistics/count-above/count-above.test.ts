import { describe, expect, it } from 'vitest'
import { expectBits, indicatorLaws } from '../../testing-laws.js'
import { countAbove } from './count-above.js'

indicatorLaws({
  name: 'countAbove of one input',
  indicator: (x) => countAbove([x], 0, 4),
  inputs: ['flow'],
  scale: 'same',
})
indicatorLaws({
  name: 'countAbove of two inputs',
  indicator: (x, y) => countAbove([x, y], 0, 5),
  inputs: ['flow', 'close'],
  scale: 'same',
})

indicatorLaws({
  name: 'countAbove of three inputs',
  indicator: (x, y, z) => countAbove([x, y, z], 0, 7),
  inputs: ['flow', 'close', 'flow'],
  scale: 'same',
})

describe('countAbove', () => {
  it('counts the bars on which all are above', () => {
    const { NaN: missing } = Number
    const first = Float64Array.of(1, 1, -1, 1, 1)
    const second = Float64Array.of(1, 0, 1, 1, 2)
    expectBits(countAbove([first, second], 0, 3), Float64Array.of(missing, missing, 1, 1, 2))
  })

  it('takes a value on the threshold as not above it', () => {
    const values = Float64Array.of(100 + 1e-9, 100 + 1e-6)
    expectBits(countAbove([values], 100, 1), Float64Array.of(0, 1))
  })

  it('serves long series', () => {
    const values = Float64Array.from({ length: 9_000 }, (_, i) => (i % 3) - 1)
    expect(countAbove([values], 0, 6).at(-1)).toBe(2)
  })

  it('refuses to count nothing', () => {
    expect(() => countAbove([] as Float64Array[])).toThrow('one input or more')
  })
})
