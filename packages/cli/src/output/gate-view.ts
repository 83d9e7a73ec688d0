import type { ScoreCard } from '@ralph-stock/core'
import { say } from './language.js'
import { changeMark, criteriaBar, gradeMark } from './marks.js'
import { points } from './numbers.js'
import type { Screen } from './screen.js'
import { renderTable } from './table.js'
import { WORDS } from './words.js'

/** The market's own card: its level, why, and its sectors from strongest to weakest. */
export function gateView(card: ScoreCard, title: string, screen: Screen): string[] {
  const { colors, language } = screen
  const { sectors = [] } = card
  const lines = [
    `${colors.bold(title)} ${colors.dim(`${card.strategyId} ${card.strategyVersion}`)}   ${gradeMark(card.grade, screen)}  ${points(card.score)}/${points(card.maxScore)}  ${criteriaBar(card, screen)}`,
    ...card.criteria.map((one) => `  ${say(one.reason, language)}`),
  ]
  if (sectors.length === 0) return lines
  return [
    ...lines,
    ...renderTable(
      [
        {
          head: say(WORDS.sector, language),
          align: 'left',
          dispensable: 0,
          cells: sectors.map(({ sector }) => sector),
        },
        {
          head: say(WORDS.change, language),
          align: 'right',
          dispensable: 0,
          cells: sectors.map(({ change }) => changeMark(change, screen, 2)),
        },
        {
          head: say(WORDS.members, language),
          align: 'right',
          dispensable: 1,
          cells: sectors.map(({ members }) => String(members)),
        },
      ],
      screen,
    ),
  ]
}

/** The market's card in a few lines: its level, and the two ends of its sectors. */
export function gateSummary(card: ScoreCard, title: string, screen: Screen): string[] {
  const { colors, language } = screen
  const { sectors = [] } = card
  const named = (from: number, to?: number): string =>
    sectors
      .slice(from, to)
      .map(({ sector, change }) => `${sector} ${changeMark(change, screen)}`)
      .join(', ')
  const [head, ...reasons] = gateView({ ...card, sectors: [] }, title, screen)
  const lines = [head ?? '', ...reasons]
  if (sectors.length === 0) return lines
  const strong = language === 'ko' ? '강한 업종' : 'strongest'
  const weak = language === 'ko' ? '약한 업종' : 'weakest'
  return [
    ...lines,
    `  ${colors.dim(strong)} ${named(0, 3)}`,
    `  ${colors.dim(weak)} ${named(Math.max(3, sectors.length - 3))}`,
  ]
}
