import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  AnalysisDayView,
  AnalysisView,
  BacktestItem,
  BacktestListView,
  LatestNewsView,
  StockNewsView,
} from '../../src/api/index.js'
import {
  data,
  EVENING,
  failure,
  PATIENCE_MS,
  post,
  startService,
  type TestService,
} from './support.js'

let service: TestService
beforeAll(async () => {
  service = await startService({ batch: null })
}, PATIENCE_MS)
afterAll(() => service.close())

describe('an empty store', () => {
  it.each([
    '/api/kr/market-gate',
    '/api/kr/market-gate/sectors',
    '/api/kr/universe',
    '/api/kr/scan/vcp/result',
  ])('has nothing to answer %s with', async (url) => {
    expect(await failure(service, url)).toEqual([503, 'E_ENGINE_EMPTY'])
  })

  it('has empty lists, and a session all the same', async () => {
    expect(await data(service, '/api/kr/signals')).toEqual({ signals: [], next_cursor: null })
    expect(await data(service, '/api/kr/stocks')).toEqual({ stocks: [], next_cursor: null })
    expect(await data(service, '/api/kr/session')).toMatchObject({
      last_stored: null,
      invented: false,
    })
    expect(await data(service, '/api/daytrading/signals?format=list')).toEqual([])
    expect(await data(service, '/api/kr/backtest/summary')).toEqual({
      total_backtests: 0,
      avg_return_pct: null,
      avg_win_rate: null,
      best_return_pct: null,
      worst_return_pct: null,
      avg_sharpe_ratio: null,
      avg_max_drawdown_pct: null,
    })
    expect(await data(service, '/api/kr/backtest/best')).toBeNull()
    expect(await data(service, '/api/kr/ai-analysis')).toEqual({
      analyses: [],
      total: 0,
      analysis_date: null,
    })
    expect(await data(service, '/api/kr/ai-history-dates')).toEqual({ dates: [], total: 0 })
    expect(await data(service, '/api/kr/news/latest')).toEqual({ news: [], total: 0 })
    expect(
      await failure(service, post('/api/daytrading/analyze', { tickers: ['005930'] })),
    ).toEqual([503, 'E_ENGINE_EMPTY'])
  })
})

describe('stored backtests', () => {
  beforeAll(async () => {
    for (let n = 0; n < 9; n++) {
      await service.context.store.repositories.backtests.add({
        configName: n % 2 === 0 ? 'vcp' : 'closing-bet',
        backtestDate: `2026-03-${String(20 + Math.floor(n / 3)).padStart(2, '0')}`,
        totalTrades: n,
        winningTrades: 0,
        losingTrades: n,
        winRate: 0,
        totalReturnPct: n === 4 ? 12.5 : -n,
      })
    }
  })

  it('come newest first, each once', async () => {
    const seen: BacktestItem[] = []
    let cursor = ''
    do {
      const page: BacktestListView = await data(service, `/api/kr/backtest/latest?limit=4${cursor}`)
      seen.push(...page.results)
      cursor = page.next_cursor === null ? '' : `&cursor=${encodeURIComponent(page.next_cursor)}`
    } while (cursor !== '')
    expect(seen.map(({ total_trades }) => total_trades)).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0])
    // A win rate of 0 is a number, not an unknown.
    expect(seen[0]?.win_rate).toBe(0)
    expect(seen[0]?.sharpe_ratio).toBeNull()
  })

  it('keep to a configuration and to dates', async () => {
    const { results }: BacktestListView = await data(
      service,
      '/api/kr/backtest/history?config_name=vcp&start_date=2026-03-21&end_date=2026-03-21',
    )
    expect(results.map(({ total_trades }) => total_trades)).toEqual([4])
    expect((await data<BacktestItem>(service, '/api/kr/backtest/best')).total_return_pct).toBe(12.5)
    expect(await data(service, '/api/kr/backtest/summary?config_name=closing-bet')).toMatchObject({
      total_backtests: 4,
      best_return_pct: -1,
    })
    expect(await failure(service, '/api/kr/backtest/latest?cursor=2026-03-20')).toEqual([
      400,
      'E_REQUEST_INVALID',
    ])
  })
})

