import { type Criterion, known, unknown } from './card.js'
import { atLeast } from './edges.js'
import { mean } from './statistics.js'

/** One article about a stock; `label` and `sentiment` are `null` when it could not be analysed. */
export type Article = {
  id: string
  /** Epoch ms. */
  publishedAt: number
  label: 'positive' | 'neutral' | 'negative' | null
  /** -1 to 1. */
  sentiment: number | null
}

const DAY_MS = 86_400_000

/**
 * News line of the closing bet (3 points).
 *
 * @param articles what the source has about the stock; `null` when there is no source
 * @param date asOf, YYYY-MM-DD in KST; the decision is at 15:20
 */
export function newsCriterion(articles: Article[] | null, date: string): Criterion {
  if (articles === null) return unknown(3)
  const from = Date.parse(`${date}T00:00:00+09:00`) - 7 * DAY_MS
  const to = Date.parse(`${date}T15:20:00+09:00`)
  // Both ends of the period belong to it. Of articles with one id the first delivered counts.
  const counted = new Map<string, Article>()
  for (const article of articles) {
    if (article.publishedAt < from || article.publishedAt > to) continue
    if (!counted.has(article.id)) counted.set(article.id, article)
  }
  let positive = 0
  let negative = 0
  const sentiments: number[] = []
  for (const article of counted.values()) {
    if (article.label === null || article.sentiment === null) return unknown(3)
    if (article.label === 'positive') positive += 1
    if (article.label === 'negative') negative += 1
    sentiments.push(article.sentiment)
  }
  if (negative >= positive) return known(0, 3)
  const warm = positive >= 2 && atLeast(mean(sentiments), 0.6)
  return known(Math.min(Math.min(positive, 3) + (warm ? 1 : 0), 3), 3)
}
