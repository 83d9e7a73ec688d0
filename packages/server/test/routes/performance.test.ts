import type { StoredSignal } from '@ralph-stock/adapters-timescale'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  BacktestKpiView,
  ByPeriodView,
  BySignalView,
  CumulativeView,
  SignalView,
  StockSignalsView,
  TopPerformersView,
} from '../../src/api/index.js'
import { data, LAST, PATIENCE_MS, startService, type TestService } from './support.js'

let service: TestService
let stored: StoredSignal[]
beforeAll(async () => {
  service = await startService({ scans: true })
  stored = await service.context.store.findSignals()
}, PATIENCE_MS)
afterAll(() => service.close())

const keyOf = (signal: SignalView): string => `${signal.signal_type} ${signal.id}`
const storedKey = ({ strategyId, id }: StoredSignal): string => `${strategyId} ${id}`

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
