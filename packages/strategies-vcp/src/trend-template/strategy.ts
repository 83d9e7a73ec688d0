import { defineStrategy, lookbackOf, parseOptions, type Strategy } from '@ralph-stock/core'
import { type TrendTemplateInput, trendTemplateOptions } from '../options/template-options.js'
import { templateCriteria } from './criteria.js'

/**
 * Minervini's trend template: eight conditions of one point that a stock in a strong uptrend meets.
 *
 * Reads 253 bars; relative strength compares the stock with all eligible ones of the date.
 *
 * @throws RalphError E_OPTIONS_INVALID
 * @source M. Minervini, Trade Like a Stock Market Wizard (2013), ch. 5: the trend template
 * @example scanMarket(market, [trendTemplate()], '2026-02-10').cards.get('trend-template')
 */
export function trendTemplate(options: TrendTemplateInput = {}): Strategy {
  const checked = parseOptions('trendTemplate', trendTemplateOptions, options)
  const criteria = templateCriteria(checked.template)
  return defineStrategy({
    id: 'trend-template',
    version: '1.0.0',
    label: { ko: '트렌드 템플릿', en: 'Trend template' },
    description: {
      ko: '미너비니의 추세 조건 8개로 상승 추세인 종목을 평가',
      en: 'Eight conditions of Minervini that a stock in a strong uptrend meets',
    },
    maxScore: criteria.length,
    lookback: lookbackOf(criteria),
    criteria,
    grades: { S: checked.grades.S, A: checked.grades.A, B: checked.grades.B },
    screen: { minimumGrade: checked.screen.minimumGrade },
    options: checked,
  })
}
