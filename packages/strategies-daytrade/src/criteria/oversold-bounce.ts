import {
  above,
  atLeast,
  atMost,
  bars,
  below,
  type Criterion,
  criterion,
  formatChange,
  formatExactPercent,
} from '@ralph-stock/core'
import { change } from '@ralph-stock/indicators'
import type { DaytradeOptions } from '../options.js'
import { award, FULL, HALF } from '../points.js'

/** A rise on the day after a fall. */
export function oversoldBounce(options: DaytradeOptions['oversoldBounce']): Criterion {
  const { fullFall, fullRise, halfFall, halfRise } = options
  const [fall, rise] = [formatExactPercent(fullFall), formatExactPercent(fullRise)]
  const [lessFall, lessRise] = [formatExactPercent(halfFall), formatExactPercent(halfRise)]
  return criterion({
    id: 'oversold-bounce',
    maxPoints: FULL,
    label: { ko: '낙폭 과대 반등', en: 'Oversold bounce' },
    rule: {
      ko: `전일 ${fall} 이상 하락 후 당일 ${rise} 이상 상승 ${FULL}점, 전일 ${lessFall} 초과 하락 후 당일 ${lessRise} 초과 상승 ${HALF}점`,
      en: `${FULL} for a fall of at least ${fall} on the bar before and a rise of at least ${rise} on the day, ${HALF} for a fall of more than ${lessFall} and a rise of more than ${lessRise}`,
    },
    inputs: { priorChange: change(bars.close, 1).shift(1), dayChange: change(bars.close, 1) },
    score: ({ priorChange, dayChange }) =>
      award(
        Number(atMost(priorChange, -fullFall)) & Number(atLeast(dayChange, fullRise)),
        Number(below(priorChange, -halfFall)) & Number(above(dayChange, halfRise)),
      ),
    reason: ({ priorChange, dayChange }) => {
      const [before, now] = [formatChange(priorChange), formatChange(dayChange)]
      return {
        ko: `전일 ${before}, 당일 ${now}`,
        en: `${before} on the bar before, ${now} on the day`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { priorChange: 'down', dayChange: 'up' } },
  })
}
