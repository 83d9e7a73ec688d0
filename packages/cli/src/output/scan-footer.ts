import type { EngineScan, StrategyScan } from '@ralph-stock/engine'
import { say } from './language.js'
import { GLYPHS } from './marks.js'
import { whole } from './numbers.js'
import type { Screen } from './screen.js'
import { reasonText, WORDS } from './words.js'

/** Who was considered, who was not and why, what nobody knows, and what the marks mean. */
export function scanFooter(scan: EngineScan, screen: Screen): string[] {
  const { colors } = screen
  return [legend(screen), universeLine(scan, screen), ...scan.results.flatMap(unknownLines(screen))]
    .filter((line) => line !== '')
    .map((line) => colors.dim(line))
}

function legend({ language }: Screen): string {
  const marks = (['pass', 'partial', 'fail', 'unknown'] as const).map(
    (outcome) => `${GLYPHS[outcome]} ${say(WORDS[outcome], language)}`,
  )
  return marks.join('  ')
}

function universeLine({ universe, asOf }: EngineScan, { language }: Screen): string {
  const { eligible, excluded } = universe
  const out = Object.values(excluded).reduce((sum, count) => sum + count, 0)
  const reasons = Object.entries(excluded)
    .map(([reason, count]) => `${say(reasonText(reason), language)} ${whole(count)}`)
    .join(', ')
  if (language === 'ko') {
    const list = universe.asOf === null ? '' : ` (종목 목록은 ${universe.asOf} 기준)`
    const rest = out === 0 ? '' : `, 제외 ${whole(out)}: ${reasons}`
    return `${asOf} 대상 ${whole(eligible)}종목${rest}${list}`
  }
  const list = universe.asOf === null ? '' : ` (by the stock list of ${universe.asOf})`
  const rest = out === 0 ? '' : `, ${whole(out)} left out: ${reasons}`
  return `${asOf}: ${whole(eligible)} stocks considered${rest}${list}`
}

// A criterion that most cards do not know is worth a line; a few young stocks are not.
const WORTH_SAYING = 0.5

function unknownLines(screen: Screen): (result: StrategyScan) => string[] {
  const { language } = screen
  return (result) => {
    const { strategy, unknown, grades, entries } = result
    const cards = Object.values(grades).reduce((sum, count) => sum + count, 0)
    const missing = strategy.criteria.filter(({ id }) => (unknown[id] ?? 0) > WORTH_SAYING * cards)
    if (missing.length === 0) return []
    const what = missing
      .map(({ id, label }) => {
        const reason = entries
          .flatMap(({ card }) => card.criteria)
          .find((one) => one.id === id && one.points === null)?.reason
        const count = `${whole(unknown[id] ?? 0)}/${whole(cards)}`
        const why = reason === undefined ? '' : `; ${say(reason, language)}`
        return `${say(label, language)} (${count}${why})`
      })
      .join(', ')
    const lost = strategy.scale.labels.filter(
      (grade) => entries.length > 0 && entries.every(({ card }) => card.outOfReach.includes(grade)),
    )
    if (language === 'ko') {
      const reach = lost.length === 0 ? '' : `: ${lost.join(', ')} 등급은 닿을 수 없음`
      return [`${strategy.id} 불명 ${what}${reach}`]
    }
    const reach = lost.length === 0 ? '' : `: grade ${lost.join(', ')} is out of reach`
    return [`${strategy.id} does not know ${what}${reach}`]
  }
}
