import { type Criterion, criterion, formatNumber } from '@ralph-stock/core'
import { vcpMeasures, vcpPoints } from '@ralph-stock/indicators'
import { VCP_POINTS } from '../options/thresholds.js'
import type { VcpOptions } from '../options/vcp-options.js'
import { belowStepsInWords } from '../steps-in-words.js'

/** Volume of the latest bars against that of the bars before: sellers run out. */
export function volumeDryUp({
  thresholds,
  windows,
}: Pick<VcpOptions, 'thresholds' | 'windows'>): Criterion {
  const { recentVolume, priorVolume } = windows
  const steps = belowStepsInWords(thresholds.volumeDryUp)
  const points = vcpPoints(thresholds).volumeDryUp
  return criterion({
    id: 'vcp.volume-dry-up',
    maxPoints: VCP_POINTS.volumeDryUp,
    label: { ko: '거래량 감소', en: 'Volume dry-up' },
    rule: {
      ko: `최근 ${recentVolume}일 평균 거래량을 그 전 ${priorVolume}일 평균으로 나눈 값: ${steps.ko}`,
      en: `Mean volume of the latest ${recentVolume} bars over that of the ${priorVolume} before: ${steps.en}`,
    },
    inputs: { ratio: vcpMeasures(windows).volumeDryUp },
    score: ({ ratio }) => points(ratio),
    reason: ({ ratio }) => {
      const share = formatNumber(ratio, 2)
      return {
        ko: `최근 ${recentVolume}일 거래량은 그 전 ${priorVolume}일의 ${share}배`,
        en: `Volume of ${recentVolume} bars is ${share} times that of the ${priorVolume} before`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { ratio: 'down' } },
  })
}
