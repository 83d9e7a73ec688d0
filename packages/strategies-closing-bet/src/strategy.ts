import { defineStrategy, lookbackOf, parseOptions, type Strategy } from '@ralph-stock/core'
import { candle } from './criteria/candle.js'
import { chart } from './criteria/chart.js'
import { flow } from './criteria/flow.js'
import { news } from './criteria/news.js'
import { period } from './criteria/period.js'
import { volume } from './criteria/volume.js'
import { type ClosingBetInput, closingBetOptions } from './options.js'

/**
 * The closing bet (종가베팅 V2): a checklist of 12 points for stocks to buy at the closing auction.
 *
 * Reads bars, flows and news of the last 252 bars. Without a news source three points are unknown: the
 * most is 9, grade S is out of reach and A needs all nine.
 *
 * @throws RalphError E_OPTIONS_INVALID
 * @example score(closingBet(), createSeries({ ticker: '005930', bars }))
 */
export function closingBet(options: ClosingBetInput = {}): Strategy {
  const checked = parseOptions('closingBet', closingBetOptions, options)
  const { plan } = checked
  const criteria = [
    news(checked.news),
    volume(checked.volume),
    chart(checked.chart),
    candle(checked.candle),
    period(checked.period),
    flow(checked.flow),
  ]
  return defineStrategy({
    id: 'closing-bet',
    version: '1.0.0',
    label: { ko: '종가베팅 V2', en: 'Closing bet' },
    description: {
      ko: '장 마감 동시호가에 살 종목을 뉴스·거래대금·차트·캔들·반등·수급 12점으로 평가',
      en: 'Twelve points of news, traded value, chart, candle, rebound and flow for a buy at the close',
    },
    maxScore: 12,
    lookback: lookbackOf(criteria),
    criteria,
    grades: { S: checked.grades.S, A: checked.grades.A, B: checked.grades.B },
    screen: { minimumGrade: checked.screen.minimumGrade },
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
