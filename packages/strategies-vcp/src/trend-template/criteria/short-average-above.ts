import { above, bars, type Criterion, criterion, formatPrice } from '@ralph-stock/core'
import { sma } from '@ralph-stock/indicators'
import type { TemplateOptions } from '../../options/template-options.js'

/** Short average above the middle and above the long one. */
export function shortAverageAbove(options: TemplateOptions): Criterion {
  const { shortPeriod, middlePeriod, longPeriod } = options
  return criterion({
    id: 'trend-template.short-average-above',
    maxPoints: 1,
    label: { ko: '단기 이평이 장기 이평 위', en: 'Short average above the long ones' },
    rule: {
      ko: `${shortPeriod}일 평균이 ${middlePeriod}일 평균과 ${longPeriod}일 평균 초과`,
      en: `Mean of ${shortPeriod} bars above those of ${middlePeriod} and of ${longPeriod}`,
    },
    inputs: {
      short: sma(bars.close, shortPeriod),
      middle: sma(bars.close, middlePeriod),
      long: sma(bars.close, longPeriod),
    },
    score: ({ short, middle, long }) => (above(short, middle) && above(short, long) ? 1 : 0),
    reason: ({ short, middle, long }) => {
      const [s, m, l] = [formatPrice(short), formatPrice(middle), formatPrice(long)]
      return {
        ko: `${shortPeriod}일선 ${s.ko}, ${middlePeriod}일선 ${m.ko}, ${longPeriod}일선 ${l.ko}`,
        en: `Mean of ${shortPeriod} bars ${s.en}, of ${middlePeriod} ${m.en}, of ${longPeriod} ${l.en}`,
      }
    },
    claims: {
      priceScaleInvariant: true,
      monotone: { short: 'up', middle: 'down', long: 'down' },
    },
  })
}
