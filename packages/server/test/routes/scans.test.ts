import { createMarket, listingReason, liveScorer } from '@ralph-stock/core'
import { marketFromBatch } from '@ralph-stock/engine'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type {
  AnalysesView,
  JobView,
  ScanResultView,
  ScanStateView,
  ScanStatusView,
  SignalListView,
  StartedJobView,
  StockScoreView,
} from '../../src/api/index.js'
import { SERVICE_ROUTES } from '../../src/routes/index.js'
import {
  appWith,
  data,
  failure,
  LAST,
  liveMarket,
  PATIENCE_MS,
  post,
  smallMarket,
  startService,
  type TestService,
} from './support.js'

let service: TestService
beforeAll(async () => {
  service = await startService()
}, PATIENCE_MS)
afterAll(() => service.close())

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('a scan', () => {
  afterEach(async () => {
    await service.finishJobs()
    service.follow(null)
  })

  it.each(['vcp', 'closing-bet', 'jongga_v2', 'daytrading', 'trend-template', 'market-gate'])(
    'has the result of the engine: %s',
    async (name) => {
      const result: ScanResultView = await data(service, `/api/kr/scan/${name}/result?all=true`)
      const { engine } = service.context
      const scan = await engine.scan({ strategies: [result.strategy], date: LAST, all: true })
      const [own] = scan.results
      expect(result.entries.map(({ card }) => card)).toEqual(
        plain(own?.entries.map(({ card }) => card)),
      )
      expect([result.live, result.as_of, result.screened]).toEqual([false, LAST, own?.screened])
      expect(result.universe).toEqual({
        eligible: scan.universe.eligible,
        excluded: scan.universe.excluded,
        as_of: null,
      })
    },
  )

  it('keeps to a market, a grade and a number, but compares with all', async () => {
    const query = 'market=KOSPI&min_grade=B&top=3&all=true'
    const result: ScanResultView = await data(service, `/api/kr/scan/daytrade/result?${query}`)
    expect(result.entries.length).toBeLessThanOrEqual(3)
    expect(result.entries.every(({ card }) => card.market === 'KOSPI' && card.grade !== 'C')).toBe(
      true,
    )
    const all: ScanResultView = await data(service, '/api/kr/scan/daytrade/result')
    expect(result.grades).toEqual(all.grades)
  })

  it('follows the session that is on, and says so', async () => {
    const market = createMarket(marketFromBatch(smallMarket()))
    service.follow(liveMarket({ market: () => market }))
    const live: ScanResultView = await data(service, '/api/kr/scan/vcp/result')
    expect([live.live, live.as_of]).toEqual([true, LAST])
    const stored: ScanResultView = await data(service, `/api/kr/scan/vcp/result?date=${LAST}`)
    expect(stored.live).toBe(false)
    expect(live.entries.map(({ card }) => card.score)).toEqual(
      stored.entries.map(({ card }) => card.score),
    )
  })

  it('starts as a job that is followed by its address and its topic', async () => {
    const answer = await service.app.inject(post('/api/kr/scan/vcp', { market: 'KOSDAQ' }))
    const { data: started } = answer.json<{ data: StartedJobView }>()
    expect(answer.statusCode).toBe(202)
    expect(answer.headers['location']).toBe(started.href)
    expect(started.topic).toBe(`job:${started.job.id}`)
    expect(started.job.payload).toEqual({ strategy: 'vcp', market: 'KOSDAQ', save: true })
    const again = await service.app.inject(post('/api/kr/scan/vcp', { market: 'KOSDAQ' }))
    expect(again.statusCode).toBe(409)
    expect(again.json()).toMatchObject({
      error: { code: 'E_JOB_RUNNING', details: { job_id: started.job.id } },
    })
    const state: ScanStateView = await data(service, '/api/kr/scan/vcp')
    expect([state.running?.id, state.last]).toEqual([started.job.id, null])
    const status: ScanStatusView = await data(service, '/api/kr/scan/status')
    expect(status.running.map(({ id }) => id)).toEqual([started.job.id])
    await service.finishJobs()
    const done: ScanStateView = await data(service, '/api/kr/scan/vcp')
    expect([done.running, done.last?.status]).toEqual([null, 'done'])
    const after: ScanStatusView = await data(service, '/api/kr/scan/status')
    expect(after.last['scan:vcp']?.id).toBe(started.job.id)
    const job: JobView = await data(service, `/api/kr/jongga-v2/status/${started.job.id}`)
    expect(job.id).toBe(started.job.id)
  })

  it.each([
    ['/api/kr/scan/jongga', { strategy: 'closing-bet', market: 'ALL', save: true }],
    ['/api/kr/scan/signals', { strategy: 'closing-bet', market: 'ALL', save: true }],
    ['/api/kr/jongga-v2/run', { strategy: 'closing-bet', market: 'ALL', save: true }],
    ['/api/daytrading/scan', { strategy: 'daytrade', market: 'ALL', save: true }],
    ['/api/kr/scan/daytrading', { strategy: 'daytrade', market: 'ALL', save: true }],
    ['/api/kr/scan/trend-template', { strategy: 'trend-template', market: 'ALL', save: true }],
    ['/api/kr/scan/sync-stocks', {}],
  ])('starts at %s without a body', async (url, payload) => {
    const { job }: StartedJobView = await data(service, post(url))
    expect(job.payload).toEqual(payload)
  })

  it('refuses what it does not know', async () => {
    expect(await failure(service, post('/api/kr/scan/golden-cross'))).toEqual([
      404,
      'E_STRATEGY_UNKNOWN',
    ])
    expect(await failure(service, '/api/kr/scan/constructor')).toEqual([404, 'E_STRATEGY_UNKNOWN'])
    expect(await failure(service, '/api/kr/scan/nothing/result')).toEqual([
      404,
      'E_STRATEGY_UNKNOWN',
    ])
    expect(await failure(service, post('/api/kr/scan/vcp', { market: 'KONEX' }))).toEqual([
      400,
      'E_REQUEST_INVALID',
    ])
    expect(await failure(service, '/api/kr/scan/vcp/result?date=2026-03-29')).toEqual([
      404,
      'E_SESSION_NONE',
    ])
    expect(await failure(service, '/api/kr/jongga-v2/status/nobody')).toEqual([
      404,
      'E_JOB_UNKNOWN',
    ])
  })
})

