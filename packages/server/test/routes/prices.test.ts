import { createMarket, dayNumber, epochMsOfKst, findDay, type Market } from '@ralph-stock/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  ChartView,
  DataGapsView,
  RealtimePricesView,
  StockDetail,
} from '../../src/api/index.js'
import type { LivePrice } from '../../src/context.js'
import {
  data,
  LAST,
  liveMarket,
  PATIENCE_MS,
  post,
  sessionBefore,
  startService,
  type TestService,
} from './support.js'

let service: TestService
let market: Market
beforeAll(async () => {
  service = await startService()
  market = createMarket(await service.context.store.load())
}, PATIENCE_MS)
afterAll(() => service.close())

/** A stock that traded on the last session. */
function traded(): string {
  const found = market.members.find(
    ({ series, listingReason }) =>
      listingReason === null && findDay(series.days, dayNumber(LAST)) > 200,
  )
  return found?.stock.ticker ?? ''
}

function livePrice(ticker: string, more: Partial<LivePrice> = {}): LivePrice {
  const at = epochMsOfKst(sessionBefore(-1), '10:00')
  return {
    ticker,
    price: 10_300,
    change: 0.03,
    previousClose: 10_000,
    open: 10_100,
    high: 10_400,
    low: 9_900,
    volume: 5000,
    tradedValue: 51_000_000,
    at,
    ...more,
  }
}

describe('a chart', () => {
  it('has the bars of its stretch and lines as long, known from the first bar', async () => {
    const ticker = traded()
    const chart: ChartView = await data(service, `/api/kr/stocks/${ticker}/chart?period=1mo`)
    const series = market.member(ticker)?.series
    const close = series?.columns['bars.close'] ?? new Float64Array()
    const count = chart.total_points
    expect(chart.data.map((bar) => bar.close)).toEqual([...close.slice(-count)])
    expect(count).toBeGreaterThan(15)
    expect(count).toBeLessThan(24)
    for (const line of Object.values(chart.lines)) expect(line).toHaveLength(count)
    const last = close.slice(-200)
    expect(chart.lines.ma200.at(-1)).toBeCloseTo(last.reduce((a, b) => a + b, 0) / 200, 6)
    expect(chart.lines.ma200[0]).not.toBeNull()
    expect(chart.live_bar).toBe(false)
  })

  it('shows everything, with lines that are null while they warm up', async () => {
    const ticker = traded()
    const all: ChartView = await data(service, `/api/kr/stock-chart/${ticker}?period=all`)
    expect(all.total_points).toBe(market.member(ticker)?.series.length)
    expect(all.lines.ma5.slice(0, 5).map((value) => value === null)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ])
  })

  it('leaves halts out', async () => {
    const halted = market.members.find(({ series }) => series.halts.length > 0)
    const all: ChartView = await data(
      service,
      `/api/kr/stocks/${halted?.stock.ticker}/chart?period=all`,
    )
    expect(all.total_points).toBe(halted?.series.length)
    expect(all.data.every(({ volume }) => volume > 0)).toBe(true)
  })
})

