import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KrxMarket, PriceContext, SecurityKind } from './market.js'
import {
  isOnTick,
  percentOfPrice,
  type RoundDirection,
  roundRatioToTick,
  roundToTick,
  tickSize,
} from './tick-size.js'
import { TICK_TABLES } from './tick-table.js'
import { tradeDate } from './trade-date.js'

const now: PriceContext = { date: tradeDate('2026-02-10') }

function at(date: string, market: KrxMarket, kind: SecurityKind = 'stock'): PriceContext {
  return { date: tradeDate(date), market, kind }
}

const anyContext = fc.record({
  date: fc.constantFrom('2010-10-04', '2023-01-24', '2023-01-25', '2026-02-10').map(tradeDate),
  market: fc.constantFrom<KrxMarket>('KOSPI', 'KOSDAQ', 'KONEX'),
  kind: fc.constantFrom<SecurityKind>('stock', 'etf', 'etn', 'elw'),
})
const anyPrice = fc.oneof(
  fc.integer({ min: 1, max: 3_000_000 }),
  fc.double({ min: 0.01, max: 3_000_000, noNaN: true }),
)
const anyDirection = fc.constantFrom<RoundDirection>('down', 'up', 'nearest')

describe('tickSize', () => {
  it.each([
    [1, 1],
    [1_999, 1],
    [2_000, 5],
    [4_995, 5],
    [5_000, 10],
    [19_990, 10],
    [20_000, 50],
    [49_950, 50],
    [50_000, 100],
    [199_900, 100],
    [200_000, 500],
    [499_500, 500],
    [500_000, 1_000],
    [1_500_000, 1_000],
  ])('of %d won is %d won since 2023-01-25 in every market', (price, tick) => {
    for (const market of ['KOSPI', 'KOSDAQ', 'KONEX'] as const) {
      expect(tickSize(price, at('2023-01-25', market))).toBe(tick)
    }
    expect(tickSize(price, now)).toBe(tick)
  })

  it.each([
    [999, 1, 1],
    [1_000, 5, 5],
    [4_995, 5, 5],
    [5_000, 10, 10],
    [10_000, 50, 50],
    [49_950, 50, 50],
    [50_000, 100, 100],
    [99_900, 100, 100],
    [100_000, 500, 100],
    [499_500, 500, 100],
    [500_000, 1_000, 100],
  ])('of %d won was %d won on KOSPI and %d won elsewhere before', (price, kospi, elsewhere) => {
    expect(tickSize(price, at('2023-01-24', 'KOSPI'))).toBe(kospi)
    expect(tickSize(price, at('2023-01-24', 'KOSDAQ'))).toBe(elsewhere)
    expect(tickSize(price, at('2010-10-04', 'KONEX'))).toBe(elsewhere)
  })

  it('of funds and notes is 5 won, 1 won below 2,000 won since December 2023', () => {
    expect(tickSize(1_500, at('2023-12-15', 'KOSPI', 'etf'))).toBe(5)
    expect(tickSize(1_500, at('2023-12-18', 'KOSPI', 'etf'))).toBe(1)
    expect(tickSize(2_000, at('2023-12-18', 'KOSPI', 'etn'))).toBe(5)
    expect(tickSize(300_000, at('2026-02-10', 'KOSPI', 'etf'))).toBe(5)
    expect(tickSize(1_500, at('2026-02-10', 'KOSPI', 'elw'))).toBe(5)
  })

  it('of a fraction is that of the bracket it lies in', () => {
    expect(tickSize(1_999.999, now)).toBe(1)
    expect(tickSize(0.5, now)).toBe(1)
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses the price %d', (price) => {
    expect(() => tickSize(price, now)).toThrow(
      expect.objectContaining({
        code: 'E_PRICE_INVALID',
        message: `price must be a positive finite number; found "${price}"`,
      }),
    )
  })

  it('refuses a date before the table', () => {
    expect(() => tickSize(1_000, at('2010-10-01', 'KOSPI'))).toThrow(
      expect.objectContaining({
        code: 'E_PARAM_RANGE',
        message:
          'date must be on or after 2010-10-04, where the table of tick sizes begins; found "2010-10-01"',
      }),
    )
  })
})

