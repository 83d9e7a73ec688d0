import fc from 'fast-check'
import { describe, it } from 'vitest'
import { expectMonotone, expectPointsIn } from '../../../tests/support/criterion-laws.js'
import { closingBet } from './strategy.js'

const price = fc.integer({ min: 100, max: 2_000_000 })
const krw = fc.double({ min: -2e12, max: 2e12, noNaN: true })
const traded = fc.oneof(
  fc.double({ min: 1e6, max: 2e12, noNaN: true }),
  fc.constantFrom(10e9, 30e9, 100e9, 500e9),
)
const count = fc.integer({ min: 0, max: 30 })
const candle = fc.array(price, { minLength: 4, maxLength: 4 }).map((four) => {
  const [low, open, close, high] = four.sort((a, b) => a - b)
  return { low: low as number, open: open as number, close: close as number, high: high as number }
})

const CASES = {
  news: {
    allowed: [0, 1, 2, 3],
    values: fc.record({
      positive: count,
      negative: count,
      meanSentiment: fc.double({ min: -1, max: 1, noNaN: true }),
    }),
  },
  volume: {
    allowed: [0, 1, 2, 3],
    values: fc.record({ tradedValue: traded, priorAverage: traded }),
  },
  chart: {
    allowed: [0, 1, 2],
    values: fc.record({
      close: price,
      yearHigh: price,
      priorVcp: fc.integer({ min: 0, max: 100 }),
    }),
  },
  candle: {
    allowed: [0, 1],
    values: fc.tuple(candle, price).map(([day, priorClose]) => ({ ...day, priorClose })),
  },
  period: {
    allowed: [0, 1],
    values: fc.record({
      rebound: fc.double({ min: 0, max: 1, noNaN: true }),
      barsSinceLow: fc.integer({ min: 0, max: 9 }),
    }),
  },
  flow: { allowed: [0, 1, 2], values: fc.record({ foreign: krw, institution: krw }) },
} as const

describe.each(closingBet().criteria)('$id', (criterion) => {
  const { allowed, values } = CASES[criterion.id as keyof typeof CASES]

  it('gives only points that the rule knows', () => {
    expectPointsIn(criterion, values, allowed)
  })

  it('moves with its inputs as it claims', () => {
    expectMonotone(criterion, values)
  })
})
