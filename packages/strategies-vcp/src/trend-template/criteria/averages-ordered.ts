import { above, bars, type Criterion, criterion, formatPrice } from '@ralph-stock/core'
import { sma } from '@ralph-stock/indicators'
import type { TemplateOptions } from '../../options/template-options.js'

/** Middle average above the long one. */
export function averagesOrdered({ middlePeriod, longPeriod }: TemplateOptions): Criterion {
  return criterion({
    id: 'trend-template.averages-ordered',
    maxPoints: 1,
    label: { ko: '이평 정배열', en: 'Averages in order' },
    rule: {
      ko: `${middlePeriod}일 평균이 ${longPeriod}일 평균 초과`,
      en: `Mean of ${middlePeriod} bars above that of ${longPeriod}`,
    },
    inputs: { middle: sma(bars.close, middlePeriod), long: sma(bars.close, longPeriod) },
    score: ({ middle, long }) => (above(middle, long) ? 1 : 0),
    reason: ({ middle, long }) => {
      const [m, l] = [formatPrice(middle), formatPrice(long)]
      return {
        ko: `${middlePeriod}일선 ${m.ko}, ${longPeriod}일선 ${l.ko}`,
        en: `Mean of ${middlePeriod} bars ${m.en}, of ${longPeriod} ${l.en}`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { middle: 'up', long: 'down' } },
  })
}
