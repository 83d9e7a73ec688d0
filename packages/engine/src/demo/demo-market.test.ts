import { createHash } from 'node:crypto'
import {
  createMarket,
  dayNumber,
  fromDayNumber,
  isOnTick,
  type KeyColumns,
  krxCalendar,
  krxMarket,
  listingReason,
  type MarketBatch,
  priceLimits,
  selectUniverse,
  tradeDate,
} from '@ralph-stock/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { marketFromBatch } from '../batch-market.js'
import { DEMO_LAST_DATE, DEMO_PREFIX, demoMarket } from './index.js'

const BATCH = demoMarket()

function fingerprint(batch: MarketBatch): string {
  const hash = createHash('sha256').update(JSON.stringify(batch.stocks))
  for (const rows of [batch.bars, batch.flows, batch.indexes]) {
    for (const column of Object.values(rows ?? {})) {
      if (ArrayBuffer.isView(column)) hash.update(new Uint8Array(column.buffer))
    }
  }
  return hash.digest('hex').slice(0, 16)
}

describe('demoMarket', () => {
  it('is the same to the last bit, on every machine', () => {
    expect(fingerprint(demoMarket())).toBe(fingerprint(BATCH))
    expect(fingerprint(BATCH)).toMatchInlineSnapshot(`"d31b54a054911a95"`)
    expect(fingerprint(demoMarket({ seed: 1 }))).not.toBe(fingerprint(BATCH))
  })

  it('says that it is invented', () => {
    expect(BATCH.source).toBe('demo')
    for (const { name, ticker } of BATCH.stocks) {
      expect(name.startsWith(DEMO_PREFIX)).toBe(true)
      // Every code that the exchange gives begins with a digit.
      expect(ticker).toMatch(/^D\d{5}$/)
    }
  })

  it('has each ticker once, and as many common stocks as asked for', () => {
    const tickers = BATCH.stocks.map(({ ticker }) => ticker)
    expect(new Set(tickers).size).toBe(tickers.length)
    expect(tickers.filter((ticker) => ticker < 'D9')).toHaveLength(240)
  })

  it('obeys the exchange: sessions, ticks, limits, and prices in order', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000 }), (seed) => {
        const batch = demoMarket({ seed, stocks: 25, sessions: 90 })
        expect(violations(batch)).toEqual([])
      }),
      { numRuns: 15 },
    )
    expect(violations(BATCH)).toEqual([])
  })

  it('shows every reason to be left out, young stocks and halts', () => {
    const market = createMarket(marketFromBatch(BATCH))
    const { excluded, eligible } = selectUniverse(market, dayNumber(tradeDate(DEMO_LAST_DATE)))
    const reasons = new Set(excluded.values())
    for (const reason of [
      'konex',
      'preferred',
      'investment-company',
      'reit',
      'spac',
      'administrative-issue',
      'investment-caution',
      'halted',
      'short-history',
    ]) {
      expect(reasons).toContain(reason)
    }
    expect(eligible.some(({ bar }) => bar + 1 < 60)).toBe(true)
    expect(eligible.some(({ member }) => member.stock.sector === null)).toBe(true)
    const sizes = new Map<string, number>()
    for (const { member } of eligible) {
      const sector = member.stock.sector ?? ''
      sizes.set(sector, (sizes.get(sector) ?? 0) + 1)
    }
    expect(Math.min(...sizes.values())).toBeLessThan(5)
    expect(Math.max(...sizes.values())).toBeGreaterThan(20)
  })

  it('has closes at the limit, and fat tails in times wild and quiet', () => {
    const changes = changesOf(BATCH)
    const mean = changes.reduce((total, change) => total + change, 0) / changes.length
    const moment = (power: number): number =>
      changes.reduce((total, change) => total + (change - mean) ** power, 0) / changes.length
    expect(moment(4) / moment(2) ** 2).toBeGreaterThan(5)
    expect(changes.filter((change) => change > 0.295).length).toBeGreaterThan(1)
  })

  it('has indexes that move with their members, and flows that some dates lack', () => {
    const market = createMarket(marketFromBatch(BATCH))
    for (const name of ['KOSPI', 'KOSDAQ']) {
      const close = market.indexes[name]?.columns['bars.close'] as Float64Array
      expect(close).toHaveLength(320)
      expect(Math.abs((close[319] as number) / (close[318] as number) - 1)).toBeLessThan(0.05)
    }
    const withFlows = new Set(BATCH.flows?.ticker)
    expect(withFlows.size).toBe(BATCH.stocks.length - 1)
  })

  it('refuses what makes no market', () => {
    for (const options of [{ stocks: 0 }, { sessions: 1 }, { seed: -1 }, { stocks: 1.5 }]) {
      expect(() => demoMarket(options)).toThrow(expect.objectContaining({ code: 'E_PARAM_RANGE' }))
    }
    expect(() => demoMarket({ lastDate: 'x' })).toThrow(
      expect.objectContaining({ code: 'E_DATE_INVALID' }),
    )
  })

  it('ends on the last session when the date asked for is none', () => {
    const days = demoMarket({ stocks: 2, sessions: 5, lastDate: '2026-02-15' }).indexes?.day
    expect(fromDayNumber(days?.at(-1) ?? 0)).toBe('2026-02-13')
  })
})

function violations(batch: MarketBatch): string[] {
  const calendar = krxCalendar()
  const rows = batch.bars
  if (rows === null) return ['no bars']
  const found: string[] = []
  const marketOf = new Map(batch.stocks.map((stock) => [stock.ticker, krxMarket(stock.market)]))
  for (let k = 0; k < rows.length; k++) {
    const ticker = rows.tickers[rows.ticker[k] as number] as string
    const date = fromDayNumber(rows.day[k] as number)
    const context = { date, market: marketOf.get(ticker) ?? 'KOSPI' }
    const [open, high, low, close] = [rows.open, rows.high, rows.low, rows.close].map(
      (column) => column[k] as number,
    ) as [number, number, number, number]
    const tell = (what: string): number => found.push(`${ticker} ${date} ${what}`)
    if (!calendar.isSession(rows.day[k] as number)) tell('is no session')
    if (rows.volume[k] === 0) continue
    if (low > Math.min(open, close) || high < Math.max(open, close)) tell('is out of order')
    if (![open, high, low, close].every((price) => isOnTick(price, context))) tell('is off tick')
    if (k === 0 || rows.ticker[k] !== rows.ticker[k - 1]) continue
    const { upper, lower } = priceLimits(rows.close[k - 1] as number, context)
    if (high > upper || low < lower) tell('is beyond the limit')
  }
  return found
}

function changesOf(batch: MarketBatch): number[] {
  const rows = batch.bars as KeyColumns & { readonly close: Float64Array }
  const changes: number[] = []
  const listed = new Set(
    batch.stocks.filter((stock) => listingReason(stock) === null).map(({ ticker }) => ticker),
  )
  for (let k = 1; k < rows.length; k++) {
    if (rows.ticker[k] !== rows.ticker[k - 1]) continue
    if (!listed.has(rows.tickers[rows.ticker[k] as number] as string)) continue
    changes.push((rows.close[k] as number) / (rows.close[k - 1] as number) - 1)
  }
  return changes
}
