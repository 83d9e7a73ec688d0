import { above } from '@ralph-stock/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edgeAbove } from './edge.js'

describe('edgeAbove', () => {
  it('is the bound that core compares with', () => {
    const threshold = fc.double({ noNaN: true, noDefaultInfinity: true })
    const distance = fc.double({ min: -3e-9, max: 3e-9, noNaN: true })
    fc.assert(
      fc.property(threshold, distance, (bound, share) => {
        const edge = edgeAbove(bound)
        for (const value of [edge, bound, bound * (1 + share), bound + share, Number.NaN]) {
          expect(value > edge).toBe(above(value, bound))
        }
      }),
    )
  })
})
