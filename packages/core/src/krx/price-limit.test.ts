import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KrxMarket, PriceContext, SecurityKind } from './market.js'
import { PRICE_LIMITS, priceLimits } from './price-limit.js'
import { isOnTick, roundToTick, tickSize } from './tick-size.js'
import { tradeDate } from './trade-date.js'

const now: PriceContext = { date: tradeDate('2026-06-24'), market: 'KOSPI', kind: 'stock' }

function at(date: string, market: KrxMarket, kind: SecurityKind = 'stock'): PriceContext {
  return { date: tradeDate(date), market, kind }
}

describe('priceLimits', () => {
  it.each([
    [334_000, 434_000],
    [199_100, 258_500],
    [179_400, 233_000],
    [424_000, 551_000],
  ])('on a base of %d are at most %d, as the market printed', (base, upper) => {
    expect(priceLimits(base, now).upper).toBe(upper)
  })

  it.each([
    [334_000, 234_000],
    [247_500, 173_500],
    [308_500, 216_000],
    [75_900, 53_200],
  ])('on a base of %d are at least %d, as the market printed', (base, lower) => {
    expect(priceLimits(base, now).lower).toBe(lower)
  })

  it('use the tick of the base for the range, and of the result for the price', () => {
    // Range 59,730 cut to 59,700; 258,800 is cut to the tick of 500 there, 139,400 is on a tick.
    expect(priceLimits(199_100, { date: now.date })).toEqual({ upper: 258_500, lower: 139_400 })
    // Range 600: 1,400 is on the finer tick; 2,600 is on the coarser one.
    expect(priceLimits(2_000, now)).toEqual({ upper: 2_600, lower: 1_400 })
  })

  it('leave no room where the range is below one tick', () => {
    expect(priceLimits(3, now)).toEqual({ upper: 3, lower: 3 })
    expect(priceLimits(4, now)).toEqual({ upper: 5, lower: 3 })
  })

  it('widened from 15 to 30 percent on 2015-06-15, but for KONEX', () => {
    expect(priceLimits(10_000, at('2015-06-12', 'KOSPI'))).toEqual({ upper: 11_500, lower: 8_500 })
    expect(priceLimits(10_000, at('2015-06-12', 'KOSDAQ'))).toEqual({ upper: 11_500, lower: 8_500 })
    expect(priceLimits(10_000, at('2015-06-15', 'KOSPI'))).toEqual({ upper: 13_000, lower: 7_000 })
    expect(priceLimits(10_000, at('2015-06-15', 'KOSDAQ'))).toEqual({ upper: 13_000, lower: 7_000 })
    expect(priceLimits(10_000, at('2026-02-10', 'KONEX'))).toEqual({ upper: 11_500, lower: 8_500 })
  })

  it('use the tick of funds for funds', () => {
    expect(priceLimits(10_005, at('2026-02-10', 'KOSPI', 'etf'))).toEqual({
      upper: 13_005,
      lower: 7_005,
    })
  })

  it('lie on quotable prices around the base and within the limit', () => {
    const context = fc.record({
      date: fc.constantFrom('2011-03-02', '2015-06-15', '2023-01-25', '2026-02-10').map(tradeDate),
      market: fc.constantFrom<KrxMarket>('KOSPI', 'KOSDAQ'),
      kind: fc.constantFrom<SecurityKind>('stock', 'etf', 'etn'),
    })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000 }), context, (price, where) => {
        const base = roundToTick(price, 'up', where)
        const { upper, lower } = priceLimits(base, where)
        const percent = where.date < '2015-06-15' ? 15 : 30
        expect(isOnTick(upper, where) && isOnTick(lower, where)).toBe(true)
        expect(lower).toBeLessThanOrEqual(base)
        expect(upper).toBeGreaterThanOrEqual(base)
        expect((upper - base) * 100).toBeLessThanOrEqual(base * percent)
        expect((base - lower) * 100).toBeLessThanOrEqual(base * percent)
        // Neither is more than one tick of the base and one of its own away from the plain share.
        const slack = (limit: number) => (tickSize(base, where) + tickSize(limit, where)) * 100
        expect(base * percent - (upper - base) * 100).toBeLessThan(slack(upper))
        expect(base * percent - (base - lower) * 100).toBeLessThan(slack(lower))
      }),
    )
  })

  it('refuse a warrant, which has none', () => {
    expect(() => priceLimits(1_000, at('2026-02-10', 'KOSPI', 'elw'))).toThrow(
      expect.objectContaining({ code: 'E_PARAM_RANGE' }),
    )
  })

  it.each([0, -100, 99.5, Number.NaN, 2 ** 53])('refuse the base %d', (base) => {
    expect(() => priceLimits(base, now)).toThrow(
      expect.objectContaining({ code: 'E_PRICE_INVALID' }),
    )
  })

  it('refuse a base whose share is no longer exact', () => {
    expect(() => priceLimits(2 ** 52, now)).toThrow(
      expect.objectContaining({ code: 'E_PRICE_INVALID' }),
    )
  })

  it('refuse a date before the table', () => {
    expect(() => priceLimits(1_000, at('2013-06-28', 'KONEX'))).toThrow(
      expect.objectContaining({ code: 'E_PARAM_RANGE' }),
    )
  })
})

describe('the table', () => {
  it('is in order of its first days', () => {
    const days = PRICE_LIMITS.map((row) => row.from)
    expect(days).toEqual([...days].sort())
  })
})
