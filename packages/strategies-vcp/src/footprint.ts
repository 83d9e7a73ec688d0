import { type AnnotationDefinition, type BarWindow, fromDayNumber } from '@ralph-stock/core'
import { contractions } from '@ralph-stock/indicators'
import type { VcpOptions } from './options/vcp-options.js'

/** One fall from a swing high to a swing low, by date. */
export type FootprintPullback = {
  /** YYYY-MM-DD. */
  readonly highDate: string
  readonly lowDate: string
  /** KRW. */
  readonly high: number
  readonly low: number
  /** `(high - low) / high`, a fraction. */
  readonly depth: number
}

/** The contraction footprint on a card: its pullbacks, oldest first. */
export type ContractionFootprint = {
  readonly pullbacks: readonly FootprintPullback[]
  readonly depths: readonly number[]
  /** Whether each pullback is shallower than the one before; null with fewer than two. */
  readonly shrinking: boolean | null
  /** How many of the latest pullbacks, in a row, are each shallower than the one before. */
  readonly shrinkingInRow: number
  /** High of the latest pullback, the price to break, KRW; null without one. */
  readonly pivot: number | null
}

/**
 * The annotation of a VCP card. Swings are confirmed by bars on both sides, so later bars only add
 * pullbacks; as the window moves on, its oldest ones leave.
 */
export function footprint(options: VcpOptions['footprint']): AnnotationDefinition {
  const { bars, confirmBars, minimumDepth } = options
  return {
    bars,
    draw: ({ days, high, low }: BarWindow): ContractionFootprint => {
      const found = contractions(high, low, { confirm: confirmBars, minimumDepth })
      const pullbacks = found.pullbacks.map((pullback) => ({
        highDate: fromDayNumber(days[pullback.highIndex] as number),
        lowDate: fromDayNumber(days[pullback.lowIndex] as number),
        high: pullback.high,
        low: pullback.low,
        depth: pullback.depth,
      }))
      return {
        pullbacks,
        depths: pullbacks.map(({ depth }) => depth),
        shrinking: found.shrinking,
        shrinkingInRow: found.shrinkingInRow,
        pivot: found.pivot,
      }
    },
  }
}
