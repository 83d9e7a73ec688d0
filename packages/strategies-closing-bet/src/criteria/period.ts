import {
  atLeast,
  bars,
  type Criterion,
  criterion,
  formatChange,
  formatExactPercent,
} from '@ralph-stock/core'
import { barsSinceLowest, reboundFromLow } from '@ralph-stock/indicators'
import type { ClosingBetOptions } from '../options.js'

/** A quick rebound from the lowest low of the last days; a low made today has none yet. */
export function period(options: ClosingBetOptions['period']): Criterion {
  const { lowPeriod, reboundDays, minimumRebound } = options
  const needed = formatExactPercent(minimumRebound)
  return criterion({
    id: 'period',
    maxPoints: 1,
    label: { ko: '기간 조정', en: 'Rebound' },
    rule: {
      ko: `최근 ${lowPeriod}일 중 최저가일(같으면 늦은 날) 이후 ${reboundDays}일 안의 종가가 최저가일 종가보다 ${needed} 이상 상승`,
      en: `A close within ${reboundDays} bars after the lowest low of ${lowPeriod} bars (the latest of equals) at least ${needed} above the close of that low's day`,
    },
    inputs: { rebound: reboundFromLow(bars.low, bars.close, lowPeriod, reboundDays) },
    evidence: { barsSinceLow: barsSinceLowest(bars.low, lowPeriod) },
    score: ({ rebound }) => Number(atLeast(rebound, minimumRebound)),
    reason: ({ rebound, barsSinceLow }) => {
      if (barsSinceLow === 0) {
        return {
          ko: `오늘이 ${lowPeriod}일 최저가: 아직 반등 없음`,
          en: `The lowest low of ${lowPeriod} bars is today's: no rebound yet`,
        }
      }
      const rise = formatChange(rebound)
      return {
        ko: `${barsSinceLow}일 전 저점 이후 ${reboundDays}일 안에 최대 ${rise}(기준 ${needed})`,
        en: `Low ${barsSinceLow} ${barsSinceLow === 1 ? 'bar' : 'bars'} ago, at most ${rise} within ${reboundDays} bars of it (needs ${needed})`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { rebound: 'up' } },
  })
}
