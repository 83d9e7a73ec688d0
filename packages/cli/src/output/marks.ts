import type { CriterionResult, ScoreCard } from '@ralph-stock/core'
import { points, signedPercent } from './numbers.js'
import type { Screen } from './screen.js'

type Paint = (text: string) => string

/** A grade in its colour: the best stand out, the others recede. */
export function gradeMark(grade: string, { colors }: Screen): string {
  const paints: Readonly<Record<string, Paint>> = {
    S: (text) => colors.bold(colors.magenta(text)),
    A: (text) => colors.bold(colors.green(text)),
    B: colors.yellow,
    GREEN: (text) => colors.bold(colors.green(text)),
    YELLOW: (text) => colors.bold(colors.yellow(text)),
    RED: (text) => colors.bold(colors.red(text)),
  }
  return (paints[grade] ?? colors.dim)(grade)
}

/** One mark per criterion: full, part, none, unknown. */
export function criteriaBar(card: ScoreCard, screen: Screen): string {
  return card.criteria.map((one) => outcomePaint(one, screen)(GLYPHS[one.outcome])).join('')
}

/** What each mark of a bar means, in the order of a legend. */
export const GLYPHS: Readonly<Record<CriterionResult['outcome'], string>> = {
  pass: '█',
  partial: '▄',
  fail: '▁',
  unknown: '?',
}

/** Points of each criterion, each as wide as its maximum. */
export function compactPoints(card: ScoreCard, screen: Screen): string {
  return card.criteria
    .map((one) => {
      const text = one.points === null ? '?' : points(one.points)
      return outcomePaint(one, screen)(text.padStart(String(one.maxPoints).length))
    })
    .join(' ')
}

export function outcomePaint({ outcome }: CriterionResult, { colors }: Screen): Paint {
  if (outcome === 'pass') return colors.green
  if (outcome === 'partial') return colors.yellow
  return outcome === 'unknown' ? colors.magenta : colors.dim
}

/** A change of price: red is up and blue is down in Korea, green and red elsewhere. */
export function changeMark(change: number | null, screen: Screen, digits = 1): string {
  if (change === null) return '?'
  const { colors, language } = screen
  const text = signedPercent(change, digits)
  const up = language === 'ko' ? colors.red : colors.green
  const down = language === 'ko' ? colors.blue : colors.red
  if (text.startsWith('+')) return up(text)
  return text.startsWith('-') ? down(text) : text
}
