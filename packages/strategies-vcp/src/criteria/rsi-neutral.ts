import { type Criterion, criterion, formatNumber } from '@ralph-stock/core'
import { vcpMeasures, vcpPoints } from '@ralph-stock/indicators'
import { VCP_POINTS } from '../options/thresholds.js'
import type { VcpOptions } from '../options/vcp-options.js'
import { bandStepsInWords } from '../steps-in-words.js'

/** Relative strength index near its middle: neither overbought nor falling. */
export function rsiNeutral({
  thresholds,
  windows,
}: Pick<VcpOptions, 'thresholds' | 'windows'>): Criterion {
  const { rsiPeriod } = windows
  const steps = bandStepsInWords(thresholds.rsi)
  const points = vcpPoints(thresholds).rsi
  return criterion({
    id: 'vcp.rsi-neutral',
    maxPoints: VCP_POINTS.rsi,
    label: { ko: 'RSI 중립', en: 'Neutral RSI' },
    rule: {
      ko: `최근 ${rsiPeriod}번 변화의 RSI(커틀러): ${steps.ko}. 변화가 전혀 없으면 알 수 없음`,
      en: `Cutler's RSI of the last ${rsiPeriod} changes: ${steps.en}. No change at all is unknown`,
    },
    inputs: { rsi: vcpMeasures(windows).rsi },
    score: ({ rsi }) => points(rsi),
    reason: ({ rsi }) => {
      const value = formatNumber(rsi, 1)
      return { ko: `RSI(${rsiPeriod}) ${value}`, en: `RSI(${rsiPeriod}) ${value}` }
    },
    claims: { priceScaleInvariant: true },
  })
}
