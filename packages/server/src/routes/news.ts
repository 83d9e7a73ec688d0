import { z } from 'zod'
import {
  analysis,
  analysisDates,
  analysisDay,
  analysisQuery,
  datesQuery,
  envelope,
  latestNews,
  latestNewsQuery,
  newsQuery,
  stockNews,
  tickerParams,
  tradeDate,
} from '../api/index.js'
import { errorResponses, ok } from '../plugins/index.js'
import {
  analysisDayView,
  analysisOf,
  latestNewsView,
  stockNewsView,
} from '../services/news-views.js'
import type { Routes } from './routes.js'

const tags = ['news']
const ALL = 1000

/** News and what was made of them, as the store holds them; nothing is fetched here. */
export const newsRoutes: Routes = async (app, { context }) => {
  app.get(
    '/api/kr/news/latest',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Articles of the last days, newest first',
        querystring: latestNewsQuery,
        response: { 200: envelope(latestNews), ...errorResponses() },
      },
    },
    async ({ query: { days, limit } }) => ok(context, await latestNewsView(context, days, limit)),
  )
  app.get(
    '/api/kr/news/:ticker',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Articles of one stock, newest first',
        params: tickerParams,
        querystring: newsQuery,
        response: { 200: envelope(stockNews), ...errorResponses('E_STOCK_UNKNOWN') },
      },
    },
    async ({ params: { ticker }, query: { page, limit } }) =>
      ok(context, await stockNewsView(context, ticker, page, limit)),
  )
  app.get(
    '/api/kr/ai-summary/:ticker',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'What the news of a stock say, by its newest analysis',
        params: tickerParams,
        response: {
          200: envelope(analysis),
          ...errorResponses('E_STOCK_UNKNOWN', 'E_ANALYSIS_NONE'),
        },
      },
    },
    async ({ params: { ticker } }) => ok(context, await analysisOf(context, ticker)),
  )
  app.get(
    '/api/kr/ai-analysis',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Analyses of a date, the most positive first',
        querystring: analysisQuery,
        response: { 200: envelope(analysisDay), ...errorResponses() },
      },
    },
    async ({ query: { analysis_date: date, limit } }) =>
      ok(context, await analysisDayView(context, date, limit)),
  )
  app.get(
    '/api/kr/ai-history-dates',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'Dates with analyses, newest first',
        querystring: datesQuery,
        response: { 200: envelope(analysisDates), ...errorResponses() },
      },
    },
    async ({ query: { limit } }) => {
      const dates = await context.store.repositories.aiAnalyses.dates(limit)
      return ok(context, { dates, total: dates.length })
    },
  )
  app.get(
    '/api/kr/ai-history/:date',
    {
      config: { scope: 'read' },
      schema: {
        tags,
        summary: 'All analyses of a date; none where nothing was analysed',
        params: z.object({ date: tradeDate }),
        response: { 200: envelope(analysisDay), ...errorResponses() },
      },
    },
    async ({ params: { date } }) => ok(context, await analysisDayView(context, date, ALL)),
  )
}
