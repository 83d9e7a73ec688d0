import type { ScanEntry, StrategyScan } from '@ralph-stock/engine'
import { type Language, say } from './language.js'
import { changeMark, compactPoints, criteriaBar, gradeMark } from './marks.js'
import { inHundredMillions, percent, points, whole } from './numbers.js'
import { type Screen, widthOf } from './screen.js'
import { renderTable, type TableColumn } from './table.js'
import { noteText, WORDS, type WordName } from './words.js'

/** How much a table shows: all of a card, or what fits beside other tables. */
export type Detail = 'full' | 'brief'

/** The cards of one strategy as a table, best first, below a line that names the strategy. */
export function scanTable(result: StrategyScan, screen: Screen, detail: Detail): string[] {
  const { colors, language } = screen
  const { strategy, entries } = result
  const grades = Object.entries(result.grades)
    .filter(([, count]) => count > 0)
    .map(([grade, count]) => `${gradeMark(grade, screen)} ${whole(count)}`)
    .join('  ')
  const title = `${colors.bold(say(strategy.label, language))} ${colors.dim(
    `${strategy.id} ${strategy.version}`,
  )}   ${grades}`
  if (entries.length === 0) return [title, `  ${colors.dim(say(WORDS.none, language))}`]
  const lines = [title]
  if (detail === 'full') lines.push(`  ${colors.dim(criteriaLegend(result, language))}`)
  return [...lines, ...renderTable(columnsOf(entries, screen, detail), screen)]
}

function columnsOf(entries: readonly ScanEntry[], screen: Screen, detail: Detail): TableColumn[] {
  const { colors, language } = screen
  const full = detail === 'full'
  const column = (
    name: WordName,
    align: TableColumn['align'],
    dispensable: number,
    cell: (entry: ScanEntry, position: number) => string,
  ): TableColumn => ({
    head: say(WORDS[name], language),
    align,
    dispensable,
    cells: entries.map(cell),
  })
  const columns = [
    column('rank', 'right', 5, (_, position) => colors.dim(String(position + 1))),
    column('ticker', 'left', 0, ({ card }) => card.ticker),
    column('name', 'left', 0, ({ card }) => colors.bold(card.name)),
    column('market', 'left', 6, ({ card }) => card.market),
    column('grade', 'left', 0, ({ card }) => gradeMark(card.grade, screen)),
    column('score', 'right', 0, ({ card }) => `${points(card.score)}/${points(card.maxScore)}`),
    column('criteria', 'left', 0, ({ card }) => criteriaBar(card, screen)),
    column('points', 'left', 7, ({ card }) => compactPoints(card, screen)),
    column('close', 'right', 0, ({ quote }) => (quote === null ? '?' : whole(quote.close))),
    column('change', 'right', 0, ({ quote }) => changeMark(quote?.change ?? null, screen)),
    column('value', 'right', 3, ({ quote }) =>
      quote === null ? '?' : inHundredMillions(quote.tradedValue),
    ),
    column('target', 'right', 2, ({ card }) => (card.plan === null ? '' : whole(card.plan.target))),
    column('stop', 'right', 2, ({ card }) => (card.plan === null ? '' : whole(card.plan.stop))),
    column('coverage', 'right', 4, ({ card }) => percent(card.coverage)),
    column('notes', 'left', 1, ({ card }) => colors.yellow(notesOf(card, language).join(', '))),
  ]
  const brief = new Set([7, 13, 14])
  return columns.filter(
    ({ cells }, position) =>
      (full || !brief.has(position)) && cells.some((cell) => widthOf(cell) > 0),
  )
}

function notesOf(card: ScanEntry['card'], language: Language): string[] {
  const ids: string[] = [...card.flags]
  if (card.flows === 'provisional') ids.push('provisional')
  if (card.plan?.note === 'above-budget') ids.push('above-budget')
  for (const id of card.screen.failed) if (!ids.includes(id)) ids.push(id)
  return ids.map((id) => say(noteText(id), language))
}

function criteriaLegend({ strategy }: StrategyScan, language: Language): string {
  return strategy.criteria
    .map(({ label, maxPoints }) => `${say(label, language)} ${maxPoints}`)
    .join(' · ')
}
