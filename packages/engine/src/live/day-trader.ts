import {
  fromDayNumber,
  gradeIndex,
  type ScoreCard,
  type Strategy,
  type Tick,
} from '@ralph-stock/core'
import type { Board } from './board.js'
import type { HeldSignal } from './held-signal.js'
import type { HoursOf } from './session-hours.js'
import type { SignalBook } from './signal-book.js'

/** What a day trader decides on. */
export type DayTraderOptions = {
  readonly strategy: Strategy
  readonly board: Board
  readonly book: SignalBook
  readonly hoursOf: HoursOf
  /** Whether new signals may be opened now. */
  readonly mayOpen: () => boolean
  /** The card as it is kept: with the warnings of the moment. */
  readonly marked: (card: ScoreCard) => ScoreCard
  readonly onOpen: (held: HeldSignal, at: number) => void
}

/** Opens a signal with the tick that makes a card pass its screen, at the price shown. */
export interface DayTrader {
  /** Judges the stock after a tick that the board has taken. */
  consider(position: number, day: number, tick: Tick): void
}

/** Makes a day trader for one session's board and book. */
export function dayTrader(options: DayTraderOptions): DayTrader {
  const { strategy, board, book, hoursOf, mayOpen, marked, onOpen } = options
  const { id, scale, screen } = strategy
  const { minimumGrade, minimumScore } = screen
  const lowest = minimumGrade === null ? scale.labels.length : scale.labels.indexOf(minimumGrade)
  const isHighEnough = (score: number): boolean =>
    gradeIndex(scale, score) <= lowest && (minimumScore === null || score >= minimumScore)
  return {
    consider(position, day, tick) {
      // Most ticks end here, before any card is made.
      if (!isHighEnough(board.watchedScore) || book.isTaken(position, id, day)) return
      const hours = hoursOf(day)
      if (hours === null || tick.at < hours.opens || tick.at >= hours.regularEnds) return
      if (!board.isEligible(position) || !mayOpen()) return
      const shown = board.card(tick.ticker, id)
      const { plan, flags, screen: shows } = shown
      const isLocked = flags.includes('locked-at-limit')
      if (!shows.passed || isLocked || plan === null || plan.quantity === 0) return
      const card = marked(shown)
      const date = fromDayNumber(day)
      const held: HeldSignal = {
        strategyId: id,
        ticker: tick.ticker,
        signalDate: date,
        card,
        stored: null,
        entry: { date, price: plan.entry, at: tick.at },
        target: plan.target,
        stop: plan.stop,
        exit: null,
        ratio: 1,
        unsold: null,
      }
      onOpen(held, tick.at)
    },
  }
}
