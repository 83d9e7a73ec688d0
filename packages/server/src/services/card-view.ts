import type { ScoreCard } from '@ralph-stock/core'
import type { ScoreCardView } from '../api/index.js'

/** A card as answers carry it. */
export function cardView(card: ScoreCard): ScoreCardView {
  // Sound: the schema names the library's card field by field, and no answer changes one.
  return card as unknown as ScoreCardView
}
