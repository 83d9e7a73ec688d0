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
import { highest } from '@ralph-stock/indicators'
import type { DaytradeOptions } from '../options.js'
import { award, FULL, HALF } from '../points.js'

/** Close over the high of the bars before, or just below it. */
export function momentumBreakout(options: DaytradeOptions['momentumBreakout']): Criterion {
  const { highPeriod, halfShare } = options
  const share = formatExactPercent(halfShare)
  return criterion({
    id: 'momentum-breakout',
    maxPoints: FULL,
    label: { ko: '모멘텀 돌파', en: 'Momentum breakout' },
    rule: {
      ko: `종가가 직전 ${highPeriod}일 최고가 초과 ${FULL}점, 그 ${share} 이상 ${HALF}점`,
      en: `${FULL} for a close above the high of the ${highPeriod} bars before, ${HALF} for at least ${share} of it`,
    },
    inputs: { close: bars.close, priorHigh: highest(bars.high, highPeriod).shift(1) },
    score: ({ close, priorHigh }) =>
      award(above(close, priorHigh), atLeast(close, halfShare * priorHigh)),
    reason: ({ close, priorHigh }) => {
      const high = formatPrice(priorHigh)
      const distance = formatChange(close / priorHigh - 1)
      return {
        ko: `직전 ${highPeriod}일 최고가 ${high.ko} 대비 ${distance}`,
        en: `${distance} from the ${highPeriod}-bar high of ${high.en}`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { close: 'up', priorHigh: 'down' } },
  })
}
