import { atLeast, bars, type Criterion, criterion, formatNumber } from '@ralph-stock/core'
import { sma } from '@ralph-stock/indicators'
import type { DaytradeOptions } from '../options.js'
import { award, FULL, HALF } from '../points.js'

/** Volume of the day against the average of the bars before it. */
export function volumeSpike(options: DaytradeOptions['volumeSpike']): Criterion {
  const { averagePeriod, fullRatio, halfRatio } = options
  return criterion({
    id: 'volume-spike',
    maxPoints: FULL,
    label: { ko: '거래량 급증', en: 'Volume spike' },
    rule: {
      ko: `거래량이 직전 ${averagePeriod}일 평균의 ${fullRatio}배 이상 ${FULL}점, ${halfRatio}배 이상 ${HALF}점`,
      en: `${FULL} for a volume of at least ${fullRatio} times the average of the ${averagePeriod} bars before, ${HALF} for ${halfRatio} times`,
    },
    inputs: { volume: bars.volume, priorAverage: sma(bars.volume, averagePeriod).shift(1) },
    score: ({ volume, priorAverage }) =>
      award(atLeast(volume, fullRatio * priorAverage), atLeast(volume, halfRatio * priorAverage)),
    reason: ({ volume, priorAverage }) => {
      const shares = formatNumber(volume)
      const multiple = formatNumber(volume / priorAverage, 2)
      return {
        ko: `거래량 ${shares}주, 직전 ${averagePeriod}일 평균의 ${multiple}배`,
        en: `${shares} shares, ${multiple} times the average of the ${averagePeriod} bars before`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { volume: 'up', priorAverage: 'down' } },
  })
}
