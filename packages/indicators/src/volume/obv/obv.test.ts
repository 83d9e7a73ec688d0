import { OBV } from 'technicalindicators'
import { describe, expect, it } from 'vitest'
import { expectBits, indicatorLaws } from '../../testing-laws.js'
import { obv } from './obv.js'

indicatorLaws({ name: 'obv', indicator: obv, inputs: ['close', 'volume'], scale: 'same' })

describe('obv', () => {
  it('gives whole numbers the same bits as fractions of them', () => {
    const close = Float64Array.from({ length: 500 }, (_, i) => ((i * 7919) % 13) - 6)
    const volume = close.map((_, i) => (i * 31) % 1000)
    const halves = close.map((price) => price / 2)
    const fractions = volume.map((shares) => shares / 2)
    expectBits(
      obv(close, volume),
      obv(halves, fractions).map((sum) => 2 * sum),
    )
  })

  it('adds volume on rises and takes it off on falls', () => {
    const close = Float64Array.of(10, 11, 11, 10, Number.NaN, 9, 10)
    const volume = Float64Array.of(5, 7, 3, 2, 1, 4, 6)
    expectBits(obv(close, volume), Float64Array.of(0, 7, 7, 5, Number.NaN, 0, 6))
  })

  it('agrees with technicalindicators', () => {
    const close = Array.from({ length: 40 }, (_, i) => 1000 + 90 * Math.sin(i))
    const volume = close.map((_, i) => 100 + (i % 9))
    const ours = obv(Float64Array.from(close), Float64Array.from(volume))
    OBV.calculate({ close, volume }).forEach((value, k) => {
      expect(ours[k + 1]).toBe(value)
    })
  })
})
