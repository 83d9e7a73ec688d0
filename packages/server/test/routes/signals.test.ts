import type { StoredSignal } from '@ralph-stock/adapters-timescale'
import { epochMsOfKst } from '@ralph-stock/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  BacktestKpiView,
  ByPeriodView,
  BySignalView,
  CumulativeView,
  PricedSignal,
  SignalDatesView,
  SignalHistoryView,
  SignalListView,
  SignalView,
  StockSignalsView,
  TopPerformersView,
} from '../../src/api/index.js'
import { envelope, signalPage } from '../../src/api/index.js'
import { signalPageView } from '../../src/services/signal-view.js'
import {
  data,
  failure,
  LAST,
  liveMarket,
  PATIENCE_MS,
  SCANNED,
  sessionBefore,
  startService,
  type TestService,
} from './support.js'

let service: TestService
let stored: StoredSignal[]
beforeAll(async () => {
  service = await startService({ scans: true })
  stored = await service.context.store.findSignals()
}, PATIENCE_MS)
afterAll(() => service.close())

type Page = { signals: SignalView[]; next_cursor: string | null }

async function walk(query: string): Promise<SignalView[]> {
  const seen: SignalView[] = []
  let cursor = ''
  do {
    const page: Page = await data(service, `/api/kr/signals?${query}${cursor}`)
    seen.push(...page.signals)
    cursor = page.next_cursor === null ? '' : `&cursor=${encodeURIComponent(page.next_cursor)}`
  } while (cursor !== '')
  return seen
}

const keyOf = (signal: SignalView): string => `${signal.signal_type} ${signal.id}`
const storedKey = ({ strategyId, id }: StoredSignal): string => `${strategyId} ${id}`

describe('the list of signals', () => {
  it('walks every signal of both tables exactly once, newest first', async () => {
    expect(stored.length).toBeGreaterThan(20)
    expect((await walk('limit=7')).map(keyOf)).toEqual(stored.map(storedKey))
    expect(new Set(stored.map(({ strategyId }) => strategyId)).size).toBeGreaterThan(1)
  })

  it('tells of each what the store and its card say', async () => {
    const signals = await walk('limit=100')
    for (const [n, signal] of signals.entries()) {
      const { card, entry, exit, target, stop } = stored[n] as StoredSignal
      expect(signal).toMatchObject({
        signal_date: card.asOf,
        score: card.score,
        max_score: card.maxScore,
        coverage: card.coverage,
        grade: card.grade,
        entered: entry !== null,
        entry_price: entry?.price ?? card.plan?.entry ?? null,
        target_price: target,
        stop_price: stop,
        exit_date: exit?.exitDate ?? null,
        exit_reason: exit?.reason ?? null,
      })
      expect(signal.return_pct).toBe(exit === null ? null : (exit.returnRate as number) * 100)
      expect(signal.criteria).toEqual(
        card.criteria.map(({ id, outcome, points, maxPoints }) => ({
          id,
          outcome,
          points,
          max_points: maxPoints,
        })),
      )
      expect(signal).not.toHaveProperty('card')
    }
  })

  it('keeps to its schema, which no writer checks', async () => {
    const answer = await service.app.inject('/api/kr/signals?limit=100')
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    const body = answer.json<{ data: Page }>()
    expect(envelope(signalPage).strict().parse(body)).toEqual(body)
    const views = await signalPageView(service.context, {}, 100)
    expect(body.data).toEqual(views)
  })

  it('brings the whole card where asked', async () => {
    const { signals }: Page = await data(service, '/api/kr/signals?limit=3&include=card')
    expect(signals.map(({ card }) => card)).toEqual(stored.slice(0, 3).map(({ card }) => card))
  })

  it.each<readonly [string, (signal: StoredSignal) => boolean]>([
    ['strategy=vcp', ({ strategyId }) => strategyId === 'vcp'],
    ['strategy=daytrade', ({ strategyId }) => strategyId === 'daytrade'],
    ['status=CLOSED', ({ status }) => status === 'CLOSED'],
    ['market=KOSDAQ', ({ card }) => card.market === 'KOSDAQ'],
    ['grade=B', ({ card }) => card.grade === 'B'],
    ['min_score=70', ({ card }) => card.score >= 70],
    [
      `from=${sessionBefore(6)}&to=${sessionBefore(3)}`,
      ({ signalDate }) => signalDate >= sessionBefore(6) && signalDate <= sessionBefore(3),
    ],
  ])('keeps to %s, page by page', async (query, isWanted) => {
    const wanted = stored.filter(isWanted).map(storedKey)
    expect(wanted).not.toEqual([])
    expect((await walk(`limit=4&${query}`)).map(keyOf)).toEqual(wanted)
  })

  it('takes one statement, with cards and without', async () => {
    service.statements.length = 0
    await data(service, '/api/kr/signals?limit=100')
    await data(service, '/api/kr/signals?limit=100&include=card&strategy=vcp&market=KOSPI')
    expect(service.statements).toHaveLength(2)
  })

  it.each([
    'cursor=1',
    'cursor=2026-02-30~1~vcp',
    'cursor=2026-02-10~99999999999~vcp',
    'cursor=2026-02-10~1~vcp~x',
    'grade=%00',
    'strategy=other',
    'min_score=much',
    'from=2026-13-01',
    'limit=1.5',
  ])('refuses %s', async (query) => {
    expect(await failure(service, `/api/kr/signals?${query}`)).toEqual([400, 'E_REQUEST_INVALID'])
  })
})

