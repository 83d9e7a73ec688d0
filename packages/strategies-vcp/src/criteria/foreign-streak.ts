import { type Criterion, criterion, flows } from '@ralph-stock/core'
import { streakAbove } from '@ralph-stock/indicators'
import type { VcpOptions } from '../options/vcp-options.js'
import { sessionsApart } from './net-buying-share.js'

const MAX = 15
const PER_BAR = 3

/** Latest bars in a row that foreigners bought on. */
export function foreignStreak(options: VcpOptions['smartMoney']): Criterion {
  const { bars, netAboveKrw } = options
  return criterion({
    id: 'smart-money.foreign-streak',
    maxPoints: MAX,
    label: { ko: '외국인 연속 순매수', en: 'Foreign streak' },
    rule: {
      ko: `최근 ${bars}일 중 오늘까지 이어진 외국인 순매수 하루당 ${PER_BAR}점, 최대 ${MAX}점`,
      en: `${PER_BAR} for each of the latest ${bars} bars in a row, up to the day, with foreign net buying; at most ${MAX}`,
    },
    inputs: {
      streak: streakAbove(flows.foreign, netAboveKrw, bars),
      sessionsApart: sessionsApart(options),
    },
    score: ({ streak }) => Math.min(PER_BAR * streak, MAX),
    reason: ({ streak }) => ({
      ko: `외국인 ${streak}일 연속 순매수(최근 ${bars}일)`,
      en: `Foreigners bought on the latest ${streak} of ${bars} bars in a row`,
    }),
    claims: { priceScaleInvariant: true, monotone: { streak: 'up' } },
  })
}
