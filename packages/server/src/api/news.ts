import { z } from 'zod'
import { instant, ticker, tradeDate } from './scalars.js'

/** An article about a stock. */
export const article = z
  .object({
    ticker,
    title: z.string(),
    url: z.string(),
    source: z.string(),
    published_at: instant,
    sentiment: z.number().nullable().describe('-1 to 1; null while it was not analysed'),
  })
  .meta({ id: 'Article' })
export type ArticleView = z.infer<typeof article>

export const newsQuery = z.object({
  page: z.coerce.number().int().min(1).max(1000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
export const latestNewsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  days: z.coerce.number().int().min(1).max(365).default(7),
})

/** Articles of one stock, newest first. */
export const stockNews = z
  .object({
    ticker,
    news: z.array(article),
    total: z.number(),
    page: z.number(),
    limit: z.number(),
    has_more: z.boolean(),
  })
  .meta({ id: 'StockNews' })
export type StockNewsView = z.infer<typeof stockNews>

/** Articles of all stocks, newest first. */
export const latestNews = z
  .object({ news: z.array(article), total: z.number() })
  .meta({ id: 'LatestNews' })
export type LatestNewsView = z.infer<typeof latestNews>

/** What the news of a stock said on a date. */
export const analysis = z
  .object({
    id: z.number(),
    ticker,
    name: z.string(),
    analysis_date: tradeDate,
    sentiment: z.string(),
    score: z.number().nullable().describe('-1 to 1'),
    confidence: z.number().nullable(),
    summary: z.string().nullable(),
    keywords: z.array(z.string()),
    recommendation: z.string().nullable(),
    news_urls: z.array(z.string()),
    news_count: z.number().nullable(),
    model_version: z.string().nullable(),
  })
  .meta({ id: 'Analysis' })
export type AnalysisView = z.infer<typeof analysis>

export const analysisQuery = z.object({
  analysis_date: tradeDate.optional().describe('The newest with any when absent'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export const analysisDay = z
  .object({
    analyses: z.array(analysis),
    total: z.number(),
    analysis_date: tradeDate.nullable().describe('Null where nothing was ever analysed'),
  })
  .meta({ id: 'AnalysisDay' })
export type AnalysisDayView = z.infer<typeof analysisDay>

export const analysisDates = z
  .object({ dates: z.array(tradeDate), total: z.number() })
  .meta({ id: 'AnalysisDates' })
