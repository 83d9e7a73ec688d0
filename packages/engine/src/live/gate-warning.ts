import type { ScoreCard, Strategy } from '@ralph-stock/core'

/** Whether the gate is at its lowest level. One that is unknown is not. */
export function isRed(gate: Strategy | null, card: ScoreCard | null): boolean {
  return gate !== null && card !== null && card.grade === gate.scale.labels.at(-1)
}

/** The card with the warning that its signal was opened under a RED gate. */
export function withGateWarning(card: ScoreCard): ScoreCard {
  if (card.flags.includes('market-gate-red')) return card
  return { ...card, annotation: card.annotation, flags: [...card.flags, 'market-gate-red'] }
}
