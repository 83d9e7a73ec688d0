import { above, bars, type Criterion, criterion, formatPrice } from '@ralph-stock/core'
import { sma } from '@ralph-stock/indicators'
import type { TemplateOptions } from '../../options/template-options.js'

/** Close above the middle and above the long average. */
export function aboveLongAverages({ middlePeriod, longPeriod }: TemplateOptions): Criterion {
  return criterion({
    id: 'trend-template.above-long-averages',
    maxPoints: 1,
    label: { ko: '장기 이평 위', en: 'Above the long averages' },
    rule: {
      ko: `종가가 ${middlePeriod}일 평균과 ${longPeriod}일 평균 초과`,
      en: `Close above the means of ${middlePeriod} and of ${longPeriod} bars`,
    },
    inputs: {
      close: bars.close,
      middle: sma(bars.close, middlePeriod),
      long: sma(bars.close, longPeriod),
    },
    score: ({ close, middle, long }) => (above(close, middle) && above(close, long) ? 1 : 0),
    reason: ({ close, middle, long }) => {
      const [c, m, l] = [formatPrice(close), formatPrice(middle), formatPrice(long)]
      return {
        ko: `종가 ${c.ko}, ${middlePeriod}일선 ${m.ko}, ${longPeriod}일선 ${l.ko}`,
        en: `Close ${c.en}; mean of ${middlePeriod} ${m.en}, of ${longPeriod} ${l.en}`,
      }
    },
    claims: {
      priceScaleInvariant: true,
      monotone: { close: 'up', middle: 'down', long: 'down' },
    },
  })
}
