import { describe, expect, it } from 'vitest'
import { bar, barsOf, day, repeated, viewWith } from './fixtures.js'
import { smartMoneyCriteria } from './smart-money.js'

// Five bars of 100 won x 100 shares: traded value 50,000 together.
const BARS = barsOf(repeated(100, 5))
const NONE = repeated(0, 5)

const foreignPoints = (total: number): number | null | undefined =>
  smartMoneyCriteria(viewWith(BARS, [total, 0, 0, 0, 0], NONE))['smart-money.foreign']?.points

const institutionPoints = (total: number): number | null | undefined =>
  smartMoneyCriteria(viewWith(BARS, NONE, [total, 0, 0, 0, 0]))['smart-money.institution']?.points

describe('smart money', () => {
  it('grades net buying as a share of traded value', () => {
    // 0.05, just below, 0.02, just below, just above 0, 0, just above -0.02, -0.02.
    const totals = [2500, 2499, 1000, 999, 1, 0, -999, -1000]
    expect(totals.map(foreignPoints)).toEqual([40, 32, 32, 24, 24, 12, 12, 0])
    expect(totals.map(institutionPoints)).toEqual([30, 24, 24, 18, 18, 9, 9, 0])
  })

  it('counts the latest days in a row, and the days of both', () => {
    const criteria = smartMoneyCriteria(viewWith(BARS, [5, 0, 5, 5, 5], [5, 5, -1, 5, 0]))
    expect(criteria['smart-money.foreign-streak']?.points).toBe(9) // three in a row
    expect(criteria['smart-money.dual-buying']?.points).toBe(6) // the first and the fourth
  })

  it('gives no streak when the last day has no buying', () => {
    const criteria = smartMoneyCriteria(viewWith(BARS, [5, 5, 5, 5, 0], NONE))
    expect(criteria['smart-money.foreign-streak']?.points).toBe(0)
  })

  it('leaves unknown only what reads the missing series', () => {
    const criteria = smartMoneyCriteria(viewWith(BARS, repeated(5, 5), [5, null, 5, 5, 5]))
    expect(criteria['smart-money.foreign']?.points).toBe(24)
    expect(criteria['smart-money.foreign-streak']?.points).toBe(15)
    expect(criteria['smart-money.institution']?.points).toBeNull()
    expect(criteria['smart-money.dual-buying']?.points).toBeNull()
  })

  it('turns shares into won with the close of their date', () => {
    const view = viewWith(BARS, [null, 0, 0, 0, 0], NONE)
    const flow = view.flows.get(day(0))
    if (flow) flow.foreignShares = 25
    expect(smartMoneyCriteria(view)['smart-money.foreign']?.points).toBe(40) // 2,500
  })

  it('is unknown with 4 bars, and when five bars span more than 10 sessions', () => {
    const short = smartMoneyCriteria(viewWith(BARS.slice(1), NONE, NONE))
    expect(short['smart-money.foreign']?.points).toBeNull()
    const sessions = Array.from({ length: 11 }, (_, i) => day(i))
    const spanning = (first: number): number | null | undefined => {
      const bars = [first, 7, 8, 9, 10].map((i) => bar(i, 100))
      const criteria = smartMoneyCriteria(viewWith(bars, NONE, NONE, sessions))
      return criteria['smart-money.foreign']?.points
    }
    expect(spanning(1)).toBe(12) // day 1 to day 10: 10 sessions
    expect(spanning(0)).toBeNull() // day 0 to day 10: 11 sessions
  })
})
