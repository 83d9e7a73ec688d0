import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { typicalVwap, vwap } from './vwap.js'

indicatorLaws({
  name: 'vwap',
  indicator: (value, volume) => vwap(value, volume, 6),
  inputs: ['close', 'volume'],
  scale: 'linear',
})
indicatorLaws({
  name: 'typicalVwap',
  indicator: (high, low, close, volume) => typicalVwap(high, low, close, volume, 6),
  inputs: ['high', 'low', 'close', 'volume'],
  scale: 'linear',
})

describe('vwap', () => {
  it('is money over shares', () => {
    expect(vwap(Float64Array.of(100, 600), Float64Array.of(10, 30), 2)[1]).toBe(17.5)
  })

  it('is missing where nothing traded', () => {
    expect(vwap(new Float64Array(3), new Float64Array(3), 2)[2]).toBeNaN()
  })

  it('takes the typical price where money is not known', () => {
    const high = Float64Array.of(12, 24)
    const low = Float64Array.of(9, 18)
    const close = Float64Array.of(9, 18)
    expect(typicalVwap(high, low, close, Float64Array.of(10, 30), 2)[1]).toBe(17.5)
  })
})
