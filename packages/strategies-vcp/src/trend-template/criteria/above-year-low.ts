import {
  atLeast,
  bars,
  type Criterion,
  criterion,
  formatChange,
  formatPrice,
} from '@ralph-stock/core'
import { lowest } from '@ralph-stock/indicators'
import type { TemplateOptions } from '../../options/template-options.js'

/** Close well above the low of a year. */
export function aboveYearLow({ yearPeriod, aboveLowRatio }: TemplateOptions): Criterion {
  return criterion({
    id: 'trend-template.above-year-low',
    maxPoints: 1,
    label: { ko: '52주 저가 대비 상승', en: 'Above the low of the year' },
    rule: {
      ko: `종가가 ${yearPeriod}일 최저가(당일 포함)의 ${aboveLowRatio}배 이상`,
      en: `Close at least ${aboveLowRatio} times the lowest low of ${yearPeriod} bars, the day included`,
    },
    inputs: { close: bars.close, yearLow: lowest(bars.low, yearPeriod) },
    score: ({ close, yearLow }) => (atLeast(close, aboveLowRatio * yearLow) ? 1 : 0),
    reason: ({ close, yearLow }) => {
      const low = formatPrice(yearLow)
      const distance = formatChange(close / yearLow - 1, 1)
      return {
        ko: `${yearPeriod}일 최저가 ${low.ko} 대비 ${distance}`,
        en: `${distance} from the ${yearPeriod}-bar low of ${low.en}`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { close: 'up', yearLow: 'down' } },
  })
}
