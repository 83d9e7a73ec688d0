import { bars, type Criterion, criterion, formatNumber, formatPercent } from '@ralph-stock/core'
import { bollinger, vcpMeasures, vcpPoints } from '@ralph-stock/indicators'
import { VCP_POINTS } from '../options/thresholds.js'
import type { VcpOptions } from '../options/vcp-options.js'
import { belowStepsInWords } from '../steps-in-words.js'

/** Width of the Bollinger bands against its own average of the bars before: a base gets narrower. */
export function bandContraction({
  thresholds,
  windows,
}: Pick<VcpOptions, 'thresholds' | 'windows'>): Criterion {
  const { bandPeriod, bandWidth, bandwidthAverage } = windows
  const steps = belowStepsInWords(thresholds.bandContraction)
  const points = vcpPoints(thresholds).bandContraction
  return criterion({
    id: 'vcp.band-contraction',
    maxPoints: VCP_POINTS.bandContraction,
    label: { ko: '볼린저 밴드 수축', en: 'Band contraction' },
    rule: {
      ko: `볼린저 밴드(${bandPeriod}일, ${bandWidth}표준편차) 폭을 직전 ${bandwidthAverage}일 평균 폭으로 나눈 값: ${steps.ko}`,
      en: `Bollinger bandwidth (${bandPeriod} bars, ${bandWidth} standard deviations) over its mean of the ${bandwidthAverage} bars before: ${steps.en}`,
    },
    inputs: { ratio: vcpMeasures(windows).bandContraction },
    evidence: { bandwidth: bollinger(bars.close, bandPeriod, bandWidth).bandwidth },
    score: ({ ratio }) => points(ratio),
    reason: ({ ratio, bandwidth }) => {
      const [width, share] = [formatPercent(bandwidth, 1), formatNumber(ratio, 2)]
      return {
        ko: `밴드 폭 ${width}, 직전 ${bandwidthAverage}일 평균의 ${share}배`,
        en: `Bandwidth ${width}, ${share} times its mean of the ${bandwidthAverage} bars before`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { ratio: 'down' } },
  })
}
