import { describe, expect, it } from 'vitest'
import { type Article, newsCriterion } from './news.js'

const DATE = '2026-02-10'

let serial = 0
const article = (
  label: Article['label'],
  sentiment: number | null,
  more: Partial<Article> = {},
): Article => {
  serial += 1
  const publishedAt = Date.parse('2026-02-09T12:00:00+09:00')
  return { id: `article-${serial}`, publishedAt, label, sentiment, ...more }
}

const points = (...articles: Article[]): number | null => newsCriterion(articles, DATE).points

describe('news', () => {
  it('is unknown without a source and 0 without an article', () => {
    expect(newsCriterion(null, DATE).points).toBeNull()
    expect(points()).toBe(0)
  })

  it('gives 0 when the negative are as many as the positive', () => {
    expect(points(article('positive', 0.9), article('negative', -0.1))).toBe(0)
  })

  it('counts the positive up to 3', () => {
    expect(points(article('positive', 0.9))).toBe(1) // one alone is never warm
    expect(points(article('positive', 0.5), article('positive', 0.5))).toBe(2)
    const five = Array.from({ length: 5 }, () => article('positive', 0.9))
    expect(points(...five)).toBe(3)
  })

  it('adds one at a mean of exactly 0.6 over all articles', () => {
    // 0.7 + 0.8 + 0.3 = 1.8, mean 0.6 up to rounding.
    const near = [article('positive', 0.7), article('positive', 0.8), article('neutral', 0.3)]
    expect(points(...near)).toBe(3)
    const below = [article('positive', 0.7), article('positive', 0.8), article('neutral', 0.2)]
    expect(points(...below)).toBe(2)
  })

  it('counts an article once', () => {
    const twice = article('positive', 0.5)
    expect(points(twice, { ...twice })).toBe(1)
  })

  it('reads from midnight seven days before to 15:20, both included', () => {
    const at = (time: string): Article =>
      article('positive', 0.5, { publishedAt: Date.parse(`${time}+09:00`) })
    expect(points(at('2026-02-03T00:00:00'))).toBe(1)
    expect(points(at('2026-02-02T23:59:59'))).toBe(0)
    expect(points(at('2026-02-10T15:20:00'))).toBe(1)
    expect(points(at('2026-02-10T15:20:01'))).toBe(0)
  })

  it('is unknown with an article that could not be analysed', () => {
    expect(points(article('positive', 0.9), article(null, null))).toBeNull()
    const early = Date.parse('2026-01-01T00:00:00+09:00')
    const old = article(null, null, { publishedAt: early })
    expect(points(article('positive', 0.9), old)).toBe(1)
  })
})
