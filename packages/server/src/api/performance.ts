import { z } from 'zod'
import { fraction, nextCursor, percent, strategyId, ticker, tradeDate, won } from './scalars.js'

export const performanceQuery = z.object({
  signal_type: strategyId.optional(),
  start_date: tradeDate.optional(),
  end_date: tradeDate.optional(),
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

const figures = {
  total_signals: z.number(),
  closed_signals: z.number(),
  win_rate: fraction.nullable(),
  avg_return: percent.nullable(),
  best_return: percent.nullable(),
  worst_return: percent.nullable(),
}
export const bySignal = z.object(figures).meta({ id: 'BySignal' })

export const PERIODS = ['1w', '2w', '1mo', '3mo', '6mo', '1y'] as const
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

export const sharpeRatio = z
  .object({
    sharpe_ratio: z.number().nullable(),
    period_days: z.number(),
    risk_free_rate: percent,
  })
  .meta({ id: 'SharpeRatio' })

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
export const backtestList = z
  .object({ results: z.array(backtestItem), total: z.number(), next_cursor: nextCursor })
  .meta({ id: 'BacktestList' })
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
