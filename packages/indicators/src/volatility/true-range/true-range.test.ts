import { describe, expect, it } from 'vitest'
import { expectBits, indicatorLaws } from '../../testing-laws.js'
import { trueRange } from './true-range.js'

indicatorLaws({
  name: 'trueRange',
  indicator: trueRange,
  inputs: ['high', 'low', 'close'],
  scale: 'linear',
  gapFillsWindow: false,
})

describe('trueRange', () => {
  it('is widened to the close before', () => {
    const high = Float64Array.of(10, 12, 20, 9)
    const low = Float64Array.of(8, 9, 18, 7)
    const close = Float64Array.of(9, 10, 19, 8)
    // Within the range, a gap up from 10, a gap down from 19.
    expectBits(trueRange(high, low, close), Float64Array.of(Number.NaN, 3, 10, 12))
    expect(trueRange(high, low, close)).toHaveLength(4)
  })
})