describe('analysis on demand', () => {
  afterEach(() => service.follow(null))

  it('gives the closing bet of one stock, whatever price the body holds', async () => {
    const { engine } = service.context
    const [first] = (await engine.scan({ strategies: ['closing-bet'], date: LAST, all: true }))
      .results
    const ticker = first?.entries[0]?.card.ticker as string
    const body = { ticker, name: '아무개', price: 80_000 }
    const view: StockScoreView = await data(service, post('/api/kr/jongga-v2/analyze', body))
    expect(view.cards).toEqual([plain(first?.entries[0]?.card)])
    expect(await failure(service, post('/api/kr/jongga-v2/analyze', { ticker: '999990' }))).toEqual(
      [404, 'E_STOCK_UNKNOWN'],
    )
    expect(await failure(service, post('/api/kr/jongga-v2/analyze'))).toEqual([
      400,
      'E_REQUEST_INVALID',
    ])
  })

  it('gives each of many stocks its card, or the reason why it has none', async () => {
    const market = await service.context.engine.market(LAST)
    const tickers = [...market.members.map(({ stock }) => stock.ticker), '999990']
    const { results, count }: AnalysesView = await data(
      service,
      post('/api/daytrading/analyze', { tickers }),
    )
    expect(count).toBe(tickers.length)
    expect(results.map(({ ticker }) => ticker)).toEqual(tickers)
    expect(results.at(-1)).toMatchObject({ card: null, error: { code: 'E_STOCK_UNKNOWN' } })
    for (const { ticker, card, error } of results.slice(0, -1)) {
      const own = service.context.engine.score({ ticker, strategy: 'daytrade', date: LAST })
      if (card === null) await expect(own).rejects.toMatchObject({ code: error?.code })
      else expect(card).toEqual(plain(await own))
    }
    const many = tickers.concat(Array.from({ length: 101 }, () => '005930'))
    expect(await failure(service, post('/api/daytrading/analyze', { tickers: many }))).toEqual([
      400,
      'E_REQUEST_INVALID',
    ])
  })

  it('gives the live cards while a session is followed', async () => {
    const market = createMarket(marketFromBatch(smallMarket()))
    const strategies = service.context.strategies.filter(({ subject }) => subject === 'stock')
    const scorer = liveScorer(market, strategies)
    const ticker = market.members.find(({ stock }) => listingReason(stock) === null)?.stock
      .ticker as string
    service.follow(liveMarket({ cards: (asked) => scorer.cards(asked) }))
    const score: StockScoreView = await data(service, `/api/kr/stocks/${ticker}/score?strategy=vcp`)
    expect([score.live, score.cards.map(({ strategyId }) => strategyId)]).toEqual([true, ['vcp']])
    const { results }: AnalysesView = await data(
      service,
      post('/api/daytrading/analyze', { tickers: [ticker] }),
    )
    expect(results[0]).toMatchObject({ live: true, card: { strategyId: 'daytrade' } })
  })
})

describe('each service alone', () => {
  afterEach(() => service.finishJobs())

  it('scans for the VCP under its own names', async () => {
    const { own, gateway } = SERVICE_ROUTES['vcp-scanner']
    const scanner = { app: await appWith(service.context, [own, gateway]) }
    const { signals }: SignalListView = await data(scanner, '/signals')
    expect(await data(scanner, '/api/kr/signals/vcp')).toMatchObject({ signals })
    expect(await failure(scanner, '/analyze/999990')).toEqual([404, 'E_STOCK_UNKNOWN'])
    const [entry] = (await data<ScanResultView>(scanner, '/api/kr/scan/vcp/result?all=true'))
      .entries
    const view: StockScoreView = await data(scanner, `/analyze/${entry?.card.ticker}`)
    expect(view.cards).toEqual([entry?.card])
    expect(await data(scanner, post('/scan'))).toMatchObject({
      job: { payload: { strategy: 'vcp' } },
    })
    await scanner.app.close()
  })

  it('makes signals of the closing bet under its own names', async () => {
    const { own, gateway } = SERVICE_ROUTES['signal-engine']
    const engine = { app: await appWith(service.context, [own, gateway]) }
    expect(await data(engine, '/signals/latest')).toMatchObject({ signals: [], date: null })
    const body = { market: 'KOSPI', top_n: 30, capital: 1 }
    expect(await data(engine, post('/generate', body))).toMatchObject({
      job: { payload: { strategy: 'closing-bet', market: 'KOSPI' } },
    })
    expect(await failure(engine, post('/analyze', { ticker: '999990' }))).toEqual([
      404,
      'E_STOCK_UNKNOWN',
    ])
    await engine.app.close()
  })

  it.each([
    ['POST', '/chat'],
    ['GET', '/health'],
    ['GET', '/context'],
    ['DELETE', '/session/1'],
    ['GET', '/recommendations'],
  ] as const)('says that there is no chatbot: %s %s', async (method, path) => {
    const request = { method, url: `/api/kr/chatbot${path}` }
    expect(await failure(service, request)).toEqual([501, 'E_SERVICE_ABSENT'])
  })
})
