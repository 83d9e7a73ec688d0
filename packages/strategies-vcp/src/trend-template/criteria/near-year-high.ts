import {
  atLeast,
  bars,
  type Criterion,
  criterion,
  formatExactPercent,
  formatPercent,
  formatPrice,
} from '@ralph-stock/core'
import { highest } from '@ralph-stock/indicators'
import type { TemplateOptions } from '../../options/template-options.js'

/** Close near the high of a year. */
export function nearYearHigh({ yearPeriod, nearHighShare }: TemplateOptions): Criterion {
  const share = formatExactPercent(nearHighShare)
  return criterion({
    id: 'trend-template.near-year-high',
    maxPoints: 1,
    label: { ko: '52주 고가 근접', en: 'Near the high of the year' },
    rule: {
      ko: `종가가 ${yearPeriod}일 최고가(당일 포함)의 ${share} 이상`,
      en: `Close at least ${share} of the highest high of ${yearPeriod} bars, the day included`,
    },
    inputs: { close: bars.close, yearHigh: highest(bars.high, yearPeriod) },
    score: ({ close, yearHigh }) => (atLeast(close, nearHighShare * yearHigh) ? 1 : 0),
    reason: ({ close, yearHigh }) => {
      const high = formatPrice(yearHigh)
      const reached = formatPercent(close / yearHigh, 1)
      return {
        ko: `${yearPeriod}일 최고가 ${high.ko}의 ${reached}(기준 ${share})`,
        en: `${reached} of the ${yearPeriod}-bar high of ${high.en} (needs ${share})`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { close: 'up', yearHigh: 'down' } },
  })
}
