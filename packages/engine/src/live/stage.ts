import type { Market, ScoreCard } from '@ralph-stock/core'
import { type Board, createBoard } from './board.js'
import { type Candidates, candidates } from './candidates.js'
import { type DayTrader, dayTrader } from './day-trader.js'
import type { CheckedOptions } from './options.js'
import { type HoursOf, sessionShare } from './session-hours.js'
import { type SignalBook, signalBook } from './signal-book.js'
import type { SignalWriter } from './signal-writer.js'

/** All of a desk that rests on one history, and is made anew with the next one. */
export type Stage = {
  readonly board: Board
  readonly book: SignalBook
  readonly candidates: Candidates
  readonly trader: DayTrader | null
  readonly positions: readonly number[]
  tickerOf(position: number): string
}

/** What a stage is made of. */
export type StageOptions = {
  readonly checked: CheckedOptions
  readonly market: Market
  readonly hoursOf: HoursOf
  readonly writer: SignalWriter
  /** The book of the stage before, whose signals go on. */
  readonly carried: SignalBook | null
  readonly mayOpen: () => boolean
  readonly marked: (card: ScoreCard) => ScoreCard
}

/** Puts board, book and trader together. */
export function openStage(options: StageOptions): Stage {
  const { checked, market, hoursOf, writer, carried, mayOpen, marked } = options
  const { strategies, calendar, dayTrade, volumeShare, indexNames } = checked
  const board = createBoard({
    market,
    strategies,
    calendar,
    indexNames,
    watched: dayTrade,
    share: volumeShare === null ? null : sessionShare(hoursOf, volumeShare),
    crossSectionCadenceMs: checked.crossSectionCadenceMs,
  })
  const book = signalBook({
    market,
    quotes: board.quotes,
    strategies,
    position: board.position,
    onEnter: writer.enter,
    onClose: writer.close,
    calendar,
  })
  for (const held of carried?.held() ?? []) {
    book.add(held)
    book.remember(held)
  }
  const trader =
    dayTrade === null
      ? null
      : dayTrader({
          strategy: dayTrade,
          board,
          book,
          hoursOf,
          mayOpen,
          marked,
          onOpen(held, at) {
            book.add(held)
            book.remember(held)
            writer.open(held, {
              asOf: held.card.asOf,
              strategies: [dayTrade.id],
              eligible: board.eligible(),
              cards: [held.card],
              enteredAt: at,
            })
          },
        })
  return {
    board,
    book,
    candidates: candidates(market, strategies, board, book),
    trader,
    positions: market.members.map((_, position) => position),
    // Sound: positions are those of the market's members.
    tickerOf: (position) => (market.members[position] as Market['members'][number]).stock.ticker,
  }
}
