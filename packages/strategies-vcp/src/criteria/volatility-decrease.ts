import { type Criterion, criterion, formatNumber } from '@ralph-stock/core'
import { vcpMeasures, vcpPoints } from '@ralph-stock/indicators'
import { VCP_POINTS } from '../options/thresholds.js'
import type { VcpOptions } from '../options/vcp-options.js'
import { belowStepsInWords } from '../steps-in-words.js'

/** Scatter of the latest closes against that of the closes before. */
export function volatilityDecrease({
  thresholds,
  windows,
}: Pick<VcpOptions, 'thresholds' | 'windows'>): Criterion {
  const { recentCloses, priorCloses } = windows
  const steps = belowStepsInWords(thresholds.volatilityDecrease)
  const points = vcpPoints(thresholds).volatilityDecrease
  return criterion({
    id: 'vcp.volatility-decrease',
    maxPoints: VCP_POINTS.volatilityDecrease,
    label: { ko: '변동성 감소', en: 'Volatility decrease' },
    rule: {
      ko: `최근 ${recentCloses}일 종가의 변동계수를 그 전 ${priorCloses}일의 변동계수로 나눈 값: ${steps.ko}`,
      en: `Coefficient of variation of the latest ${recentCloses} closes over that of the ${priorCloses} before: ${steps.en}`,
    },
    inputs: { ratio: vcpMeasures(windows).volatilityDecrease },
    score: ({ ratio }) => points(ratio),
    reason: ({ ratio }) => {
      const share = formatNumber(ratio, 2)
      return {
        ko: `최근 ${recentCloses}일 변동계수는 그 전 ${priorCloses}일의 ${share}배`,
        en: `Variation of ${recentCloses} closes is ${share} times that of the ${priorCloses} before`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { ratio: 'down' } },
  })
}
