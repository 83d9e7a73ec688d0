import { bars } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { weightedChange } from './weighted-change.js'

indicatorLaws({
  name: 'weightedChange',
  indicator: (x) =>
    weightedChange(x, [
      { bars: 3, weight: 0.4 },
      { bars: 7, weight: 0.6 },
    ]),
  inputs: ['close'],
  scale: 'same',
  gapFillsWindow: false,
})

describe('weightedChange', () => {
  it('adds up weighted changes', () => {
    const parts = [
      { bars: 1, weight: 0.5 },
      { bars: 2, weight: 2 },
    ]
    expect(weightedChange(Float64Array.of(4, 8, 10), parts)[2]).toBe(0.5 * 0.25 + 2 * 1.5)
    expect(weightedChange(Float64Array.of(0, 8, 10), parts)[2]).toBeNaN()
  })

  it('is the relative strength of a year unless said otherwise', () => {
    expect(weightedChange(bars.close)).toMatchObject({ lookback: 253, warmUp: 252 })
    expect(weightedChange(bars.close).key).toBe(
      'weightedChange(bars.close,63,0.4,126,0.2,189,0.2,252,0.2)',
    )
  })

  it('refuses no parts and parts that are no numbers', () => {
    expect(() => weightedChange(bars.close, [])).toThrow('one part or more')
    expect(() => weightedChange(bars.close, [{ bars: 0, weight: 1 }])).toThrow('bars must be')
    expect(() => weightedChange(bars.close, [{ bars: 1, weight: Number.NaN }])).toThrow(
      'weight must be finite',
    )
  })
})
