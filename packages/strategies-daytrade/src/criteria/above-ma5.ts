import {
  above,
  atLeast,
  bars,
  type Criterion,
  criterion,
  formatChange,
  formatExactPercent,
  formatPrice,
} from '@ralph-stock/core'
import { sma } from '@ralph-stock/indicators'
import type { DaytradeOptions } from '../options.js'
import { award, FULL, HALF } from '../points.js'

/** Close over its short average, the day's own close included, or just below it. */
export function aboveMa5(options: DaytradeOptions['aboveMa5']): Criterion {
  const { averagePeriod, halfShare } = options
  const share = formatExactPercent(halfShare)
  return criterion({
    id: 'above-ma5',
    maxPoints: FULL,
    label: { ko: `${averagePeriod}일선 위`, en: `Above the ${averagePeriod}-bar average` },
    rule: {
      ko: `종가가 ${averagePeriod}일 평균(당일 포함) 초과 ${FULL}점, 그 ${share} 이상 ${HALF}점`,
      en: `${FULL} for a close above the average of ${averagePeriod} bars, the day included, ${HALF} for at least ${share} of it`,
    },
    inputs: { close: bars.close, average: sma(bars.close, averagePeriod) },
    score: ({ close, average }) =>
      award(above(close, average), atLeast(close, halfShare * average)),
    reason: ({ close, average }) => {
      const mean = formatPrice(average)
      const distance = formatChange(close / average - 1)
      return {
        ko: `${averagePeriod}일선 ${mean.ko} 대비 ${distance}`,
        en: `${distance} from the ${averagePeriod}-bar average of ${mean.en}`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { close: 'up', average: 'down' } },
  })
}
