import {
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
import { aboveMa5 } from './criteria/above-ma5.js'
import { boxBreakout } from './criteria/box-breakout.js'
import { institutionBuying } from './criteria/institution-buying.js'
import { momentumBreakout } from './criteria/momentum-breakout.js'
import { oversoldBounce } from './criteria/oversold-bounce.js'
import { sectorMomentum } from './criteria/sector-momentum.js'
import { volumeSpike } from './criteria/volume-spike.js'
import { type DaytradeInput, type DaytradeOptions, daytradeOptions } from './options.js'
import { FULL } from './points.js'

/**
 * The day trade: a checklist of seven items of 15 points for a position of one session.
 *
 * Reads bars, flows of the date and the sector's other stocks over 21 bars. A card is entered at the
 * next session's open and closed by that session's close.
 *
 * @throws RalphError E_OPTIONS_INVALID
 * @example scanMarket(market, [daytrade()], '2026-02-10').cards.get('daytrade')
 */
export function daytrade(options: DaytradeInput = {}): Strategy {
  const checked = parseOptions('daytrade', daytradeOptions, options)
  const { grades, plan } = checked
  const criteria = [
    volumeSpike(checked.volumeSpike),
    momentumBreakout(checked.momentumBreakout),
    boxBreakout(checked.boxBreakout),
    aboveMa5(checked.aboveMa5),
    institutionBuying(checked.institutionBuying),
    oversoldBounce(checked.oversoldBounce),
    sectorMomentum(checked.sectorMomentum),
  ]
  const conditions = [liquidity(checked.screen)]
  return defineStrategy({
    id: 'daytrade',
    version: '1.0.0',
    label: { ko: '단타 체크리스트', en: 'Day trade' },
    description: {
      ko: '거래량·돌파·이평·수급·반등·업종 7개 항목 105점으로 다음 날 단타 종목을 평가',
      en: 'Seven items of 15 points, volume to sector momentum, for a position of one session',
    },
    maxScore: criteria.length * FULL,
    lookback: lookbackOf([...criteria, ...conditions]),
    criteria,
    grades: { S: grades.S, A: grades.A, B: grades.B },
    screen: { minimumGrade: checked.screen.minimumGrade, conditions },
    plan: {
      targetPercent: plan.targetPercent,
      stopPercent: plan.stopPercent,
      positionPercent: plan.positionPercent,
      capital: plan.capitalKrw,
      fill: plan.fill,
      holdingBars: plan.holdingBars,
    },
    options: checked,
  })
}

function liquidity(options: DaytradeOptions['screen']): ScreenCondition {
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
