import type { CriterionResult, ScoreCard } from '@ralph-stock/core'
import { type Language, say } from './language.js'
import { criteriaBar, gradeMark, outcomePaint } from './marks.js'
import { evidenceNumber, percent, points, whole } from './numbers.js'
import type { Screen } from './screen.js'
import { renderTable } from './table.js'
import { noteText, WORDS } from './words.js'

/** One card: every criterion with its points, the reason and the numbers behind it. */
export function cardView(card: ScoreCard, screen: Screen): string[] {
  const { colors, language } = screen
  const score = `${points(card.score)}/${points(card.maxScore)}`
  const known = `${say(WORDS.coverage, language)} ${percent(card.coverage)}`
  return [
    `${colors.bold(card.name)} ${card.ticker} ${card.market}   ${colors.dim(`${card.strategyId} ${card.strategyVersion}, ${card.asOf}`)}`,
    `${gradeMark(card.grade, screen)}  ${colors.bold(score)}  ${criteriaBar(card, screen)}  ${colors.dim(known)}`,
    '',
    ...criteriaTable(card.criteria, screen),
    '',
    ...facts(card, language).map(([name, value]) => `  ${colors.dim(name)}  ${value}`),
  ]
}

function criteriaTable(criteria: readonly CriterionResult[], screen: Screen): string[] {
  const { language } = screen
  const left = 'left' as const
  return renderTable(
    [
      {
        head: say(WORDS.criteria, language),
        align: left,
        dispensable: 0,
        cells: criteria.map((one) => say(one.label, language)),
      },
      {
        head: 'id',
        align: left,
        dispensable: 1,
        cells: criteria.map((one) => screen.colors.dim(one.id)),
      },
      {
        head: say(WORDS.points, language),
        align: 'right',
        dispensable: 0,
        cells: criteria.map((one) => {
          const own = one.points === null ? '?' : points(one.points)
          return outcomePaint(one, screen)(`${own}/${one.maxPoints}`)
        }),
      },
      {
        head: say(WORDS.outcome, language),
        align: left,
        dispensable: 0,
        cells: criteria.map((one) => outcomePaint(one, screen)(say(WORDS[one.outcome], language))),
      },
      {
        head: say(WORDS.reason, language),
        align: left,
        dispensable: 0,
        cells: criteria.map((one) => {
          const evidence = evidenceText(one.evidence)
          const reason = say(one.reason, language)
          return evidence === '' ? reason : `${reason}\n${screen.colors.dim(evidence)}`
        }),
      },
    ],
    screen,
  )
}

function evidenceText(evidence: ScoreCard['evidence']): string {
  return Object.entries(evidence)
    .map(([name, value]) => `${name} ${evidenceNumber(value)}`)
    .join(', ')
}

function facts(card: ScoreCard, language: Language): Array<readonly [string, string]> {
  const ko = language === 'ko'
  const lines: Array<readonly [string, string]> = []
  const { plan, screen } = card
  if (plan !== null) {
    const { entry, target, stop, quantity, note } = plan
    const shares = ko ? `${whole(quantity)}주` : `${whole(quantity)} shares`
    const extra = note === null ? '' : ` (${say(noteText(note), language)})`
    lines.push([
      ko ? '계획' : 'plan',
      `${say(WORDS.entry, language)} ${whole(entry)}, ${say(WORDS.target, language)} ${whole(target)}, ${say(WORDS.stop, language)} ${whole(stop)}, ${shares}${extra}`,
    ])
  }
  const parts = Object.entries(card.subScores)
  if (parts.length > 0) {
    const values = parts.map(([id, value]) => `${id} ${points(value)}`).join(', ')
    lines.push([ko ? '부분 점수' : 'sub-scores', values])
  }
  const failed = screen.failed.map((id) => say(noteText(id), language)).join(', ')
  lines.push([
    ko ? '선별' : 'screen',
    screen.passed ? (ko ? '통과' : 'passed') : `${ko ? '제외' : 'dropped'}: ${failed}`,
  ])
  if (card.outOfReach.length > 0) {
    const reach = ko ? '불명 항목 때문에 닿을 수 없음' : 'out of reach for what is unknown'
    lines.push([ko ? '등급' : 'grades', `${card.outOfReach.join(', ')} ${reach}`])
  }
  if (card.flows !== null) {
    const state = { final: ko ? '확정' : 'final', provisional: ko ? '잠정' : 'provisional' }
    lines.push([ko ? '수급' : 'flows', state[card.flows]])
  }
  if (card.universeAsOf !== null) {
    lines.push([ko ? '종목 목록' : 'stock list', card.universeAsOf])
  }
  const evidence = evidenceText(card.evidence)
  if (evidence !== '') lines.push([say(WORDS.evidence, language), evidence])
  return lines
}
