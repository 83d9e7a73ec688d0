import type { ScoreCard } from '@ralph-stock/core'

/** What makes a card another one for those who watch it; two cards of equal state are told once. */
export function cardState({ asOf, score, grade, coverage, screen }: ScoreCard): string {
  return `${asOf} ${score} ${grade} ${coverage} ${screen.passed} ${screen.failed.join(' ')}`
}

/** Whether a stored signal's card says what this one says, its price included. */
export function isSameCard(a: ScoreCard, b: ScoreCard): boolean {
  return cardState(a) === cardState(b) && a.plan?.entry === b.plan?.entry
}