describe('the tables', () => {
  it('are in order of their first day, with rising bands that meet on both ticks', () => {
    const days = TICK_TABLES.map((table) => table.from)
    expect(days).toEqual([...days].sort())
    for (const { bands, topTick } of TICK_TABLES) {
      bands.forEach(({ below, tick }, i) => {
        const above = bands[i + 1]?.tick ?? topTick
        expect(below % tick).toBe(0)
        expect(below % above).toBe(0)
        expect(bands[i + 1]?.below ?? Number.POSITIVE_INFINITY).toBeGreaterThan(below)
      })
    }
  })
})

describe('roundToTick', () => {
  it.each<[number, RoundDirection, number]>([
    [1_999.5, 'up', 2_000],
    [1_999.5, 'down', 1_999],
    [2_003, 'up', 2_005],
    [2_003, 'down', 2_000],
    [2_003, 'nearest', 2_005],
    [2_002, 'nearest', 2_000],
    [2_002.5, 'nearest', 2_005],
    [19_999, 'up', 20_000],
    [71_540, 'down', 71_500],
    [71_540, 'up', 71_600],
    [499_999, 'up', 500_000],
    [500_001, 'up', 501_000],
    [0.3, 'down', 1],
    [0.3, 'nearest', 1],
  ])('takes %d %s to %d', (price, direction, rounded) => {
    expect(roundToTick(price, direction, now)).toBe(rounded)
  })

  it('gives a quotable price within one tick, in the direction asked for', () => {
    fc.assert(
      fc.property(anyPrice, anyDirection, anyContext, (price, direction, context) => {
        const tick = tickSize(price, context)
        const rounded = roundToTick(price, direction, context)
        expect(isOnTick(rounded, context)).toBe(true)
        if (price < tick) expect(rounded).toBe(tick)
        else if (direction === 'down') expect(rounded).toBeLessThanOrEqual(price)
        if (direction === 'up') expect(rounded).toBeGreaterThanOrEqual(price)
        expect(Math.abs(rounded - price)).toBeLessThan(tick)
        if (direction === 'nearest' && price >= tick) {
          expect(Math.abs(rounded - price) * 2).toBeLessThanOrEqual(tick)
        }
      }),
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyPrice, anyDirection, anyDirection, anyContext, (price, one, two, context) => {
        const rounded = roundToTick(price, one, context)
        expect(roundToTick(rounded, two, context)).toBe(rounded)
      }),
    )
  })

  it('never reverses the order of prices', () => {
    fc.assert(
      fc.property(anyPrice, anyPrice, anyDirection, anyContext, (a, b, direction, context) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        expect(roundToTick(low, direction, context)).toBeLessThanOrEqual(
          roundToTick(high, direction, context),
        )
      }),
    )
  })

  it('stays exact at the end of the safe integers', () => {
    expect(roundToTick(Number.MAX_SAFE_INTEGER, 'down', now)).toBe(9_007_199_254_740_000)
    expect(roundToTick(Number.MAX_SAFE_INTEGER, 'up', now)).toBe(9_007_199_254_741_000)
  })

  it('refuses a price that is not positive', () => {
    expect(() => roundToTick(0, 'up', now)).toThrow(
      expect.objectContaining({ code: 'E_PRICE_INVALID' }),
    )
  })
})

describe('isOnTick', () => {
  it('tells quotable prices', () => {
    expect(isOnTick(2_005, now)).toBe(true)
    expect(isOnTick(2_003, now)).toBe(false)
    expect(isOnTick(1_999.5, now)).toBe(false)
    expect(isOnTick(16_650, at('2023-01-24', 'KOSPI'))).toBe(true)
    expect(isOnTick(16_660, at('2023-01-24', 'KOSPI'))).toBe(false)
  })

  it.each([0, -5, Number.NaN, Number.POSITIVE_INFINITY])('is false for %d', (price) => {
    expect(isOnTick(price, now)).toBe(false)
  })
})

