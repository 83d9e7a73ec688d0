import {
  above,
  news as articles,
  atLeast,
  type Criterion,
  criterion,
  formatNumber,
} from '@ralph-stock/core'
import type { ClosingBetOptions } from '../options.js'

const MAX = 3

/**
 * Positive articles of the last seven days, up to three points. More bad news than good, or as much,
 * gives none. Articles after the decision time of the day are not read; each counts once.
 */
export function news(options: ClosingBetOptions['news']): Criterion {
  const { bonusFrom, bonusSentiment } = options
  return criterion({
    id: 'news',
    maxPoints: MAX,
    label: { ko: '뉴스', en: 'News' },
    rule: {
      ko: `7일 전 0시부터 당일 15:20까지의 기사: 긍정이 부정보다 많으면 긍정 기사 수(최대 3점), 긍정 ${bonusFrom}건 이상이고 평균 감성 ${bonusSentiment} 이상이면 1점 추가. 소스가 없으면 알 수 없음, 기사가 없으면 0점`,
      en: `Articles from 00:00 seven days before to 15:20 of the day: where positive outnumber negative, one point each (at most 3), one more for ${bonusFrom} or more positive with a mean sentiment of at least ${bonusSentiment}. No source is unknown; no article is 0`,
    },
    inputs: {
      positive: articles.positive,
      negative: articles.negative,
      meanSentiment: articles.meanSentiment,
    },
    score: ({ positive, negative, meanSentiment }) => {
      if (!above(positive, negative)) return 0
      const bonus = positive >= bonusFrom && atLeast(meanSentiment, bonusSentiment) ? 1 : 0
      return Math.min(Math.min(positive, MAX) + bonus, MAX)
    },
    reason: ({ positive, negative, meanSentiment }) => {
      const mean = formatNumber(meanSentiment, 2)
      return {
        ko: `긍정 ${positive}건, 부정 ${negative}건, 평균 감성 ${mean}`,
        en: `${positive} positive and ${negative} negative articles, mean sentiment ${mean}`,
      }
    },
    claims: {
      priceScaleInvariant: true,
      monotone: { positive: 'up', negative: 'down', meanSentiment: 'up' },
    },
  })
}
