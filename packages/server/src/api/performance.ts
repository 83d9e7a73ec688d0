import { z } from 'zod'
import {
  fraction,
  nextCursor,
  pageQuery,
  percent,
  plainText,
  strategyId,
  ticker,
  tradeDate,
  won,
} from './scalars.js'

export const performanceQuery = z.object({
  signal_type: strategyId.optional(),
  start_date: tradeDate.optional(),
  end_date: tradeDate.optional(),
})

const lastDays = z.coerce.number().int().min(1).max(3650)
export const bySignalQuery = z.object({
  ticker: ticker.optional(),
  signal_type: strategyId.optional(),
  days: lastDays.default(30).describe('Calendar days up to today in Korea'),
})

export const cumulative = z
  .object({
    data: z.array(
      z.object({
        date: tradeDate,
        daily_return_pct: percent,
        cumulative_return_pct: percent,
      }),
    ),
    total_points: z.number(),
    final_return_pct: percent.nullable(),
    closed_signals: z.number(),
  })
  .meta({ id: 'Cumulative' })
export type CumulativeView = z.infer<typeof cumulative>

const figures = {
  total_signals: z.number(),
  closed_signals: z.number(),
  win_rate: fraction.nullable(),
  avg_return: percent.nullable(),
  best_return: percent.nullable(),
  worst_return: percent.nullable(),
}
export const bySignal = z.object(figures).meta({ id: 'BySignal' })
export type BySignalView = z.infer<typeof bySignal>

export const PERIODS = ['1w', '2w', '1mo', '3mo', '6mo', '1y'] as const
export const byPeriodQuery = z.object({
  period: z.enum(PERIODS).default('1mo'),
  signal_type: strategyId.optional(),
})
export const byPeriod = z
  .object({
    period: z.enum(PERIODS),
    from: tradeDate,
    to: tradeDate,
    ...figures,
    cumulative_return: percent.nullable(),
    mdd: percent.nullable(),
    sharpe_ratio: z.number().nullable(),
  })
  .meta({ id: 'ByPeriod' })
export type ByPeriodView = z.infer<typeof byPeriod>

export const topPerformersQuery = z.object({
  signal_type: strategyId.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(10),
  days: lastDays.optional(),
})
export const topPerformers = z
  .object({
    performers: z.array(
      z.object({
        ticker,
        name: z.string(),
        signal_type: strategyId,
        entry_price: won.nullable(),
        exit_price: won.nullable(),
        return_pct: percent,
        signal_date: tradeDate,
      }),
    ),
    total_count: z.number(),
  })
  .meta({ id: 'TopPerformers' })
export type TopPerformersView = z.infer<typeof topPerformers>

export const sharpeQuery = z.object({
  signal_type: strategyId.optional(),
  days: z.coerce.number().int().min(7).max(365).default(90),
  risk_free_rate: z.coerce.number().min(-100).max(100).default(2).describe('Percent a year'),
})
export const sharpeRatio = z
  .object({
    sharpe_ratio: z.number().nullable(),
    period_days: z.number(),
    risk_free_rate: percent,
  })
  .meta({ id: 'SharpeRatio' })

export const backtestConfigQuery = z.object({ config_name: plainText(100).optional() })
export const backtestLatestQuery = pageQuery.extend({ config_name: plainText(100).optional() })
export const backtestHistoryQuery = backtestLatestQuery.extend({
  start_date: tradeDate.optional(),
  end_date: tradeDate.optional(),
})
export const backtestItem = z
  .object({
    id: z.number(),
    config_name: z.string(),
    backtest_date: tradeDate,
    total_trades: z.number(),
    winning_trades: z.number(),
    losing_trades: z.number(),
    win_rate: fraction.nullable(),
    total_return_pct: percent.nullable(),
    max_drawdown_pct: percent.nullable(),
    sharpe_ratio: z.number().nullable(),
    avg_return_per_trade: z.number().nullable(),
    profit_factor: z.number().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'BacktestItem' })
export type BacktestItem = z.infer<typeof backtestItem>
export const backtestList = z
  .object({
    results: z.array(backtestItem),
    total: z.number().describe('Results of this page'),
    next_cursor: nextCursor,
  })
  .meta({ id: 'BacktestList' })
export type BacktestListView = z.infer<typeof backtestList>
export const backtestSummary = z
  .object({
    total_backtests: z.number(),
    avg_return_pct: percent.nullable(),
    avg_win_rate: fraction.nullable(),
    best_return_pct: percent.nullable(),
    worst_return_pct: percent.nullable(),
    avg_sharpe_ratio: z.number().nullable(),
    avg_max_drawdown_pct: percent.nullable(),
  })
  .meta({ id: 'BacktestSummary' })

/** How each strategy's closed signals did, at a glance. */
export const backtestKpi = z
  .record(
    z.string(),
    z.object({
      strategy: strategyId,
      status: z.enum(['OK', 'Accumulating', 'No Data']),
      count: z.number(),
      win_rate: fraction.nullable(),
      avg_return: percent.nullable(),
      profit_factor: z.number().nullable(),
      message: z.string(),
    }),
  )
  .meta({ id: 'BacktestKpi' })
export type BacktestKpiView = z.infer<typeof backtestKpi>
