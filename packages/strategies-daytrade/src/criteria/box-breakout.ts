import {
  above,
  atLeast,
  atMost,
  bars,
  type Criterion,
  criterion,
  formatExactPercent,
  formatPercent,
  formatPrice,
} from '@ralph-stock/core'
import { highest, lowest } from '@ralph-stock/indicators'
import type { DaytradeOptions } from '../options.js'
import { award, FULL, HALF } from '../points.js'

/** Close out of a low box, or in its upper part however high the box is. */
export function boxBreakout(options: DaytradeOptions['boxBreakout']): Criterion {
  const { boxPeriod, maximumHeight, halfLevel } = options
  const height = formatExactPercent(maximumHeight)
  const level = formatExactPercent(halfLevel)
  return criterion({
    id: 'box-breakout',
    maxPoints: FULL,
    label: { ko: '박스권 돌파', en: 'Box breakout' },
    rule: {
      ko: `직전 ${boxPeriod}일 박스(최저가~최고가)의 높이가 ${height} 이하이고 종가가 상단 초과 ${FULL}점, 종가가 박스의 ${level} 지점 이상 ${HALF}점`,
      en: `${FULL} for a close above the box of the ${boxPeriod} bars before (lowest low to highest high) whose height is at most ${height} of its floor, ${HALF} for a close at least ${level} up the box, however high it is`,
    },
    inputs: {
      close: bars.close,
      ceiling: highest(bars.high, boxPeriod).shift(1),
      floor: lowest(bars.low, boxPeriod).shift(1),
    },
    score: ({ close, ceiling, floor }) =>
      award(
        Number(above(close, ceiling)) & Number(atMost((ceiling - floor) / floor, maximumHeight)),
        atLeast(close, floor + halfLevel * (ceiling - floor)),
      ),
    reason: ({ close, ceiling, floor }) => {
      const [low, high] = [formatPrice(floor), formatPrice(ceiling)]
      const tall = formatPercent((ceiling - floor) / floor, 1)
      const now = formatPrice(close)
      return {
        ko: `박스 ${low.ko}~${high.ko}(높이 ${tall}, 기준 ${height}), 종가 ${now.ko}`,
        en: `Box from ${low.en} to ${high.en} (height ${tall}, at most ${height}), close ${now.en}`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { close: 'up', ceiling: 'down' } },
  })
}
