import { describe, expect, it } from 'vitest'
import * as krx from './index.js'

describe('the exchange rules', () => {
  it('carry their sources', () => {
    const tables: readonly (readonly krx.DatedRow[])[] = [
      krx.TICK_TABLES,
      krx.PRICE_LIMITS,
      krx.SELL_TAXES,
      krx.SESSION_HOURS,
    ]
    for (const row of tables.flat()) {
      expect(krx.isTradeDate(row.from)).toBe(true)
      expect(row.source).not.toBe('')
    }
  })

  it('name what is not verified', () => {
    const unverified = [...krx.TICK_TABLES, ...krx.PRICE_LIMITS, ...krx.SELL_TAXES]
      .filter((row) => !row.verified)
      .map((row) => row.from)
    expect(unverified).toEqual(['2023-12-18', '2005-03-28'])
  })

  it('know their markets, kinds, venues and phases', () => {
    expect(krx.KRX_MARKETS).toEqual(['KOSPI', 'KOSDAQ', 'KONEX'])
    expect(krx.SECURITY_KINDS).toEqual(['stock', 'etf', 'etn', 'elw'])
    expect(krx.VENUES).toEqual(['KRX', 'NXT'])
    expect(new Set(krx.TRADING_PHASES).size).toBe(krx.TRADING_PHASES.length)
    expect(krx.SETTLEMENT_SESSIONS).toBe(2)
  })
})
