import { describe, expect, it } from 'vitest'
import { expectBits, indicatorLaws } from '../../testing-laws.js'
import { change } from './change.js'

indicatorLaws({
  name: 'change',
  indicator: (x) => change(x, 3),
  inputs: ['close'],
  scale: 'same',
  gapFillsWindow: false,
})

describe('change', () => {
  it('is a fraction of the base', () => {
    const result = change(Float64Array.of(100, 125, 100), 1)
    expectBits(result, Float64Array.of(Number.NaN, 0.25, 100 / 125 - 1))
  })

  it('is missing on a zero base', () => {
    expect(change(Float64Array.of(0, 1), 1)[1]).toBeNaN()
    expect(change(Float64Array.of(1, 0), 1)[1]).toBe(-1)
  })
})