describe('percentOfPrice', () => {
  it.each<[number, number, RoundDirection, number]>([
    [10_000, 115, 'down', 11_500],
    [9_990, 115, 'down', 11_480],
    [71_500, 115, 'down', 82_200],
    [71_500, 95, 'up', 68_000],
    [1_740, 115, 'down', 2_000],
    [1_739, 115, 'down', 1_999],
    [2_105, 95, 'up', 2_000],
    [100, 110, 'down', 110],
    [1, 115, 'down', 1],
    [1, 95, 'up', 1],
    [1, 30, 'down', 1],
    [2_150, 93, 'nearest', 2_000],
  ])('of %d at %d %% rounded %s is %d', (close, percent, direction, price) => {
    expect(percentOfPrice(close, percent, direction, now)).toBe(price)
  })

  it('keeps an exact quotient where floating point would miss it', () => {
    // 110 % of 100 won is 110 won; 100 * 1.1 is 110.00000000000001.
    expect(roundToTick(100 * 1.1, 'up', now)).toBe(111)
    expect(percentOfPrice(100, 110, 'up', now)).toBe(110)
    // 115 % of 100 won is 115 won; 100 * 1.15 is 114.99999999999999.
    expect(roundToTick(100 * 1.15, 'down', now)).toBe(114)
    expect(percentOfPrice(100, 115, 'down', now)).toBe(115)
  })

  it('agrees with exact arithmetic on big integers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.integer({ min: 1, max: 10_000 }),
        anyContext,
        (close, percent, context) => {
          const exact = BigInt(close) * BigInt(percent)
          const tick = BigInt(tickSize(Math.max(1, Number(exact / 100n)), context))
          const down = (exact / (100n * tick)) * tick
          const up = down * 100n === exact ? down : down + tick
          const atLeastTick = (price: bigint) => Number(price < tick ? tick : price)
          expect(percentOfPrice(close, percent, 'down', context)).toBe(atLeastTick(down))
          expect(percentOfPrice(close, percent, 'up', context)).toBe(atLeastTick(up))
        },
      ),
    )
  })

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])('refuses the close %d', (close) => {
    expect(() => percentOfPrice(close, 115, 'down', now)).toThrow(
      expect.objectContaining({ code: 'E_PRICE_INVALID' }),
    )
  })

  it.each([0, -5, 112.5, Number.NaN, 10_001])('refuses %d percent', (percent) => {
    expect(() => percentOfPrice(1_000, percent, 'down', now)).toThrow(
      expect.objectContaining({ code: 'E_PARAM_RANGE' }),
    )
  })

  it('refuses a product that is no longer exact', () => {
    expect(() => percentOfPrice(2 ** 50, 115, 'down', now)).toThrow(
      expect.objectContaining({ code: 'E_PRICE_INVALID' }),
    )
  })
})

describe('roundRatioToTick', () => {
  it('rounds a quotient that has no exact form', () => {
    expect(roundRatioToTick(19_999, 3, 'down', now)).toBe(6_660)
    expect(roundRatioToTick(19_999, 3, 'up', now)).toBe(6_670)
    expect(roundRatioToTick(19_999, 3, 'nearest', now)).toBe(6_670)
  })

  it('takes the bracket of the quotient itself', () => {
    // One part in a million below 2,000 won: still the 1-won bracket, and rounded up it is 2,000.
    expect(roundRatioToTick(1_999_999_999, 1_000_000, 'down', now)).toBe(1_999)
    expect(roundRatioToTick(1_999_999_999, 1_000_000, 'up', now)).toBe(2_000)
  })

  it.each([0, 1_000_001, 0.5, Number.NaN])('refuses the denominator %d', (denominator) => {
    expect(() => roundRatioToTick(100, denominator, 'down', now)).toThrow(
      expect.objectContaining({ code: 'E_PARAM_RANGE' }),
    )
  })

  it.each([0, 0.5, 2 ** 53])('refuses the numerator %d', (numerator) => {
    expect(() => roundRatioToTick(numerator, 100, 'down', now)).toThrow(
      expect.objectContaining({ code: 'E_PRICE_INVALID' }),
    )
  })
})
