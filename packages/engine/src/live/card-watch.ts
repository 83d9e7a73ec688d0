import type { Clock, ScoreCard, Timer } from '@ralph-stock/core'
import { cardState } from './card-state.js'

/** How cards are watched. */
export type CardWatchOptions = {
  readonly clock: Clock
  readonly cadenceMs: number
  readonly cardsOf: (position: number) => readonly ScoreCard[]
  readonly tell: (card: ScoreCard) => void
}

/** Tells cards that changed, at most once per cadence each; the last state is never left out. */
export interface CardWatch {
  /** Something that the cards of the stock depend on has changed. */
  touch(position: number): void
  /** Tells what is due now. */
  flush(): void
  /** Positions mean other stocks from now on. */
  forget(): void
  close(): void
}

/** Makes a watch. Until the cadence has passed, nothing is computed. */
export function cardWatch({ clock, cadenceMs, cardsOf, tell }: CardWatchOptions): CardWatch {
  const touched = new Set<number>()
  const told = new Map<number, readonly string[]>()
  let timer: Timer | null = null

  const flush = (): void => {
    timer?.stop()
    timer = null
    const due = [...touched]
    touched.clear()
    for (const position of due) {
      const cards = cardsOf(position)
      const before = told.get(position)
      const states = cards.map(cardState)
      told.set(position, states)
      for (const [k, card] of cards.entries()) if (before?.[k] !== states[k]) tell(card)
    }
  }
  return {
    touch(position) {
      touched.add(position)
      timer ??= clock.after(cadenceMs, flush)
    },
    flush,
    forget() {
      touched.clear()
      told.clear()
    },
    close() {
      timer?.stop()
      timer = null
      touched.clear()
    },
  }
}
