import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { coefficientOfVariation } from './coefficient-of-variation.js'

indicatorLaws({
  name: 'coefficientOfVariation',
  indicator: (x) => coefficientOfVariation(x, 6),
  inputs: ['close'],
  scale: 'same',
})

describe('coefficientOfVariation', () => {
  it('is deviation over mean', () => {
    expect(coefficientOfVariation(Float64Array.of(2, 4), 2)[1]).toBe(1 / 3)
  })

  it('is missing around 0', () => {
    expect(coefficientOfVariation(Float64Array.of(-1, 1), 2)[1]).toBeNaN()
  })
})
