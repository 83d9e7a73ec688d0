import {
  atLeast,
  bars,
  below,
  type Criterion,
  criterion,
  formatMoney,
  formatNumber,
  stepsAtLeast,
} from '@ralph-stock/core'
import { sma } from '@ralph-stock/indicators'
import type { ClosingBetOptions } from '../options.js'

const MAX = 3

/** Traded value of the day, with a point more where it surges over the average of the bars before. */
export function volume(options: ClosingBetOptions['volume']): Criterion {
  const { threePointsKrw, twoPointsKrw, onePointKrw, minimumKrw, surgeRatio, averagePeriod } =
    options
  const sizePoints = stepsAtLeast([
    { bound: threePointsKrw, points: 3 },
    { bound: twoPointsKrw, points: 2 },
    { bound: onePointKrw, points: 1 },
  ])
  const [three, two, one, least] = [
    formatMoney(threePointsKrw, 6),
    formatMoney(twoPointsKrw, 6),
    formatMoney(onePointKrw, 6),
    formatMoney(minimumKrw, 6),
  ] as const
  return criterion({
    id: 'volume',
    maxPoints: MAX,
    label: { ko: '거래대금', en: 'Traded value' },
    rule: {
      ko: `거래대금 ${three.ko} 이상 3점, ${two.ko} 이상 2점, ${one.ko} 이상 1점. 직전 ${averagePeriod}일 평균의 ${surgeRatio}배 이상이면 1점 추가(최대 3점), ${least.ko} 미만이면 0점`,
      en: `3 for a traded value of at least ${three.en}, 2 for ${two.en}, 1 for ${one.en}. One more (at most 3) at ${surgeRatio} times the average of the ${averagePeriod} bars before; 0 below ${least.en}`,
    },
    inputs: {
      tradedValue: bars.tradedValue,
      priorAverage: sma(bars.tradedValue, averagePeriod).shift(1),
    },
    score: ({ tradedValue, priorAverage }) => {
      // Everything is asked, so that nothing branches on the data.
      const enough = 1 - Number(below(tradedValue, minimumKrw))
      const size = sizePoints(tradedValue)
      const surge = Number(atLeast(tradedValue, surgeRatio * priorAverage)) & Number(size < MAX)
      return enough * (size + surge)
    },
    reason: ({ tradedValue, priorAverage }) => {
      const value = formatMoney(tradedValue)
      const multiple = formatNumber(tradedValue / priorAverage, 2)
      return {
        ko: `거래대금 ${value.ko}, 직전 ${averagePeriod}일 평균의 ${multiple}배`,
        en: `Traded value ${value.en}, ${multiple} times the average of the ${averagePeriod} bars before`,
      }
    },
    claims: { monotone: { tradedValue: 'up', priorAverage: 'down' } },
  })
}
