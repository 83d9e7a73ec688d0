import { describe, expect, it } from 'vitest'
import { krxCalendar } from './calendar.js'
import type { KrxMarket } from './market.js'
import { SELL_TAXES, sellTaxRate, settlementDate } from './sell-tax.js'
import { tradeDate } from './trade-date.js'

const krx = krxCalendar()
const rate = (text: string, market: KrxMarket): number =>
  sellTaxRate(tradeDate(text), market, krx).rate

describe('settlementDate', () => {
  it('is two sessions after the trade', () => {
    expect(settlementDate(tradeDate('2026-02-10'), krx)).toBe('2026-02-12')
    expect(settlementDate(tradeDate('2026-02-13'), krx)).toBe('2026-02-20')
    expect(settlementDate(tradeDate('2020-12-29'), krx)).toBe('2021-01-04')
  })

  it('refuses a date without a session', () => {
    expect(() => settlementDate(tradeDate('2026-02-16'), krx)).toThrow(
      expect.objectContaining({
        code: 'E_SESSION_NONE',
        message:
          'date must be a session of the calendar; found "2026-02-16", when the market was closed',
      }),
    )
  })

  it('says when the calendar ends before it', () => {
    expect(() => settlementDate(tradeDate('2027-12-30'), krx)).toThrow(
      expect.objectContaining({ code: 'E_SESSION_NONE' }),
    )
  })
})

describe('sellTaxRate', () => {
  it.each([
    ['2018-06-15', 0.003, 0.003, 0.003],
    ['2020-06-15', 0.0025, 0.0025, 0.001],
    ['2022-06-15', 0.0023, 0.0023, 0.001],
    ['2023-06-15', 0.002, 0.002, 0.001],
    ['2024-06-17', 0.0018, 0.0018, 0.001],
    ['2025-06-16', 0.0015, 0.0015, 0.001],
    ['2026-06-15', 0.002, 0.002, 0.001],
  ])('of %s is %d on KOSPI, %d on KOSDAQ, %d on KONEX', (text, kospi, kosdaq, konex) => {
    expect(rate(text, 'KOSPI')).toBe(kospi)
    expect(rate(text, 'KOSDAQ')).toBe(kosdaq)
    expect(rate(text, 'KONEX')).toBe(konex)
  })

  it.each([
    ['2019-05-29', '2019-05-30', 0.003, 0.0025],
    ['2020-12-28', '2020-12-29', 0.0025, 0.0023],
    ['2022-12-27', '2022-12-28', 0.0023, 0.002],
    ['2023-12-26', '2023-12-27', 0.002, 0.0018],
    ['2024-12-26', '2024-12-27', 0.0018, 0.0015],
    ['2025-12-26', '2025-12-29', 0.0015, 0.002],
  ])('changes between the trades of %s and %s', (last, first, before, after) => {
    expect(rate(last, 'KOSDAQ')).toBe(before)
    expect(rate(first, 'KOSDAQ')).toBe(after)
  })

  it('splits into the transaction tax and the rural tax of KOSPI', () => {
    expect(sellTaxRate(tradeDate('2024-06-17'), 'KOSPI', krx)).toEqual({
      settlementDate: '2024-06-19',
      transactionTax: 30,
      ruralTax: 150,
      total: 180,
      rate: 0.0018,
      verified: true,
    })
    expect(sellTaxRate(tradeDate('2024-06-17'), 'KOSDAQ', krx)).toMatchObject({
      transactionTax: 180,
      ruralTax: 0,
    })
  })

  it('spares funds, notes and warrants', () => {
    for (const kind of ['etf', 'etn', 'elw'] as const) {
      expect(sellTaxRate(tradeDate('2024-06-17'), 'KOSPI', krx, kind)).toMatchObject({
        total: 0,
        rate: 0,
      })
    }
  })
})

describe('the table', () => {
  it('is in order of its first days and taxes both large markets alike', () => {
    const days = SELL_TAXES.map((row) => row.from)
    expect(days).toEqual([...days].sort())
    for (const { transactionTax, ruralTax } of SELL_TAXES) {
      expect(transactionTax.KOSPI + ruralTax.KOSPI).toBe(transactionTax.KOSDAQ + ruralTax.KOSDAQ)
    }
  })
})
