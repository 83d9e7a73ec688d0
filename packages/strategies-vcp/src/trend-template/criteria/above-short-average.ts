import {
  above,
  bars,
  type Criterion,
  criterion,
  formatChange,
  formatPrice,
} from '@ralph-stock/core'
import { sma } from '@ralph-stock/indicators'
import type { TemplateOptions } from '../../options/template-options.js'

/** Close above the short average. */
export function aboveShortAverage({ shortPeriod }: TemplateOptions): Criterion {
  return criterion({
    id: 'trend-template.above-short-average',
    maxPoints: 1,
    label: { ko: '단기 이평 위', en: 'Above the short average' },
    rule: {
      ko: `종가가 ${shortPeriod}일 평균 초과`,
      en: `Close above the mean of ${shortPeriod} bars`,
    },
    inputs: { close: bars.close, average: sma(bars.close, shortPeriod) },
    score: ({ close, average }) => (above(close, average) ? 1 : 0),
    reason: ({ close, average }) => {
      const mean = formatPrice(average)
      const distance = formatChange(close / average - 1)
      return {
        ko: `${shortPeriod}일선 ${mean.ko} 대비 ${distance}`,
        en: `${distance} from the mean of ${shortPeriod} bars, ${mean.en}`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { close: 'up', average: 'down' } },
  })
}
