import { defineStrategy, lookbackOf, parseOptions, type Strategy } from '@ralph-stock/core'
import { kosdaq } from './criteria/kosdaq.js'
import { kospi } from './criteria/kospi.js'
import { sectors } from './criteria/sectors.js'
import { type MarketGateInput, marketGateOptions } from './options.js'

/**
 * The market gate: 0 to 100 points for the market of a date, GREEN, YELLOW or RED. The level is UNKNOWN
 * where any of its three parts is. The card lists the sectors, strongest first.
 *
 * @throws RalphError E_OPTIONS_INVALID
 * @example scanMarket(market, [marketGate()], '2026-02-10').cards.get('market-gate')
 */
export function marketGate(options: MarketGateInput = {}): Strategy {
  const checked = parseOptions('marketGate', marketGateOptions, options)
  const criteria = [kospi(checked.index), kosdaq(checked.index), sectors(checked.sectors)]
  return defineStrategy({
    id: 'market-gate',
    version: '1.0.0',
    label: { ko: '마켓 게이트', en: 'Market gate' },
    description: {
      ko: '코스피·코스닥 등락과 업종 강약으로 시장 상태를 GREEN, YELLOW, RED로 판정',
      en: 'The market as GREEN, YELLOW or RED by its two indexes and the balance of its sectors',
    },
    subject: 'market',
    maxScore: 100,
    lookback: lookbackOf(criteria),
    criteria,
    grades: { GREEN: checked.grades.GREEN, YELLOW: checked.grades.YELLOW },
    lowestGrade: 'RED',
    unknownGrade: 'UNKNOWN',
    options: checked,
  })
}
