import type { PerformanceFilter, SignalPerformance } from '@ralph-stock/adapters-timescale'
import { dayNumber, fromDayNumber, type TradeDate } from '@ralph-stock/core'
import type {
  BacktestKpiView,
  ByPeriodView,
  BySignalView,
  CumulativeView,
  TopPerformersView,
} from '../api/index.js'
import type { ServerContext } from '../context.js'
import { monthsBefore } from './chart-view.js'
import { today } from './session-view.js'

type Source = Pick<ServerContext, 'store' | 'clock'>

/** Fraction to percent; unknown stays unknown. */
export function percentOf<T extends number | null>(fraction: T): T extends number ? number : T
export function percentOf(fraction: number | null): number | null {
  return fraction === null ? null : fraction * 100
}

/** The returns of closed signals by the date of their exit. */
export async function cumulativeView(
  { store }: Source,
  filter: PerformanceFilter,
): Promise<CumulativeView> {
  const { performance } = store.repositories
  const course = await performance.cumulativeReturn(filter)
  const { closedSignals } = await performance.signalPerformance(filter)
  return {
    data: course.map(({ date, dailyReturn, cumulativeReturn }) => ({
      date,
      daily_return_pct: dailyReturn * 100,
      cumulative_return_pct: cumulativeReturn * 100,
    })),
    total_points: course.length,
    final_return_pct: percentOf(course.at(-1)?.cumulativeReturn ?? null),
    closed_signals: closedSignals,
  }
}

export async function bySignalView(
  { store }: Source,
  filter: PerformanceFilter,
): Promise<BySignalView> {
  return figuresOf(await store.repositories.performance.signalPerformance(filter))
}

/** What came of a stretch that ends today. */
export async function byPeriodView(
  context: Source,
  period: ByPeriodView['period'],
  strategyId: string | undefined,
): Promise<ByPeriodView> {
  const range = { from: startOf(period, today(context)), to: today(context) }
  const found = await context.store.repositories.performance.byPeriod(range, strategyId)
  return {
    period,
    ...range,
    ...figuresOf(found),
    cumulative_return: percentOf(found.cumulativeReturn),
    mdd: percentOf(found.maxDrawdown),
    sharpe_ratio: found.sharpeRatio,
  }
}

/** Closed signals by what they came to, best first. */
export async function topPerformersView(
  { store }: Source,
  limit: number,
  filter: PerformanceFilter,
): Promise<TopPerformersView> {
  const best = await store.repositories.performance.topPerformers(limit, filter)
  return {
    performers: best.map((signal) => ({
      ticker: signal.ticker,
      name: signal.name,
      // Sound: the service saves signals of its own strategies alone.
      signal_type: signal.strategyId as TopPerformersView['performers'][number]['signal_type'],
      entry_price: signal.entryPrice,
      exit_price: signal.exitPrice,
      return_pct: signal.returnRate * 100,
      signal_date: signal.signalDate,
    })),
    total_count: best.length,
  }
}

const ENOUGH = 2

/** How the closed signals of each strategy did: one statement. */
export async function backtestKpiView({ engine, store }: ServerContext): Promise<BacktestKpiView> {
  const totals = await store.repositories.signalLists.totalsByStrategy()
  const view: BacktestKpiView = {}
  for (const { id, subject } of engine.strategies) {
    if (subject === 'market') continue
    const own = totals.get(id)
    const count = own?.returns ?? 0
    view[id] = {
      // Sound: the service has its own strategies alone.
      strategy: id as BacktestKpiView[string]['strategy'],
      status: count >= ENOUGH ? 'OK' : count > 0 ? 'Accumulating' : 'No Data',
      count,
      win_rate: own?.winRate ?? null,
      avg_return: percentOf(own?.avgReturn ?? null),
      profit_factor: own?.profitFactor ?? null,
      message:
        count === 0
          ? 'no signal has been entered and closed yet'
          : `${count} closed signal${count === 1 ? '' : 's'}, ${own?.open ?? 0} open`,
    }
  }
  return view
}

/** A filter of performance from what a request says. */
export function performanceFilter(query: {
  readonly signal_type?: string | undefined
  readonly ticker?: string | undefined
  readonly start_date?: string | undefined
  readonly end_date?: string | undefined
}): PerformanceFilter {
  const { signal_type, ticker, start_date, end_date } = query
  return {
    ...(signal_type === undefined ? {} : { strategyId: signal_type }),
    ...(ticker === undefined ? {} : { ticker }),
    ...(start_date === undefined ? {} : { from: start_date }),
    ...(end_date === undefined ? {} : { to: end_date }),
  }
}

/** The date some days before today in Korea. */
export function daysAgo(context: Source, days: number): TradeDate {
  return fromDayNumber(dayNumber(today(context)) - days)
}

function startOf(period: ByPeriodView['period'], to: TradeDate): string {
  if (period === '1w' || period === '2w') {
    return fromDayNumber(dayNumber(to) - (period === '1w' ? 7 : 14))
  }
  return monthsBefore(to, { '1mo': 1, '3mo': 3, '6mo': 6, '1y': 12 }[period])
}

function figuresOf(found: SignalPerformance): BySignalView {
  return {
    total_signals: Number(found.totalSignals),
    closed_signals: Number(found.closedSignals),
    win_rate: found.winRate,
    avg_return: percentOf(found.avgReturn),
    best_return: percentOf(found.bestReturn),
    worst_return: percentOf(found.worstReturn),
  }
}
