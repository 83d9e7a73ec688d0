import type { AiAnalysis, StoredArticle } from '@ralph-stock/adapters-timescale'
import { RalphError } from '@ralph-stock/core'
import type {
  AnalysisDayView,
  AnalysisView,
  ArticleView,
  LatestNewsView,
  StockNewsView,
} from '../api/index.js'
import type { ServerContext } from '../context.js'
import { quotedStock } from './quote-view.js'

type Source = Pick<ServerContext, 'store' | 'clock' | 'live'>

const DAY_MS = 86_400_000

/** Stored articles of the last days, newest first. */
export async function latestNewsView(
  { store, clock }: Source,
  days: number,
  limit: number,
): Promise<LatestNewsView> {
  const since = new Date(clock.now() - days * DAY_MS)
  const articles = await store.repositories.news.latest(since, limit)
  return { news: articles.map(articleView), total: articles.length }
}

/**
 * Stored articles of one stock, newest first.
 *
 * @throws RalphError E_STOCK_UNKNOWN
 */
export async function stockNewsView(
  context: Source,
  ticker: string,
  page: number,
  limit: number,
): Promise<StockNewsView> {
  await quotedStock(context, ticker)
  const { news } = context.store.repositories
  const offset = (page - 1) * limit
  const articles = await news.byTicker(ticker, { offset, limit })
  const total = await news.countOf(ticker)
  const has_more = offset + articles.length < total
  return { ticker, news: articles.map(articleView), total, page, limit, has_more }
}

/**
 * The newest stored analysis of a stock.
 *
 * @throws RalphError E_STOCK_UNKNOWN; E_ANALYSIS_NONE when its news were never analysed
 */
export async function analysisOf(context: Source, ticker: string): Promise<AnalysisView> {
  const { name } = await quotedStock(context, ticker)
  const found = await context.store.repositories.aiAnalyses.latest(ticker)
  if (found !== null) return analysisView(found, name)
  throw new RalphError('E_ANALYSIS_NONE', `the news of ${ticker} were not analysed yet`, { ticker })
}

/** The stored analyses of a date, the most positive first; of the newest date unless said. */
export async function analysisDayView(
  { store }: Source,
  date: string | undefined,
  limit: number,
): Promise<AnalysisDayView> {
  const { aiAnalyses, quotes } = store.repositories
  const day = date ?? (await aiAnalyses.dates(1))[0] ?? null
  if (day === null) return { analyses: [], total: 0, analysis_date: null }
  const found = await aiAnalyses.byDate(day, { limit })
  const names = await quotes.names(found.map(({ ticker }) => ticker))
  return {
    analyses: found.map((one) => analysisView(one, names.get(one.ticker) ?? one.ticker)),
    total: found.length,
    analysis_date: day,
  }
}

function articleView(stored: StoredArticle): ArticleView {
  const { ticker, title, url, source, publishedAt, sentiment } = stored
  return { ticker, title, url, source, published_at: publishedAt.toISOString(), sentiment }
}

function analysisView(found: AiAnalysis, name: string): AnalysisView {
  return {
    id: found.id,
    ticker: found.ticker,
    name,
    analysis_date: found.analysisDate,
    sentiment: found.sentiment,
    score: found.score,
    confidence: found.confidence,
    summary: found.summary,
    keywords: [...(found.keywords ?? [])],
    recommendation: found.recommendation,
    news_urls: [...(found.newsUrls ?? [])],
    news_count: found.newsCount,
    model_version: found.modelVersion,
  }
}
