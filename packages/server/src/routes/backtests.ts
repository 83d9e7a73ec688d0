import {
  backtestConfigQuery,
  backtestHistoryQuery,
  backtestItem,
  backtestLatestQuery,
  backtestList,
  backtestSummary,
  envelope,
} from '../api/index.js'
import { errorResponses, ok } from '../plugins/index.js'
import { backtestListView, backtestItem as itemOf } from '../services/backtest-views.js'
import type { Routes } from './routes.js'

const tags = ['backtest']

/** Results of backtests that were stored. */
export const backtestRoutes: Routes = async (app, { context }) => {
  const { backtests } = context.store.repositories
  app.get(
    '/api/kr/backtest/summary',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Figures over all results',
        querystring: backtestConfigQuery,
        response: { 200: envelope(backtestSummary), ...errorResponses() },
      },
    },
    async ({ query: { config_name } }) => {
      const found = await backtests.summary(config_name)
      return ok(context, {
        total_backtests: Number(found.totalBacktests),
        avg_return_pct: found.avgReturnPct,
        avg_win_rate: found.avgWinRate,
        best_return_pct: found.bestReturnPct,
        worst_return_pct: found.worstReturnPct,
        avg_sharpe_ratio: found.avgSharpeRatio,
        avg_max_drawdown_pct: found.avgMaxDrawdownPct,
      })
    },
  )
  app.get(
    '/api/kr/backtest/latest',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Results, newest first',
        querystring: backtestLatestQuery,
        response: { 200: envelope(backtestList), ...errorResponses() },
      },
    },
    async ({ query: { config_name: configName, limit, cursor } }) =>
      ok(
        context,
        await backtestListView(
          context,
          configName === undefined ? {} : { configName },
          limit,
          cursor,
        ),
      ),
  )
  app.get(
    '/api/kr/backtest/history',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Results between two dates, newest first',
        querystring: backtestHistoryQuery,
        response: { 200: envelope(backtestList), ...errorResponses() },
      },
    },
    async ({ query: { config_name, start_date, end_date, limit, cursor } }) => {
      const filter = {
        ...(config_name === undefined ? {} : { configName: config_name }),
        ...(start_date === undefined ? {} : { from: start_date }),
        ...(end_date === undefined ? {} : { to: end_date }),
      }
      return ok(context, await backtestListView(context, filter, limit, cursor))
    },
  )
  app.get(
    '/api/kr/backtest/best',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'The result with the highest return; null without any',
        querystring: backtestConfigQuery,
        response: { 200: envelope(backtestItem.nullable()), ...errorResponses() },
      },
    },
    async ({ query: { config_name } }) => {
      const best = await backtests.best(config_name)
      return ok(context, best === null ? null : itemOf(best))
    },
  )
}
