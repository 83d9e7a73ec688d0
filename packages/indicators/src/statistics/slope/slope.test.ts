import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { slope } from './slope.js'

indicatorLaws({ name: 'slope', indicator: (x) => slope(x, 7), inputs: ['close'], scale: 'linear' })

describe('slope', () => {
  it('is the rise a bar', () => {
    expect(slope(Float64Array.of(1, 3, 5), 3)[2]).toBe(2)
    expect(slope(Float64Array.of(1, 4, 1), 3)[2]).toBe(0)
  })
})
