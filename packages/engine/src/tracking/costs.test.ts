import { calendarFromSessions, dayNumber, krxCalendar, tradeDate } from '@ralph-stock/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { netReturn, type Sale } from './costs.js'

const sale = (date: string, market = 'KOSPI'): Sale => ({
  date: tradeDate(date),
  market,
  calendar: krxCalendar(),
})
const FREE = { commission: 0, sellTax: 0 }

describe('the return of a position', () => {
  it('pays commission on both sides and the tax on the sale', () => {
    // Paid 10,001.5; got 11,500 less 1.725 commission and 23 tax.
    expect(netReturn(10_000, 11_500, sale('2026-02-10'))).toBeCloseTo(11_475.275 / 10_001.5 - 1, 12)
    expect(netReturn(10_000, 11_500, sale('2026-02-10'), FREE)).toBeCloseTo(0.15, 12)
    expect(
      netReturn(10_000, 11_500, sale('2026-02-10'), { commission: 0, sellTax: 0.01 }),
    ).toBeCloseTo(0.1385, 12)
  })

  it('takes the tax of the date on which the sale settles', () => {
    // Two sessions after 2025-12-29 is 2026-01-02, for the exchange is closed on the last day.
    const before = netReturn(10_000, 10_000, sale('2025-12-26', 'KOSDAQ'))
    const after = netReturn(10_000, 10_000, sale('2025-12-29', 'KOSDAQ'))
    expect(before).toBeCloseTo((1 - 0.00015 - 0.0015) / 1.00015 - 1, 12)
    expect(after).toBeCloseTo((1 - 0.00015 - 0.002) / 1.00015 - 1, 12)
  })

  it('takes the tax of the sale where the calendar ends before the settlement', () => {
    const day = dayNumber(tradeDate('2014-06-02'))
    const calendar = calendarFromSessions([day], { extend: false })
    const old: Sale = { date: tradeDate('2014-06-02'), market: 'KOSDAQ', calendar }
    expect(netReturn(1000, 1000, old)).toBeCloseTo((1 - 0.00015 - 0.003) / 1.00015 - 1, 12)
  })

  it('grows with the price of the sale and is never above the gross return', () => {
    const price = fc.integer({ min: 100, max: 1_000_000 })
    fc.assert(
      fc.property(price, price, (entry, exit) => {
        const net = netReturn(entry, exit, sale('2026-02-10'))
        expect(net).toBeLessThan(exit / entry - 1)
        expect(netReturn(entry, exit + 1, sale('2026-02-10'))).toBeGreaterThan(net)
        expect(net).toBeGreaterThan(-1)
      }),
    )
  })
})
