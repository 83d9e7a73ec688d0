import { type Criterion, criterion, flows } from '@ralph-stock/core'
import { countAbove } from '@ralph-stock/indicators'
import type { VcpOptions } from '../options/vcp-options.js'
import { sessionsApart } from './net-buying-share.js'

const MAX = 15
const PER_BAR = 3

/** Bars on which foreigners and institutions both bought. */
export function dualBuying(options: VcpOptions['smartMoney']): Criterion {
  const { bars, netAboveKrw } = options
  return criterion({
    id: 'smart-money.dual-buying',
    maxPoints: MAX,
    label: { ko: '외국인·기관 동반 순매수', en: 'Dual buying' },
    rule: {
      ko: `최근 ${bars}일 중 외국인과 기관이 함께 순매수한 하루당 ${PER_BAR}점, 최대 ${MAX}점`,
      en: `${PER_BAR} for each of the latest ${bars} bars with net buying of both foreigners and institutions; at most ${MAX}`,
    },
    inputs: {
      count: countAbove([flows.foreign, flows.institution], netAboveKrw, bars),
      sessionsApart: sessionsApart(options),
    },
    score: ({ count }) => Math.min(PER_BAR * count, MAX),
    reason: ({ count }) => ({
      ko: `최근 ${bars}일 중 ${count}일 동반 순매수`,
      en: `Both bought on ${count} of the latest ${bars} bars`,
    }),
    claims: { priceScaleInvariant: true, monotone: { count: 'up' } },
  })
}
