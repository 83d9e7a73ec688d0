import { sql } from 'kysely'
import { type Connection, type Page, pageOf, Repository } from './repository.js'

/** An article about a stock. `sentiment` is -1 to 1; null while it was not analysed. */
export type StoredArticle = {
  readonly ticker: string
  /** What makes two copies the same article. */
  readonly id: string
  readonly publishedAt: Date
  readonly title: string
  readonly url: string
  readonly source: string
  readonly sentiment: number | null
}

/** Articles by stock. */
export class NewsRepository extends Repository<StoredArticle> {
  constructor(db: Connection) {
    super(db, 'news', 'id')
  }

  /** Adds articles or corrects them, in one statement. An unknown sentiment takes nothing away. */
  async save(articles: readonly StoredArticle[]): Promise<number> {
    if (articles.length === 0) return 0
    const rows = articles.map(({ publishedAt, ...article }) => ({
      ...article,
      published_at: publishedAt,
    }))
    return this.run(sql`insert into news as n (ticker, id, published_at, title, url, source, sentiment)
      select distinct on (ticker, id) ticker, id, published_at, title, url, source, sentiment
      from json_to_recordset(${JSON.stringify(rows)}::json) as g(ticker text, id text,
        published_at timestamptz, title text, url text, source text, sentiment double precision)
      order by ticker, id, published_at
      on conflict (ticker, id) do update set title = excluded.title, url = excluded.url,
        source = excluded.source, sentiment = coalesce(excluded.sentiment, n.sentiment)`)
  }

  /** Newest first. */
  async byTicker(ticker: string, page: Page = {}): Promise<StoredArticle[]> {
    return this.many(sql`select ticker, id, published_at, title, url, source, sentiment from news
      where ticker = ${ticker} order by published_at desc, id ${pageOf(page)}`)
  }

  /** Of all stocks, newest first: those published at an instant or after it. */
  async latest(since: Date, limit = 20): Promise<StoredArticle[]> {
    return this.many(sql`select ticker, id, published_at, title, url, source, sentiment from news
      where published_at >= ${since.toISOString()}
      order by published_at desc, ticker, id limit ${limit}`)
  }

  async countOf(ticker: string): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*) as n from news
      where ticker = ${ticker}`.execute(this.db)
    return Number(rows[0]?.n ?? 0)
  }
}