describe('the best signals', () => {
  afterAll(() => service.follow(null))

  it('are the open ones of one strategy by their scores', async () => {
    const list: SignalListView = await data(service, '/api/kr/signals/vcp?limit=100')
    const open = stored.filter(
      ({ status, strategyId }) => status === 'OPEN' && strategyId === 'vcp',
    )
    expect(open).not.toEqual([])
    expect(list.signals.map(keyOf).sort()).toEqual(open.map(storedKey).sort())
    const scores = list.signals.map(({ score }) => score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect(list.count).toBe(open.length)
    const top: SignalListView = await data(service, '/api/kr/signals/top?min_score=60&limit=100')
    expect(top.signals).toEqual(list.signals)
  })

  it('carry the price of now beside the entry, which stays', async () => {
    const before: SignalListView = await data(service, '/api/kr/signals/vcp')
    const [first] = before.signals as [PricedSignal]
    expect([first.price_as_of, first.price_source]).toEqual([LAST, 'store'])
    const at = epochMsOfKst(sessionBefore(-1), '11:00')
    service.follow(
      liveMarket({
        price: (ticker) => ({
          ticker,
          price: 999,
          change: null,
          previousClose: 1000,
          open: 1,
          high: 1,
          low: 1,
          volume: 1,
          tradedValue: 1,
          at,
        }),
      }),
    )
    const after: SignalListView = await data(service, '/api/kr/signals/vcp')
    expect(after.signals[0]).toMatchObject({
      entry_price: first.entry_price,
      target_price: first.target_price,
      current_price: 999,
      price_source: 'live',
      price_at: new Date(at).toISOString(),
    })
    expect(after.signals[0]?.change_pct).toBeCloseTo(-0.1, 9)
  })

  it('take two statements, however many', async () => {
    service.statements.length = 0
    await data(service, '/api/kr/signals/vcp?limit=1')
    await data(service, '/api/kr/signals/vcp?limit=100')
    expect(service.statements).toHaveLength(4)
  })
})

describe('the closing bet and the day trade', () => {
  it('show the newest date with its signals, best first', async () => {
    const latest: SignalListView = await data(service, '/api/kr/jongga-v2/latest?limit=100')
    const own = stored.filter(({ strategyId }) => strategyId === 'closing-bet')
    expect(latest.date).toBe(own[0]?.signalDate)
    expect(latest.signals.map(keyOf).sort()).toEqual(
      own
        .filter(({ signalDate }) => signalDate === latest.date)
        .map(storedKey)
        .sort(),
    )
  })

  it('list the dates and the signals of each', async () => {
    const { dates, count }: SignalDatesView = await data(service, '/api/kr/jongga-v2/dates')
    const own = stored.filter(({ strategyId }) => strategyId === 'closing-bet')
    expect(dates).toEqual([...new Set(own.map(({ signalDate }) => signalDate))])
    expect(count).toBe(dates.length)
    const day: SignalHistoryView = await data(service, `/api/kr/jongga-v2/history/${dates[0]}`)
    expect(day.signals.map(keyOf).sort()).toEqual(
      own
        .filter(({ signalDate }) => signalDate === dates[0])
        .map(storedKey)
        .sort(),
    )
    expect(await data(service, '/api/kr/jongga-v2/history/2020-01-02')).toEqual({
      date: '2020-01-02',
      signals: [],
      count: 0,
    })
    expect(await failure(service, '/api/kr/jongga-v2/history/today')).toEqual([
      400,
      'E_REQUEST_INVALID',
    ])
  })

  it('come as a list or as an object', async () => {
    const object: SignalListView = await data(service, '/api/daytrading/signals')
    const list: PricedSignal[] = await data(service, '/api/daytrading/signals?format=list')
    expect(list).toEqual(object.signals)
    expect(list.length).toBe(object.count)
    expect(object.count).toBeGreaterThan(0)
    const kosdaq: PricedSignal[] = await data(
      service,
      '/api/daytrading/signals?format=list&market=KOSDAQ',
    )
    expect(kosdaq.every(({ market }) => market === 'KOSDAQ')).toBe(true)
    expect(await failure(service, '/api/daytrading/signals?min_score=106')).toEqual([
      400,
      'E_REQUEST_INVALID',
    ])
  })
})

describe('signals of one stock', () => {
  it('come with what they came to', async () => {
    const { ticker } = stored.find(({ exit }) => exit !== null) as StoredSignal
    const own = stored.filter((signal) => signal.ticker === ticker)
    const view: StockSignalsView = await data(service, `/api/kr/stocks/${ticker}/signals`)
    const returns = own.flatMap(({ exit }) => exit?.returnRate ?? [])
    expect(view.signals.map(keyOf)).toEqual(own.map(storedKey))
    expect([view.total_signals, view.open_signals, view.closed_signals]).toEqual([
      own.length,
      own.length - returns.length,
      returns.length,
    ])
    expect(view.avg_return_pct).toBeCloseTo(
      (returns.reduce((a, b) => a + b, 0) / returns.length) * 100,
      9,
    )
    expect(view.win_rate).toBe(returns.filter((rate) => rate > 0).length / returns.length)
  })

  it('has no figures where nothing has ended', async () => {
    const ticker = stored.find(
      (one) => !stored.some(({ ticker, exit }) => ticker === one.ticker && exit !== null),
    )?.ticker
    const view: StockSignalsView = await data(service, `/api/kr/stocks/${ticker}/signals`)
    expect([view.closed_signals, view.avg_return_pct, view.win_rate]).toEqual([0, null, null])
  })
})

describe('performance', () => {
  const closed = () => stored.filter(({ exit }) => exit !== null)

  it('counts returns on the dates of their exits', async () => {
    const view: CumulativeView = await data(service, '/api/kr/performance/cumulative')
    const dates = closed().map(({ exit }) => exit?.exitDate as string)
    expect(view.closed_signals).toBe(closed().length)
    expect([view.data[0]?.date, view.data.at(-1)?.date]).toEqual([
      dates.reduce((a, b) => (a < b ? a : b)),
      dates.reduce((a, b) => (a > b ? a : b)),
    ])
    const growth = view.data.reduce(
      (all, { daily_return_pct }) => all * (1 + daily_return_pct / 100),
      1,
    )
    expect(view.final_return_pct).toBeCloseTo((growth - 1) * 100, 9)
  })

  it('has figures by strategy, and none before the first exit', async () => {
    const vcp: BySignalView = await data(
      service,
      '/api/kr/performance/by-signal?signal_type=vcp&days=365',
    )
    const own = closed().filter(({ strategyId }) => strategyId === 'vcp')
    expect(vcp.closed_signals).toBe(own.length)
    expect(vcp.best_return).toBeCloseTo(10, 9)
    const none: CumulativeView = await data(
      service,
      '/api/kr/performance/cumulative?end_date=2020-01-02',
    )
    expect(none).toEqual({ data: [], total_points: 0, final_return_pct: null, closed_signals: 0 })
    const early: BySignalView = await data(service, '/api/kr/performance/by-signal?ticker=999990')
    expect(early).toMatchObject({ total_signals: 0, win_rate: null, avg_return: null })
  })

  it('has a stretch that ends today in Korea', async () => {
    const view: ByPeriodView = await data(service, '/api/kr/performance/by-period?period=1mo')
    expect([view.from, view.to]).toEqual(['2026-02-28', LAST])
    expect(view.closed_signals).toBe(closed().length)
    expect(view.mdd).toBeLessThanOrEqual(0)
    const week: ByPeriodView = await data(service, '/api/kr/performance/by-period?period=1w')
    expect(week.from).toBe('2026-03-24')
  })

  it('lists the best exits first', async () => {
    const { performers }: TopPerformersView = await data(
      service,
      '/api/kr/performance/top-performers?limit=50',
    )
    expect(performers).toHaveLength(closed().length)
    const returns = performers.map(({ return_pct }) => return_pct)
    expect(returns).toEqual([...returns].sort((a, b) => b - a))
    const late: TopPerformersView = await data(service, '/api/kr/performance/top-performers?days=1')
    expect(late.performers).toEqual([])
  })

  it('has a Sharpe ratio where there are two sessions or more', async () => {
    const some = await data(service, '/api/kr/performance/sharpe-ratio?days=365&risk_free_rate=0')
    expect(some).toMatchObject({
      period_days: 365,
      risk_free_rate: 0,
      sharpe_ratio: expect.any(Number),
    })
    const none = await data(
      service,
      '/api/kr/performance/sharpe-ratio?days=7&signal_type=trend-template',
    )
    expect(none).toEqual({ sharpe_ratio: null, period_days: 7, risk_free_rate: 2 })
  })

  it('sums every strategy up in one statement', async () => {
    service.statements.length = 0
    const kpi: BacktestKpiView = await data(service, '/api/kr/backtest-kpi')
    expect(service.statements).toHaveLength(1)
    expect(Object.keys(kpi)).toEqual(['closing-bet', 'vcp', 'trend-template', 'daytrade'])
    const own = closed().filter(({ strategyId }) => strategyId === 'vcp')
    const returns = own.map(({ exit }) => exit?.returnRate as number)
    const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0)
    expect(kpi['vcp']).toMatchObject({ status: 'OK', count: own.length })
    expect(kpi['vcp']?.profit_factor).toBeCloseTo(
      sum(returns.filter((rate) => rate > 0)) / -sum(returns.filter((rate) => rate < 0)),
      9,
    )
    expect(kpi['trend-template']).toMatchObject({
      status: 'No Data',
      count: 0,
      win_rate: null,
      profit_factor: null,
    })
  })
})

it('keeps scans of several dates', () => {
  expect(new Set(stored.map(({ signalDate }) => signalDate)).size).toBe(SCANNED.length)
})
