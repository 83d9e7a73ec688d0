import {
  atMost,
  bars,
  type Criterion,
  countWithin,
  criterion,
  formatChange,
  formatExactPercent,
  formatPercent,
  rankWithin,
} from '@ralph-stock/core'
import { change } from '@ralph-stock/indicators'
import type { DaytradeOptions } from '../options.js'
import { award, FULL, HALF } from '../points.js'

/**
 * Rank of the stock's change within its sector, KOSPI and KOSDAQ together. Unknown for a blank sector,
 * for one with too few members, and where a stock is scored alone.
 */
export function sectorMomentum(options: DaytradeOptions['sectorMomentum']): Criterion {
  const { changeBars, fullShare, halfShare, minimumMembers } = options
  const [full, half] = [formatExactPercent(fullShare), formatExactPercent(halfShare)]
  const ranked = change(bars.close, changeBars)
  return criterion({
    id: 'sector-momentum',
    maxPoints: FULL,
    label: { ko: '업종 내 강세', en: 'Sector momentum' },
    rule: {
      ko: `${changeBars}일 등락률의 업종 내 순위가 상위 ${full} 이내 ${FULL}점, ${half} 이내 ${HALF}점. 업종 종목 수 ${minimumMembers}개 이상`,
      en: `${FULL} for a rank within the first ${full} of the sector by the change over ${changeBars} bars, ${HALF} within ${half}; ${minimumMembers} members or more`,
    },
    inputs: {
      rank: rankWithin('sector', ranked, { minimumMembers }),
      members: countWithin('sector', ranked, { minimumMembers }),
    },
    evidence: { change: ranked },
    score: ({ rank, members }) =>
      award(atMost(rank / members, fullShare), atMost(rank / members, halfShare)),
    reason: ({ rank, members, change: own }) => {
      const moved = formatChange(own)
      const top = formatPercent(rank / members, 0)
      return {
        ko: `${changeBars}일 등락률 ${moved}, 업종 ${members}종목 중 ${rank}위(상위 ${top})`,
        en: `${moved} over ${changeBars} bars, rank ${rank} of ${members} in the sector (top ${top})`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { rank: 'down', members: 'up' } },
  })
}
