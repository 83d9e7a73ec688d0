import { sql } from 'kysely'
import { type Connection, type Page, pageOf, Repository } from './repository.js'

/** What the news of a stock said on a date. `score` is -1 to 1; null where it could not be told. */
export type AiAnalysis = {
  readonly id: number
  readonly ticker: string
  readonly analysisDate: string
  readonly sentiment: string
  readonly score: number | null
  readonly confidence: number | null
  readonly summary: string | null
  readonly keywords: readonly string[] | null
  readonly recommendation: string | null
  readonly newsUrls: readonly string[] | null
  readonly newsCount: number | null
  readonly modelVersion: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** An analysis to store. */
export type FreshAnalysis = Pick<AiAnalysis, 'ticker' | 'analysisDate' | 'sentiment'> &
  Partial<Omit<AiAnalysis, 'id' | 'createdAt' | 'updatedAt'>>

/** Analyses of news, one per stock and date. */
export class AiAnalysisRepository extends Repository<AiAnalysis> {
  constructor(db: Connection) {
    super(db, 'ai_analyses', 'id')
  }

  async latest(ticker: string): Promise<AiAnalysis | null> {
    return (await this.byTicker(ticker, { limit: 1 }))[0] ?? null
  }

  /** Newest first. */
  async byTicker(ticker: string, page: Page = {}): Promise<AiAnalysis[]> {
    return this.many(sql`select * from ai_analyses where ticker = ${ticker}
      order by analysis_date desc ${pageOf(page)}`)
  }

  async byDate(date: string, page: Page = {}): Promise<AiAnalysis[]> {
    return this.many(sql`select * from ai_analyses where analysis_date = ${date}
      order by score desc nulls last, ticker ${pageOf(page)}`)
  }

  /** Dates with an analysis, newest first. */
  async dates(limit = 30): Promise<string[]> {
    const { rows } = await sql<{ analysis_date: string }>`select distinct analysis_date
      from ai_analyses order by analysis_date desc limit ${limit}`.execute(this.db)
    return rows.map((row) => row.analysis_date)
  }

  /** The analysis of a stock and date, added or corrected. */
  async save(analysis: FreshAnalysis): Promise<AiAnalysis> {
    return this.upsert({ ...analysis, updatedAt: new Date() }, ['ticker', 'analysis_date'])
  }

  async topPositive(date: string, limit = 10): Promise<AiAnalysis[]> {
    return this.many(sql`select * from ai_analyses where analysis_date = ${date} and score > 0
      order by score desc, ticker limit ${limit}`)
  }

  async topNegative(date: string, limit = 10): Promise<AiAnalysis[]> {
    return this.many(sql`select * from ai_analyses where analysis_date = ${date} and score < 0
      order by score, ticker limit ${limit}`)
  }
}
