import { type Criterion, criterion, formatPercent } from '@ralph-stock/core'
import { vcpMeasures, vcpPoints } from '@ralph-stock/indicators'
import { VCP_POINTS } from '../options/thresholds.js'
import type { VcpOptions } from '../options/vcp-options.js'
import { bandStepsInWords } from '../steps-in-words.js'

/** Close near the middle of the Bollinger bands. */
export function bandPosition({
  thresholds,
  windows,
}: Pick<VcpOptions, 'thresholds' | 'windows'>): Criterion {
  const { bandPeriod, bandWidth } = windows
  const steps = bandStepsInWords(thresholds.bandPosition)
  const points = vcpPoints(thresholds).bandPosition
  return criterion({
    id: 'vcp.band-position',
    maxPoints: VCP_POINTS.bandPosition,
    label: { ko: '밴드 내 위치', en: 'Band position' },
    rule: {
      ko: `볼린저 밴드(${bandPeriod}일, ${bandWidth}표준편차) 하단 0, 상단 1로 본 종가 위치: ${steps.ko}. 폭이 없으면 알 수 없음`,
      en: `Place of the close in the Bollinger bands (${bandPeriod} bars, ${bandWidth} standard deviations), lower band 0 to upper 1: ${steps.en}. No width is unknown`,
    },
    inputs: { position: vcpMeasures(windows).bandPosition },
    score: ({ position }) => points(position),
    reason: ({ position }) => {
      const place = formatPercent(position, 0)
      return {
        ko: `밴드 하단에서 ${place} 지점`,
        en: `${place} of the way from the lower to the upper band`,
      }
    },
    claims: { priceScaleInvariant: true },
  })
}
