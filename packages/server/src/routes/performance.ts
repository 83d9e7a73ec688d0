import {
  backtestKpi,
  byPeriod,
  byPeriodQuery,
  bySignal,
  bySignalQuery,
  cumulative,
  envelope,
  performanceQuery,
  sharpeQuery,
  sharpeRatio,
  topPerformers,
  topPerformersQuery,
} from '../api/index.js'
import { errorResponses, ok } from '../plugins/index.js'
import {
  backtestKpiView,
  byPeriodView,
  bySignalView,
  cumulativeView,
  daysAgo,
  performanceFilter,
  topPerformersView,
} from '../services/performance-views.js'
import type { Routes } from './routes.js'

const tags = ['performance']

/** What signals came to, counted on the dates of their exits. */
export const performanceRoutes: Routes = async (app, { context }) => {
  const { performance } = context.store.repositories
  app.get(
    '/api/kr/performance/cumulative',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'The course of returns, session by session',
        querystring: performanceQuery,
        response: { 200: envelope(cumulative), ...errorResponses() },
      },
    },
    async ({ query }) => ok(context, await cumulativeView(context, performanceFilter(query))),
  )
  app.get(
    '/api/kr/performance/by-signal',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Figures of the signals of the last days',
        querystring: bySignalQuery,
        response: { 200: envelope(bySignal), ...errorResponses() },
      },
    },
    async ({ query: { days, ...query } }) => {
      const filter = { ...performanceFilter(query), from: daysAgo(context, days) }
      return ok(context, await bySignalView(context, filter))
    },
  )
  app.get(
    '/api/kr/performance/by-period',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Figures and course of a stretch that ends today',
        querystring: byPeriodQuery,
        response: { 200: envelope(byPeriod), ...errorResponses() },
      },
    },
    async ({ query: { period, signal_type } }) =>
      ok(context, await byPeriodView(context, period, signal_type)),
  )
  app.get(
    '/api/kr/performance/top-performers',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Closed signals, the best first',
        querystring: topPerformersQuery,
        response: { 200: envelope(topPerformers), ...errorResponses() },
      },
    },
    async ({ query: { limit, days, ...query } }) => {
      const since = days === undefined ? {} : { from: daysAgo(context, days) }
      const filter = { ...performanceFilter(query), ...since }
      return ok(context, await topPerformersView(context, limit, filter))
    },
  )
  app.get(
    '/api/kr/performance/sharpe-ratio',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'The Sharpe ratio of the last days; null where there are too few',
        querystring: sharpeQuery,
        response: { 200: envelope(sharpeRatio), ...errorResponses() },
      },
    },
    async ({ query: { days, risk_free_rate: rate, ...query } }) => {
      const filter = { ...performanceFilter(query), from: daysAgo(context, days) }
      const ratio = await performance.sharpeRatio(filter, rate / 100)
      return ok(context, { sharpe_ratio: ratio, period_days: days, risk_free_rate: rate })
    },
  )
  app.get(
    '/api/kr/backtest-kpi',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: "How each strategy's closed signals did",
        response: { 200: envelope(backtestKpi), ...errorResponses() },
      },
    },
    async () => ok(context, await backtestKpiView(context)),
  )
}
