import fc from 'fast-check'
import { describe, it } from 'vitest'
import { expectMonotone, expectPointsIn } from '../../../tests/support/criterion-laws.js'
import { vcp } from './strategy.js'
import { trendTemplate } from './trend-template/strategy.js'

const ratio = fc.oneof(
  fc.double({ min: 0, max: 3, noNaN: true }),
  fc.constantFrom(0.5, 0.7, 0.8, 0.9, 1, 1.1),
)
const price = fc.integer({ min: 100, max: 2_000_000 })
const sessionsApart = fc.integer({ min: 4, max: 9 })
const five = fc.integer({ min: 0, max: 5 })
const share = fc.record({
  share: fc.oneof(
    fc.double({ min: -0.3, max: 0.3, noNaN: true }),
    fc.constantFrom(-0.02, 0, 0.02, 0.05),
  ),
  netBuying: fc.double({ min: -1e12, max: 1e12, noNaN: true }),
  sessionsApart,
})
const byThrees = [0, 3, 6, 9, 12, 15]

const VCP = {
  'vcp.band-contraction': {
    allowed: [0, 10, 20, 30],
    values: fc.record({ ratio, bandwidth: ratio }),
  },
  'vcp.volume-dry-up': { allowed: [0, 5, 10, 15, 20], values: fc.record({ ratio }) },
  'vcp.volatility-decrease': { allowed: [0, 10, 15, 20], values: fc.record({ ratio }) },
  'vcp.rsi-neutral': {
    allowed: [0, 5, 10, 15],
    values: fc.record({ rsi: fc.double({ min: 0, max: 100, noNaN: true }) }),
  },
  'vcp.band-position': {
    allowed: [0, 5, 10, 15],
    values: fc.record({ position: fc.double({ min: -1, max: 2, noNaN: true }) }),
  },
  'smart-money.foreign': { allowed: [0, 12, 24, 32, 40], values: share },
  'smart-money.institution': { allowed: [0, 9, 18, 24, 30], values: share },
  'smart-money.foreign-streak': {
    allowed: byThrees,
    values: fc.record({ streak: five, sessionsApart }),
  },
  'smart-money.dual-buying': {
    allowed: byThrees,
    values: fc.record({ count: five, sessionsApart }),
  },
} as const

describe.each(vcp().criteria)('$id', (criterion) => {
  const { allowed, values } = VCP[criterion.id as keyof typeof VCP]

  it('gives only points that the rule knows', () => {
    expectPointsIn(criterion, values, allowed)
  })

  it('moves with its inputs as it claims', () => {
    expectMonotone(criterion, values)
  })
})

describe.each(trendTemplate().criteria)('$id', (criterion) => {
  const names = criterion.inputNames.map((name) => [name, price] as const)
  const values = fc.record<Record<string, number>>(Object.fromEntries(names))

  it('holds or does not', () => {
    expectPointsIn(criterion, values, [0, 1])
  })

  it('moves with its inputs as it claims', () => {
    expectMonotone(criterion, values)
  })
})
