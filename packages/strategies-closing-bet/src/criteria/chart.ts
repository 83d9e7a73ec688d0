import {
  atLeast,
  bars,
  type Criterion,
  criterion,
  formatExactPercent,
  formatNumber,
  formatPercent,
} from '@ralph-stock/core'
import { highest, vcpScore } from '@ralph-stock/indicators'
import type { ClosingBetOptions } from '../options.js'

/** A base before the day's move, and a close near the high of a year: one point each. */
export function chart(options: ClosingBetOptions['chart']): Criterion {
  const { minimumPriorVcp, vcpThresholds, nearHighShare, highPeriod, highMinimumBars } = options
  const share = formatExactPercent(nearHighShare)
  return criterion({
    id: 'chart',
    maxPoints: 2,
    label: { ko: '차트', en: 'Chart' },
    rule: {
      ko: `전일 VCP 점수 ${minimumPriorVcp} 이상 1점, 종가가 ${highPeriod}일 최고가(당일 포함, 최소 ${highMinimumBars}일)의 ${share} 이상 1점`,
      en: `1 for a VCP score of at least ${minimumPriorVcp} on the bar before, 1 for a close of at least ${share} of the ${highPeriod}-bar high (the day included, ${highMinimumBars} bars or more)`,
    },
    inputs: {
      close: bars.close,
      yearHigh: highest(bars.high, highPeriod, { atLeast: highMinimumBars }),
      priorVcp: vcpScore(vcpThresholds).shift(1),
    },
    score: ({ close, yearHigh, priorVcp }) =>
      Number(atLeast(priorVcp, minimumPriorVcp)) + Number(atLeast(close, nearHighShare * yearHigh)),
    reason: ({ close, yearHigh, priorVcp }) => {
      const vcp = formatNumber(priorVcp)
      const reached = formatPercent(close / yearHigh, 1)
      return {
        ko: `전일 VCP ${vcp}점(기준 ${minimumPriorVcp}), 종가는 최고가의 ${reached}(기준 ${share})`,
        en: `VCP ${vcp} the day before (needs ${minimumPriorVcp}), close at ${reached} of the high (needs ${share})`,
      }
    },
    claims: {
      priceScaleInvariant: true,
      monotone: { close: 'up', yearHigh: 'down', priorVcp: 'up' },
    },
  })
}
