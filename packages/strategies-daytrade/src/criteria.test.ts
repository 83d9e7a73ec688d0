import fc from 'fast-check'
import { describe, it } from 'vitest'
import { expectMonotone, expectPointsIn } from '../../../tests/support/criterion-laws.js'
import { daytrade } from './strategy.js'

const price = fc.integer({ min: 100, max: 2_000_000 })
const volume = fc.integer({ min: 1, max: 1_000_000_000 })
const krw = fc.oneof(
  fc.double({ min: -50e9, max: 50e9, noNaN: true }),
  fc.constantFrom(0, 5e9, 10e9),
)
const moved = fc.double({ min: -0.3, max: 0.3, noNaN: true })
const box = fc.tuple(price, price).map(([a, b]) => ({
  floor: Math.min(a, b),
  ceiling: Math.max(a, b),
}))
const count = fc.integer({ min: 1, max: 200 })

const CASES = {
  'volume-spike': fc.record({ volume, priorAverage: volume }),
  'momentum-breakout': fc.record({ close: price, priorHigh: price }),
  'box-breakout': fc.tuple(price, box).map(([close, walls]) => ({ close, ...walls })),
  'above-ma5': fc.record({ close: price, average: price }),
  'institution-buying': fc.record({ foreign: krw, institution: krw }),
  'oversold-bounce': fc.record({ priorChange: moved, dayChange: moved }),
  'sector-momentum': fc.record({ rank: count, members: count, change: moved }),
} as const

describe.each(daytrade().criteria)('$id', (criterion) => {
  const values = CASES[criterion.id as keyof typeof CASES]

  it('gives full points, half or none', () => {
    expectPointsIn(criterion, values, [0, 8, 15])
  })

  it('moves with its inputs as it claims', () => {
    expectMonotone(criterion, values)
  })
})
