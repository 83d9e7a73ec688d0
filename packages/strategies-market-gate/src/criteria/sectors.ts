import {
  above,
  acrossSectors,
  bars,
  below,
  type Criterion,
  criterion,
  formatExactPercent,
  sessions,
} from '@ralph-stock/core'
import { change, withinSessions } from '@ralph-stock/indicators'
import type { MarketGateOptions } from '../options.js'

const MAX = 20

/**
 * Balance of rising over falling sectors. A sector's change is the mean of its eligible members' on the
 * day; one whose previous bar is not of the session before is left out.
 */
export function sectors(options: MarketGateOptions['sectors']): Criterion {
  const { rise, fall, minimumMembers, sensitivity } = options
  const [up, down] = [formatExactPercent(rise), formatExactPercent(fall)]
  const onTheDay = withinSessions(change(bars.close, 1), sessions.ordinal, 2, 2)
  const count = (name: string, counts: (mean: number) => boolean) =>
    acrossSectors(name, onTheDay, (means) => countOf(means, counts), { minimumMembers })
  return criterion({
    id: 'sectors',
    maxPoints: MAX,
    fractional: true,
    label: { ko: '업종', en: 'Sectors' },
    rule: {
      ko: `종목 ${minimumMembers}개 이상인 업종 k개 중 평균 등락률 +${up} 초과 b개, -${down} 미만 d개: 10 + 10 × (${sensitivity} × (b - d) / k를 -1과 1 사이로 자른 값)`,
      en: `Of k sectors with ${minimumMembers} members or more, b with a mean change above +${up} and d below -${down}: 10 + 10 times ${sensitivity} (b - d) / k, cut to -1 .. 1`,
    },
    inputs: {
      rising: count(`sectorsAbove ${rise}`, (mean) => above(mean, rise)),
      falling: count(`sectorsBelow ${-fall}`, (mean) => below(mean, -fall)),
      sectors: count('sectors', () => true),
    },
    score: ({ rising, falling, sectors: all }) => {
      const balance = (sensitivity * (rising - falling)) / (all === 0 ? 1 : all)
      return MAX / 2 + (MAX / 2) * Math.max(-1, Math.min(1, balance))
    },
    reason: ({ rising, falling, sectors: all }) => ({
      ko: `업종 ${all}개 중 +${up} 초과 ${rising}개, -${down} 미만 ${falling}개`,
      en: `Of ${all} sectors ${rising} above +${up} and ${falling} below -${down}`,
    }),
    claims: { priceScaleInvariant: true, monotone: { rising: 'up', falling: 'down' } },
  })
}

// Without a sector to judge the market by, nothing is known.
function countOf(means: Float64Array, counts: (mean: number) => boolean): number {
  if (means.length === 0) return Number.NaN
  let count = 0
  for (const mean of means) if (counts(mean)) count++
  return count
}
