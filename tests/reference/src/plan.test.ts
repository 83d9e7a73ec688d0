import { describe, expect, it } from 'vitest'
import { bar } from './fixtures.js'
import { isLockedAtLimit, upperLimit } from './locked-at-limit.js'
import { planFor, quantityFor, stopPrice, targetPrice, tickSize } from './plan.js'

describe('plan', () => {
  it('changes the tick at each bound', () => {
    const bounds = [1999, 2000, 4999, 5000, 19_999, 20_000, 49_999, 50_000, 199_999, 200_000]
    expect(bounds.map(tickSize)).toEqual([1, 5, 5, 10, 10, 50, 50, 100, 100, 500])
    expect([499_999, 500_000].map(tickSize)).toEqual([500, 1000])
  })

  it('rounds the target down to the tick of the resulting price', () => {
    expect(targetPrice(1739, 115)).toBe(1999) // 1999.85, tick 1
    expect(targetPrice(1740, 115)).toBe(2000) // 2001, tick 5
    expect(targetPrice(4350, 115)).toBe(5000) // 5002.5, tick 10
    expect(targetPrice(10_000, 115)).toBe(11_500)
  })

  it('rounds the stop up to the tick of the resulting price', () => {
    expect(stopPrice(10_000, 95)).toBe(9500)
    expect(stopPrice(5260, 95)).toBe(5000) // 4997, tick 5
    expect(stopPrice(2105, 95)).toBe(2000) // 1999.75, tick 1
    expect(stopPrice(71_100, 95)).toBe(67_600) // 67,545, tick 100
  })

  it('buys whole shares of the share of 10,000,000 that the grade gets', () => {
    expect(planFor(70_000, 'S', 115, 95).quantity).toBe(21) // 1,500,000 / 70,000 = 21.4
    expect(quantityFor(70_000, 'A')).toBe(17) // 17.1
    expect(quantityFor(100_000, 'B')).toBe(10)
    expect(quantityFor(500_001, 'C')).toBe(0) // above the budget
  })
})

describe('locked at limit', () => {
  it('follows the limit prices seen on the exchange', () => {
    expect(upperLimit(334_000)).toBe(434_000)
    expect(upperLimit(199_100)).toBe(258_500)
    expect(upperLimit(179_400)).toBe(233_000)
    expect(upperLimit(424_000)).toBe(551_000)
  })

  it('compares the close with the limit of the previous traded close', () => {
    // 1,000: range 300, limit 1,300.
    expect(isLockedAtLimit([bar(0, 1000), bar(1, 1300)])).toBe(true)
    expect(isLockedAtLimit([bar(0, 1000), bar(1, 1299)])).toBe(false)
    expect(isLockedAtLimit([bar(1, 1300)])).toBe(false)
  })
})