describe('prices of now', () => {
  afterAll(() => service.follow(null))

  it('come for many stocks in one statement, with the unknown ones told apart', async () => {
    const tickers = [...market.members.slice(0, 20).map(({ stock }) => stock.ticker), '999990']
    service.statements.length = 0
    const view: RealtimePricesView = await data(
      service,
      `/api/kr/realtime-prices?tickers=${tickers}`,
    )
    expect(service.statements).toHaveLength(1)
    expect(Object.keys(view.prices).sort()).toEqual(tickers.slice(0, -1).sort())
    expect(view.unknown).toEqual(['999990'])
    expect(await data(service, post('/api/kr/realtime-prices', { tickers }))).toEqual(view)
  })

  it('are those of the session that is on, and say so', async () => {
    const ticker = traded()
    service.follow(liveMarket({ price: (asked) => (asked === ticker ? livePrice(ticker) : null) }))
    expect(await data(service, `/api/kr/stocks/${ticker}/realtime-price`)).toMatchObject({
      price: 10_300,
      change: 300,
      source: 'live',
      as_of: sessionBefore(-1),
      price_at: new Date(livePrice(ticker).at).toISOString(),
    })
    const detail: StockDetail = await data(service, `/api/kr/stocks/${ticker}`)
    expect([detail.open, detail.previous_close, detail.source]).toEqual([10_100, 10_000, 'live'])
    expect(detail.change_pct).toBeCloseTo(3, 9)
    const chart: ChartView = await data(service, `/api/kr/stocks/${ticker}/chart`)
    expect([chart.live_bar, chart.data.at(-1)?.close]).toEqual([true, 10_300])
    const still: ChartView = await data(service, `/api/kr/stocks/${ticker}/chart?live=false`)
    expect([still.live_bar, still.data.at(-1)?.date]).toEqual([false, LAST])
  })

  it('have no change on a first bar', async () => {
    const ticker = traded()
    const first = livePrice(ticker, { previousClose: null, change: null })
    service.follow(liveMarket({ price: () => first }))
    expect(await data(service, `/api/kr/stocks/${ticker}/realtime-price`)).toMatchObject({
      price: 10_300,
      change: null,
      change_pct: null,
    })
  })

  it('are the stored ones once the session itself is stored', async () => {
    const ticker = traded()
    const at = epochMsOfKst(LAST, '15:29')
    service.follow(liveMarket({ price: () => livePrice(ticker, { at }) }))
    expect(await data(service, `/api/kr/stocks/${ticker}/realtime-price`)).toMatchObject({
      source: 'store',
      price_at: null,
    })
  })

  it('are unknown where they are older than asked', async () => {
    const ticker = traded()
    const price = livePrice(ticker, { at: service.clock.now() + 86_400_000 })
    service.follow(liveMarket({ price: () => price }))
    const asked = async (max_age_seconds: number) => {
      const body = { tickers: [ticker], max_age_seconds }
      return (await data<RealtimePricesView>(service, post('/api/kr/realtime-prices', body)))
        .prices[ticker]
    }
    expect(await asked(5)).toMatchObject({ price: 10_300 })
    service.follow(null)
    expect(await asked(5)).toMatchObject({ price: null, source: null, change: null })
  })
})

describe('the gaps of the data', () => {
  it('counts sessions, and lists what has no bar at all', async () => {
    const gaps: DataGapsView = await data(service, '/api/kr/data-gap-monitor?days_threshold=1')
    const ends = new Map(
      market.members.map(({ stock, series }) => [
        stock.ticker,
        Math.max(series.days.at(-1) ?? 0, series.halts.at(-1) ?? 0),
      ]),
    )
    const late = [...ends].filter(([, day]) => day < dayNumber(LAST)).map(([ticker]) => ticker)
    expect(gaps.gaps.map(({ ticker }) => ticker).sort()).toEqual(late.sort())
    expect(gaps.total_count).toBe(late.length)
    for (const { latest_date, days_since_update } of gaps.gaps) {
      if (latest_date === null) expect(days_since_update).toBeNull()
      else expect(days_since_update).toBeGreaterThanOrEqual(1)
    }
  })

  it('grows as sessions pass without a sync', async () => {
    const nothing: DataGapsView = await data(service, '/api/kr/data-gap-monitor?days_threshold=200')
    expect(nothing.gaps.every(({ latest_date }) => latest_date === null)).toBe(true)
    await service.clock.advance(epochMsOfKst(sessionBefore(-3), '16:00') - service.clock.now())
    const all: DataGapsView = await data(service, '/api/kr/data-gap-monitor')
    expect(all.total_count).toBe(market.members.length)
    expect(all.gaps.filter(({ latest_date }) => latest_date === LAST)).not.toEqual([])
    for (const { latest_date, days_since_update } of all.gaps) {
      if (latest_date === LAST) expect(days_since_update).toBe(3)
    }
    expect(await data(service, '/api/kr/data-gap-monitor?days_threshold=250')).toMatchObject({
      total_count: nothing.total_count,
    })
  })
})
