import type { ScoreCardView } from '@ralph-stock/server/api'

/** One fall from a swing high to a swing low. KRW; depth a fraction. */
export type Pullback = {
  readonly highDate: string
  readonly lowDate: string
  readonly high: number
  readonly low: number
  readonly depth: number
}

/** The contraction footprint as the VCP card carries it. */
export type FootprintView = {
  readonly pullbacks: readonly Pullback[]
  readonly shrinking: boolean | null
  readonly shrinkingInRow: number
  readonly pivot: number | null
}

/** The footprint among the cards of a stock; null where none carries one. */
export function footprintOf(cards: readonly ScoreCardView[]): FootprintView | null {
  for (const { annotation } of cards) {
    if (annotation === null || !Array.isArray(annotation['pullbacks'])) continue
    const { shrinking, shrinkingInRow, pivot } = annotation
    return {
      pullbacks: annotation['pullbacks'].filter(isPullback),
      shrinking: typeof shrinking === 'boolean' ? shrinking : null,
      shrinkingInRow: typeof shrinkingInRow === 'number' ? shrinkingInRow : 0,
      pivot: typeof pivot === 'number' ? pivot : null,
    }
  }
  return null
}

function isPullback(value: unknown): value is Pullback {
  if (typeof value !== 'object' || value === null) return false
  const has = (name: string, type: string): boolean => typeof Reflect.get(value, name) === type
  return (
    has('highDate', 'string') &&
    has('lowDate', 'string') &&
    has('high', 'number') &&
    has('low', 'number') &&
    has('depth', 'number')
  )
}
