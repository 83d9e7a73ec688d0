import { createMarket, dayNumber, findDay, type Market } from '@ralph-stock/core'
import { quoteOf } from '@ralph-stock/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FlowView, StockDetail, StockPageView, StockScoreView } from '../../src/api/index.js'
import {
  data,
  failure,
  LAST,
  PATIENCE_MS,
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

describe('the list of stocks', () => {
  it('walks every stock exactly once, the largest first', async () => {
    const seen: StockPageView['stocks'] = []
    let cursor = ''
    do {
      const page: StockPageView = await data(service, `/api/kr/stocks?limit=7${cursor}`)
      seen.push(...page.stocks)
      cursor = page.next_cursor === null ? '' : `&cursor=${encodeURIComponent(page.next_cursor)}`
    } while (cursor !== '')
    expect(seen.map(({ ticker }) => ticker).sort()).toEqual(
      market.members.map(({ stock }) => stock.ticker),
    )
    const sizes = seen.map(({ market_cap }) => market_cap ?? -1)
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
  })

  it('compares each price with the close before, as the engine does', async () => {
    const { stocks }: StockPageView = await data(service, '/api/kr/stocks?limit=100')
    const priced = stocks.filter(({ as_of }) => as_of === LAST)
    expect(priced.length).toBeGreaterThan(30)
    for (const stock of priced) {
      const quote = quoteOf(market, stock.ticker, dayNumber(LAST))
      expect(stock.price).toBe(quote?.close)
      expect(stock.change_pct).toBeCloseTo((quote?.change ?? Number.NaN) * 100, 9)
      expect([stock.source, stock.price_at]).toEqual(['store', null])
    }
  })

  it('takes one statement whatever its length', async () => {
    service.statements.length = 0
    await data(service, '/api/kr/stocks?limit=3')
    await data(service, '/api/kr/stocks?limit=100')
    expect(service.statements).toHaveLength(2)
  })

  it('keeps to a market, a sector and a part of a name', async () => {
    const kosdaq: StockPageView = await data(service, '/api/kr/stocks?market=KOSDAQ&limit=100')
    expect(new Set(kosdaq.stocks.map((stock) => stock.market))).toEqual(new Set(['KOSDAQ']))
    const [first] = kosdaq.stocks
    const query = new URLSearchParams({
      sector: first?.sector ?? '',
      search: (first?.name ?? '').slice(2, 4),
    })
    const found: StockPageView = await data(service, `/api/kr/stocks?${query}`)
    expect(found.stocks.map(({ ticker }) => ticker)).toContain(first?.ticker)
    expect((await data<StockPageView>(service, '/api/kr/stocks?search=%25')).stocks).toEqual([])
  })

  it('finds a stock by its exact ticker first', async () => {
    const ticker = traded()
    const { stocks }: StockPageView = await data(service, `/api/kr/stocks/search?q=${ticker}`)
    expect(stocks[0]?.ticker).toBe(ticker)
  })

  it.each([
    '/api/kr/stocks?cursor=nonsense',
    '/api/kr/stocks?limit=0',
    '/api/kr/stocks?limit=101',
    '/api/kr/stocks?search=%00',
    '/api/kr/stocks/search?q=',
    '/api/kr/stocks/abc',
    '/api/kr/realtime-prices?tickers=12',
    '/api/kr/realtime-prices',
  ])('refuses %s', async (url) => {
    expect(await failure(service, url)).toEqual([400, 'E_REQUEST_INVALID'])
  })
})

describe('one stock', () => {
  it('has its listing and the range of its last session', async () => {
    const ticker = traded()
    const member = market.member(ticker)
    const bar = (member?.series.length ?? 0) - 1
    const detail: StockDetail = await data(service, `/api/kr/stocks/${ticker}`)
    expect(detail.name).toBe(member?.stock.name)
    expect(detail.listing_reason).toBeNull()
    expect([detail.open, detail.high, detail.low, detail.previous_close]).toEqual([
      member?.series.columns['bars.open']?.[bar],
      member?.series.columns['bars.high']?.[bar],
      member?.series.columns['bars.low']?.[bar],
      member?.series.columns['bars.close']?.[bar - 1],
    ])
  })

  it('says why no scan considers it', async () => {
    const left = market.members.find(({ listingReason }) => listingReason !== null)
    const detail: StockDetail = await data(service, `/api/kr/stocks/${left?.stock.ticker}`)
    expect(detail.listing_reason).toBe(left?.listingReason)
  })

  it.each(['', '/chart', '/flow', '/signals', '/score', '/realtime-price'])(
    'is unknown under a ticker that nobody has: %s',
    async (part) => {
      expect(await failure(service, `/api/kr/stocks/999990${part}`)).toEqual([
        404,
        'E_STOCK_UNKNOWN',
      ])
    },
  )

  it('has the cards that the engine makes', async () => {
    const ticker = traded()
    const score: StockScoreView = await data(service, `/api/kr/stocks/${ticker}/score`)
    expect(score.live).toBe(false)
    expect(score.cards.map(({ strategyId }) => strategyId)).toEqual([
      'closing-bet',
      'vcp',
      'trend-template',
      'daytrade',
    ])
    const card = await service.context.engine.score({ ticker, strategy: 'daytrade', date: LAST })
    expect(score.cards[3]).toEqual(JSON.parse(JSON.stringify(card)))
    const one: StockScoreView = await data(
      service,
      `/api/kr/stocks/${ticker}/score?strategy=vcp&date=${sessionBefore(1)}`,
    )
    expect(one.cards.map(({ asOf, strategyId }) => [asOf, strategyId])).toEqual([
      [sessionBefore(1), 'vcp'],
    ])
  })

  it('has no card of a day without a session, and none of the market', async () => {
    const url = `/api/kr/stocks/${traded()}/score`
    expect(await failure(service, `${url}?date=2026-02-08`)).toEqual([404, 'E_SESSION_NONE'])
    expect(await failure(service, `${url}?strategy=market-gate`)).toEqual([400, 'E_MARKET_NEEDED'])
    expect(await failure(service, `${url}?date=2026-02-30`)).toEqual([400, 'E_REQUEST_INVALID'])
    expect(await failure(service, `${url}?date=0000-02-10`)).toEqual([400, 'E_REQUEST_INVALID'])
  })

  it('has its flows newest first, with the score of the card', async () => {
    const ticker = market.members.find(
      ({ series, listingReason }) =>
        listingReason === null &&
        findDay(series.days, dayNumber(LAST)) > 200 &&
        !Number.isNaN(series.columns['flows.foreign']?.at(-1) ?? Number.NaN),
    )?.stock.ticker as string
    const flow: FlowView = await data(service, `/api/kr/stocks/${ticker}/flow?days=5`)
    const stored = await service.context.store.repositories.stocks.flows(ticker, 5)
    expect(flow.data.map(({ date, foreign_net_amount }) => [date, foreign_net_amount])).toEqual(
      stored.reverse().map(({ date, foreignNetBuyAmount }) => [date, foreignNetBuyAmount]),
    )
    const card = await service.context.engine.score({ ticker, strategy: 'vcp', date: LAST })
    expect(flow.smartmoney_score).toBe(card.subScores['smart-money'])
  })

  it('has no smart-money score where a part of it is unknown', async () => {
    const ticker = market.members.find(
      ({ series, listingReason }) =>
        listingReason === null &&
        findDay(series.days, dayNumber(LAST)) > 50 &&
        series.columns['flows.foreign'] === undefined,
    )?.stock.ticker as string
    const flow: FlowView = await data(service, `/api/kr/stocks/${ticker}/flow`)
    expect([flow.data, flow.smartmoney_score]).toEqual([[], null])
  })
})
