import {
  closeTime,
  createMarket,
  dayNumber,
  epochMsOfKst,
  listingReason,
  liveScorer,
  MARKET_TICKER,
  selectUniverse,
} from '@ralph-stock/core'
import { marketFromBatch } from '@ralph-stock/engine'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type {
  AnalysesView,
  JobView,
  MarketGateView,
  ScanResultView,
  ScanStateView,
  ScanStatusView,
  SectorsView,
  SessionView,
  SignalListView,
  StartedJobView,
  StockScoreView,
  UniverseView,
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
  sessionBefore,
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

describe('the market gate', () => {
  afterEach(() => service.follow(null))

  it('is the card that the engine makes, with its indexes', async () => {
    const gate: MarketGateView = await data(service, '/api/kr/market-gate')
    const { engine } = service.context
    const card = await engine.score({ ticker: MARKET_TICKER, strategy: 'market-gate', date: LAST })
    expect(gate.card).toEqual(plain(card))
    expect([gate.level, gate.score, gate.live, gate.as_of]).toEqual([
      card.grade,
      card.score,
      false,
      LAST,
    ])
    const close = (await engine.market(LAST)).indexes['KOSPI']?.columns['bars.close']
    const [before, now] = [close?.at(-2) as number, close?.at(-1) as number]
    expect(gate.kospi.value).toBe(now)
    expect(gate.kospi.change_pct).toBeCloseTo((now / before - 1) * 100, 9)
    expect(gate.updated_at).toBe(new Date(closeTime(LAST)).toISOString())
  })

  it('lists its sectors, strongest first', async () => {
    const { sectors }: SectorsView = await data(service, `/api/kr/market-gate/sectors?date=${LAST}`)
    const changes = sectors.map(({ change_pct }) => change_pct)
    expect(changes).toEqual([...changes].sort((a, b) => b - a))
    for (const { change_pct, signal } of sectors) {
      expect(signal).toBe(change_pct > 1 ? 'bullish' : change_pct < -1 ? 'bearish' : 'neutral')
    }
  })

  it(
    'is unknown, not yellow, where an index is',
    async () => {
      const bare = await startService({ batch: { ...smallMarket(), indexes: null } })
      const gate: MarketGateView = await data(bare, '/api/kr/market-gate')
      await bare.close()
      expect([gate.level, gate.score]).toEqual(['UNKNOWN', null])
      expect(gate.kospi).toMatchObject({ value: null, change_pct: null, text: { ko: '정보 없음' } })
    },
    PATIENCE_MS,
  )

  it('shows a true 0 as it is', async () => {
    const { engine } = service.context
    const card = await engine.score({ ticker: MARKET_TICKER, strategy: 'market-gate', date: LAST })
    const at = epochMsOfKst(LAST, '10:00')
    const red = { ...card, annotation: null, score: 0, grade: 'RED' }
    const index = { name: 'KOSPI' as const, value: 2500, change: 0, volume: null, at }
    service.follow(
      liveMarket({ gate: () => red, index: (name) => (name === 'KOSPI' ? index : null) }),
    )
    const gate: MarketGateView = await data(service, '/api/kr/market-gate')
    expect([gate.level, gate.score, gate.live]).toEqual(['RED', 0, true])
    expect(gate.kospi).toMatchObject({ value: 2500, change_pct: 0, text: { ko: '보합' } })
    expect(gate.kosdaq).toMatchObject({ value: null, change_pct: null })
    expect(gate.updated_at).toBe(new Date(at).toISOString())
    const stored: MarketGateView = await data(
      service,
      `/api/kr/market-gate?date=${sessionBefore(1)}`,
    )
    expect([stored.live, stored.as_of]).toEqual([false, sessionBefore(1)])
  })

  it.each(['market-gate', 'market-gate/sectors', 'universe'])(
    'has no %s on a day without a session',
    async (name) => {
      expect(await failure(service, `/api/kr/${name}?date=2026-03-29`)).toEqual([
        404,
        'E_SESSION_NONE',
      ])
      expect(await failure(service, `/api/kr/${name}?date=tomorrow`)).toEqual([
        400,
        'E_REQUEST_INVALID',
      ])
    },
  )
})

describe('the session and the universe', () => {
  it('is told by clock and calendar where nothing is followed', async () => {
    const session: SessionView = await data(service, '/api/kr/session')
    expect(session).toMatchObject({
      date: LAST,
      is_session: true,
      phase: 'closed',
      closes_at: new Date(closeTime(LAST)).toISOString(),
      next_session: sessionBefore(-1),
      last_stored: LAST,
      invented: true,
      speed: 1,
    })
  })

  it('says of every stock that is left out why', async () => {
    const view: UniverseView = await data(service, '/api/kr/universe')
    const market = await service.context.engine.market(LAST)
    const { eligible, excluded } = selectUniverse(market, dayNumber(LAST))
    expect(view.eligible).toBe(eligible.length)
    expect(Object.fromEntries(view.excluded.map(({ ticker, reason }) => [ticker, reason]))).toEqual(
      Object.fromEntries(excluded),
    )
  })
})

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