describe('stored news', () => {
  const HOUR = 3_600_000
  beforeAll(async () => {
    const { repositories } = service.context.store
    const none = { stocks: [], listDay: null, bars: null, flows: null, indexes: null }
    const stock = {
      market: 'KOSPI',
      sector: null,
      kind: 'common' as const,
      department: null,
      listedShares: null,
      marketCap: null,
      listingDate: null,
    }
    await service.context.engine.write({
      ...none,
      source: 'test',
      knownAt: EVENING,
      stocks: [
        { ...stock, ticker: '005930', name: '삼성전자' },
        { ...stock, ticker: '0126Z0', name: '글자종목' },
      ],
    })
    await repositories.news.save(
      Array.from({ length: 5 }, (_, n) => ({
        ticker: n < 4 ? '005930' : '0126Z0',
        id: `n${n}`,
        publishedAt: new Date(EVENING - n * 60 * HOUR),
        title: `기사 ${n}`,
        url: `https://example.com/${n}?a=1`,
        source: '신문',
        sentiment: n === 0 ? 0 : null,
      })),
    )
    for (const [ticker, score] of [
      ['005930', 0],
      ['0126Z0', 0.4],
    ] as const) {
      await repositories.aiAnalyses.save({
        ticker,
        analysisDate: '2026-03-30',
        sentiment: 'neutral',
        score,
      })
    }
  })

  it('come newest first, over the last days', async () => {
    const { news }: LatestNewsView = await data(service, '/api/kr/news/latest?days=7')
    expect(news.map(({ title }) => title)).toEqual(['기사 0', '기사 1', '기사 2'])
    expect(news[0]).toMatchObject({ sentiment: 0, url: 'https://example.com/0?a=1' })
    expect(news[1]?.sentiment).toBeNull()
  })

  it('come page by page for one stock', async () => {
    const first: StockNewsView = await data(service, '/api/kr/news/005930?limit=3')
    const second: StockNewsView = await data(service, '/api/kr/news/005930?limit=3&page=2')
    expect([...first.news, ...second.news].map(({ title }) => title)).toEqual([
      '기사 0',
      '기사 1',
      '기사 2',
      '기사 3',
    ])
    expect([first.has_more, second.has_more, first.total]).toEqual([true, false, 4])
    expect(await failure(service, '/api/kr/news/999990')).toEqual([404, 'E_STOCK_UNKNOWN'])
  })

  it('come with what was made of them', async () => {
    const one: AnalysisView = await data(service, '/api/kr/ai-summary/005930')
    expect(one).toMatchObject({ name: '삼성전자', score: 0, keywords: [], confidence: null })
    const day: AnalysisDayView = await data(service, '/api/kr/ai-analysis')
    expect(day.analyses.map(({ name }) => name)).toEqual(['글자종목', '삼성전자'])
    expect(day.analysis_date).toBe('2026-03-30')
    expect(await data(service, '/api/kr/ai-history/2026-03-30')).toEqual(day)
    expect(await data(service, '/api/kr/ai-history-dates')).toEqual({
      dates: ['2026-03-30'],
      total: 1,
    })
    expect(await failure(service, '/api/kr/ai-summary/999990')).toEqual([404, 'E_STOCK_UNKNOWN'])
  })

  it('say so where nothing was analysed', async () => {
    const { repositories } = service.context.store
    const found = await repositories.aiAnalyses.latest('0126Z0')
    await repositories.aiAnalyses.remove(found?.id ?? 0)
    expect(await failure(service, '/api/kr/ai-summary/0126Z0')).toEqual([404, 'E_ANALYSIS_NONE'])
  })

  it('show a stock that never traded without a price', async () => {
    expect(await data(service, '/api/kr/stocks/0126Z0')).toMatchObject({
      price: null,
      change: null,
      source: null,
      as_of: null,
      previous_close: null,
    })
  })
})
