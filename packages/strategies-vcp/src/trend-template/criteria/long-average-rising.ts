import { above, bars, type Criterion, criterion, formatChange } from '@ralph-stock/core'
import { sma } from '@ralph-stock/indicators'
import type { TemplateOptions } from '../../options/template-options.js'

/** Long average above itself a month ago. */
export function longAverageRising({ longPeriod, risingBars }: TemplateOptions): Criterion {
  const average = sma(bars.close, longPeriod)
  return criterion({
    id: 'trend-template.long-average-rising',
    maxPoints: 1,
    label: { ko: '장기 이평 상승', en: 'Long average rising' },
    rule: {
      ko: `${longPeriod}일 평균이 ${risingBars}일 전보다 높음`,
      en: `Mean of ${longPeriod} bars above itself ${risingBars} bars ago`,
    },
    inputs: { now: average, before: average.shift(risingBars) },
    score: ({ now, before }) => (above(now, before) ? 1 : 0),
    reason: ({ now, before }) => {
      const moved = formatChange(now / before - 1)
      return {
        ko: `${longPeriod}일선이 ${risingBars}일 전보다 ${moved}`,
        en: `Mean of ${longPeriod} bars ${moved} over ${risingBars} bars`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { now: 'up', before: 'down' } },
  })
}
