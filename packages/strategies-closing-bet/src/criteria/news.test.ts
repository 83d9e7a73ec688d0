import { type Article, createSeries, score } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { closingBetOptions } from '../options.js'
import { closingBet } from '../strategy.js'
import { news } from './news.js'

const points = (positive: number, negative: number, meanSentiment: number): number =>
  news(closingBetOptions.parse({}).news).score({ positive, negative, meanSentiment })

describe('news', () => {
  it('gives a point for each positive article, at most three', () => {
    expect(points(1, 0, 0.1)).toBe(1)
    expect(points(2, 1, 0.1)).toBe(2)
    expect(points(3, 0, 0.1)).toBe(3)
    expect(points(9, 8, 0.1)).toBe(3)
  })

  it('gives nothing when negative articles are as many or more', () => {
    expect(points(0, 0, 0)).toBe(0)
    expect(points(2, 2, 0.9)).toBe(0)
    expect(points(2, 3, 0.9)).toBe(0)
  })

  it('gives one more for two positive articles and a warm mean, the edge included', () => {
    expect(points(2, 0, 0.6)).toBe(3)
    expect(points(2, 0, 0.6 - 1e-12)).toBe(3)
    expect(points(2, 0, 0.59)).toBe(2)
    expect(points(1, 0, 0.9)).toBe(1)
    expect(points(3, 0, 0.9)).toBe(3)
  })

  it('follows its options', () => {
    const strict = news({ bonusFrom: 3, bonusSentiment: 0.8 })
    expect(strict.score({ positive: 2, negative: 0, meanSentiment: 0.9 })).toBe(2)
    const warm = news({ bonusFrom: 1, bonusSentiment: 0 })
    expect(warm.score({ positive: 1, negative: 0, meanSentiment: 0 })).toBe(2)
  })

  const bar = { date: '2026-02-10', open: 1, high: 1, low: 1, close: 1, volume: 1 }
  const line = (articles?: readonly Article[]) => {
    const from = articles === undefined ? {} : { articles }
    const series = createSeries({ ticker: '005930', bars: [bar], ...from })
    return score(closingBet(), series).criteria[0]
  }
  const article = (id: string, at: string, sentiment: number | null): Article => {
    return { id, publishedAt: Date.parse(`${at}+09:00`), sentiment }
  }

  it('is unknown without a source, and 0 for a source without an article', () => {
    expect(line()).toMatchObject({ id: 'news', outcome: 'unknown', points: null })
    expect(line()?.reason.en).toBe('Unknown: no analysed news')
    expect(line([])).toMatchObject({ outcome: 'fail', points: 0 })
  })

  it('is unknown while an article of the window could not be analysed', () => {
    const good = article('a', '2026-02-09T09:00', 1)
    expect(line([good, article('b', '2026-02-10T09:00', null)])?.points).toBeNull()
    expect(line([good, article('b', '2026-02-10T15:21', null)])?.points).toBe(1)
  })

  it('reads from 00:00 seven days before to 15:20, each article once', () => {
    expect(line([article('a', '2026-02-03T00:00', 1)])?.points).toBe(1)
    expect(line([article('a', '2026-02-02T23:59', 1)])?.points).toBe(0)
    expect(line([article('a', '2026-02-10T15:20', 1)])?.points).toBe(1)
    const copies = [article('a', '2026-02-09T09:00', 1), article('a', '2026-02-10T09:00', 1)]
    expect(line(copies)).toMatchObject({ points: 1, evidence: { positive: 1, meanSentiment: 1 } })
  })

  it('says what it counted', () => {
    expect(line([article('a', '2026-02-09T09:00', 0.7)])?.reason).toEqual({
      ko: '긍정 1건, 부정 0건, 평균 감성 0.70',
      en: '1 positive and 0 negative articles, mean sentiment 0.70',
    })
  })
})
