import {
  above,
  atLeast,
  type Criterion,
  criterion,
  formatChange,
  formatExactPercent,
  index,
  type Text,
} from '@ralph-stock/core'
import { change } from '@ralph-stock/indicators'
import type { MarketGateOptions } from '../options.js'

const MAX = 40

/** Change of an index on the day; unknown without its close of the day or of the session before. */
export function indexChange(
  id: string,
  name: string,
  label: Text,
  options: MarketGateOptions['index'],
): Criterion {
  const { strongRise, mildFall } = options
  const [rise, fall] = [formatExactPercent(strongRise), formatExactPercent(mildFall)]
  return criterion({
    id,
    maxPoints: MAX,
    label,
    rule: {
      ko: `${label.ko} 당일 등락률 +${rise} 초과 40점, 상승 30점, 보합 20점, -${fall} 이상 10점, 그 아래 0점`,
      en: `${label.en} change on the day: 40 above +${rise}, 30 above 0, 20 at 0, 10 down to -${fall}, else 0`,
    },
    inputs: { change: change(index(name).close, 1) },
    score: ({ change: moved }) => {
      if (above(moved, strongRise)) return MAX
      if (above(moved, 0)) return 30
      if (atLeast(moved, 0)) return 20
      return atLeast(moved, -mildFall) ? 10 : 0
    },
    reason: ({ change: moved }) => ({
      ko: `${label.ko} ${formatChange(moved)}`,
      en: `${label.en} ${formatChange(moved)} on the day`,
    }),
    claims: { priceScaleInvariant: true, monotone: { change: 'up' } },
  })
}
