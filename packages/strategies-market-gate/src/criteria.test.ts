import fc from 'fast-check'
import { describe, it } from 'vitest'
import { expectMonotone, expectPointsIn } from '../../../tests/support/criterion-laws.js'
import { marketGate } from './strategy.js'

const change = fc.oneof(
  fc.double({ min: -0.1, max: 0.1, noNaN: true }),
  fc.constantFrom(-0.01, 0, 0.01),
)
const index = { allowed: [0, 10, 20, 30, 40], values: fc.record({ change }) }
const split = fc
  .tuple(fc.nat(100), fc.nat(100), fc.integer({ min: 1, max: 100 }))
  .map(([rising, falling, flat]) => ({ rising, falling, sectors: rising + falling + flat }))

const CASES = {
  kospi: index,
  kosdaq: index,
  sectors: { allowed: null, values: split },
} as const

describe.each(marketGate().criteria)('$id', (criterion) => {
  const { allowed, values } = CASES[criterion.id as keyof typeof CASES]

  it('gives only points that the rule knows', () => {
    expectPointsIn(criterion, values, allowed)
  })

  it('moves with its inputs as it claims', () => {
    expectMonotone(criterion, values)
  })
})
