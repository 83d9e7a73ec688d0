import {
  above,
  atLeast,
  bars,
  condition,
  defineStrategy,
  formatMoney,
  lookbackOf,
  parseOptions,
  type ScreenCondition,
  type Strategy,
} from '@ralph-stock/core'
import { sma } from '@ralph-stock/indicators'
import { bandContraction } from './criteria/band-contraction.js'
import { bandPosition } from './criteria/band-position.js'
import { dualBuying } from './criteria/dual-buying.js'
import { foreign } from './criteria/foreign.js'
import { foreignStreak } from './criteria/foreign-streak.js'
import { institution } from './criteria/institution.js'
import { rsiNeutral } from './criteria/rsi-neutral.js'
import { volatilityDecrease } from './criteria/volatility-decrease.js'
import { volumeDryUp } from './criteria/volume-dry-up.js'
import { footprint } from './footprint.js'
import { type VcpInput, type VcpOptions, vcpOptions } from './options/vcp-options.js'
import { templateCriteria } from './trend-template/criteria.js'
import { templateEvidence } from './trend-template/evidence.js'

/**
 * The volatility contraction pattern with the flow of foreigners and institutions: 0 to 100, the mean
 * of two scores of 100 points each.
 *
 * Reads bars and flows of the last 50 bars. The card carries both sub-scores; beside them, without
 * points, the contraction footprint and how much of the trend template holds.
 *
 * @throws RalphError E_OPTIONS_INVALID
 * @source M. Minervini, Trade Like a Stock Market Wizard (2013), ch. 10: volatility contraction
 * @example score(vcp(), createSeries({ ticker: '005930', bars, flows }))
 */
export function vcp(options: VcpInput = {}): Strategy {
  const checked = parseOptions('vcp', vcpOptions, options)
  const { smartMoney, grades, plan } = checked
  const pattern = [
    bandContraction(checked),
    volumeDryUp(checked),
    volatilityDecrease(checked),
    rsiNeutral(checked),
    bandPosition(checked),
  ]
  const flow = [
    foreign(smartMoney),
    institution(smartMoney),
    foreignStreak(smartMoney),
    dualBuying(smartMoney),
  ]
  const conditions = [uptrend(checked.screen), liquidity(checked.screen)]
  return defineStrategy({
    id: 'vcp',
    version: '1.0.0',
    label: { ko: '변동성 수축 (VCP)', en: 'Volatility contraction (VCP)' },
    description: {
      ko: '변동성 수축 패턴 점수와 외국인·기관 수급 점수의 평균으로 0~100점 평가',
      en: 'Mean of the volatility contraction score and the smart-money score, 0 to 100',
    },
    maxScore: 100,
    lookback: lookbackOf([...pattern, ...flow, ...conditions]),
    groups: [
      { id: 'vcp', label: { ko: 'VCP 점수', en: 'VCP score' }, weight: 0.5, criteria: pattern },
      {
        id: 'smart-money',
        label: { ko: '수급 점수', en: 'SmartMoney score' },
        weight: 0.5,
        criteria: flow,
      },
    ],
    grades: { S: grades.S, A: grades.A, B: grades.B },
    screen: { minimumScore: checked.screen.minimumScore, conditions },
    plan: {
      targetPercent: plan.targetPercent,
      stopPercent: plan.stopPercent,
      positionPercent: plan.positionPercent,
      capital: plan.capitalKrw,
      fill: plan.fill,
      holdingBars: plan.holdingBars,
    },
    evidence: templateEvidence(templateCriteria(checked.template)),
    annotation: footprint(checked.footprint),
    options: checked,
  })
}

function uptrend(options: VcpOptions['screen']): ScreenCondition {
  const { trendPeriod } = options
  return condition({
    id: 'uptrend',
    label: {
      ko: `종가가 ${trendPeriod}일 평균 초과`,
      en: `Close above the mean of ${trendPeriod} bars`,
    },
    inputs: { close: bars.close, average: sma(bars.close, trendPeriod) },
    holds: ({ close, average }) => above(close, average),
  })
}

function liquidity(options: VcpOptions['screen']): ScreenCondition {
  const { averagePeriod, minimumTradedValueKrw } = options
  const value = formatMoney(minimumTradedValueKrw, 6)
  return condition({
    id: 'liquidity',
    label: {
      ko: `직전 ${averagePeriod}일 평균 거래대금 ${value.ko} 이상`,
      en: `Mean traded value of the ${averagePeriod} bars before at least ${value.en}`,
    },
    inputs: { tradedValue: sma(bars.tradedValue, averagePeriod).shift(1) },
    holds: ({ tradedValue }) => atLeast(tradedValue, minimumTradedValueKrw),
  })
}
