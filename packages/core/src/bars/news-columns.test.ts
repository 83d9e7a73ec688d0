import { describe, expect, it } from 'vitest'
import { epochMsOfKst, tradeDate } from '../krx/index.js'
import { madeSeries } from '../testing-market.js'
import type { Article } from './bar.js'

let serial = 0
function article(date: string, time: string, sentiment: number | null, id?: string): Article {
  serial++
  const publishedAt = epochMsOfKst(tradeDate(date), time)
  return { id: id ?? `article-${serial}`, publishedAt, sentiment }
}

/** Positive, negative and mean of the last bar, 2026-02-10. */
function last(...articles: Article[]): Array<number | undefined> {
  const { columns } = madeSeries([1, 2, 3], { articles })
  return ['positive', 'negative', 'meanSentiment'].map((name) => columns[`news.${name}`]?.at(-1))
}

describe('news columns', () => {
  it('are absent without a source, and 0 where nothing was written', () => {
    expect(madeSeries([1]).columns['news.positive']).toBeUndefined()
    expect(last()).toEqual([0, 0, 0])
  })

  it('count from 00:00 seven days before to 15:20 of the day, both included', () => {
    const inside = [article('2026-02-03', '00:00', 1), article('2026-02-10', '15:20', -1)]
    const outside = [article('2026-02-02', '23:59:59', 1), article('2026-02-10', '15:20:01', 1)]
    expect(last(...inside, ...outside)).toEqual([1, 1, 0])
  })

  it('count neutral articles in the mean alone', () => {
    expect(last(article('2026-02-09', '09:00', 0), article('2026-02-09', '10:00', 0.5))).toEqual([
      1, 0, 0.25,
    ])
  })

  it('are missing while an article of the window was not analysed', () => {
    expect(last(article('2026-02-09', '09:00', null), article('2026-02-09', '10:00', 1))).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
    expect(last(article('2026-01-09', '09:00', null))).toEqual([0, 0, 0])
  })

  it('count copies once, the earliest of the window', () => {
    const later = article('2026-02-10', '09:00', -1, 'same')
    expect(last(later, article('2026-02-09', '09:00', 1, 'same'))).toEqual([1, 0, 1])
  })

  it('count a copy whose first appearance was before the window', () => {
    const old = article('2026-02-01', '09:00', 1, 'same')
    expect(last(old, article('2026-02-10', '09:00', 1, 'same'))).toEqual([1, 0, 1])
  })

  it('have windows that move with the bars', () => {
    const { columns } = madeSeries([1, 2, 3, 4, 5, 6, 7, 8, 9], {
      articles: [article('2026-01-29', '16:00', 1)],
    })
    expect([...(columns['news.positive'] as Float64Array)]).toEqual([0, 1, 1, 1, 1, 1, 0, 0, 0])
  })
})
