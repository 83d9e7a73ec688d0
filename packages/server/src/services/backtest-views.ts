import type { BacktestFilter, BacktestResult } from '@ralph-stock/adapters-timescale'
import type { BacktestItem, BacktestListView } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { cutPage, dateCursor, parseDateCursor } from './pages.js'

/** A page of stored results, newest first. */
export async function backtestListView(
  { store }: Pick<ServerContext, 'store'>,
  filter: BacktestFilter,
  limit: number,
  cursor: string | undefined,
): Promise<BacktestListView> {
  const { backtests } = store.repositories
  const before = cursor === undefined ? {} : { before: parseDateCursor(cursor) }
  const read = await backtests.history({ ...filter, ...before }, { limit: limit + 1 })
  const { entries, nextCursor } = cutPage(read, limit, ({ backtestDate, id }) =>
    dateCursor({ date: backtestDate, id }),
  )
  return { results: entries.map(backtestItem), total: entries.length, next_cursor: nextCursor }
}

/** A stored result as answers carry it. */
export function backtestItem(result: BacktestResult): BacktestItem {
  return {
    id: result.id,
    config_name: result.configName,
    backtest_date: result.backtestDate,
    total_trades: result.totalTrades,
    winning_trades: result.winningTrades,
    losing_trades: result.losingTrades,
    win_rate: result.winRate,
    total_return_pct: result.totalReturnPct,
    max_drawdown_pct: result.maxDrawdownPct,
    sharpe_ratio: result.sharpeRatio,
    avg_return_per_trade: result.avgReturnPerTrade,
    profit_factor: result.profitFactor,
    created_at: result.createdAt.toISOString(),
  }
}
