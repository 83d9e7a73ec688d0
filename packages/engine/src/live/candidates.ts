import {
  fromDayNumber,
  type Market,
  type ScoreCard,
  type Strategy,
  scanMarket,
} from '@ralph-stock/core'
import type { Board } from './board.js'
import type { SignalBook } from './signal-book.js'

/** Who deserves a scarce live subscription, most deserving first. */
export interface Candidates {
  list(limit: number): string[]
}

type Rank = { readonly screened: boolean; readonly grade: number; readonly share: number }

const NOTHING: Rank = { screened: false, grade: Number.POSITIVE_INFINITY, share: -1 }

/**
 * Open signals come first, since their levels must be watched; then stocks by the best of their cards
 * (screened, grade, score), those that have not traded today by their last ones; then the most traded.
 */
export function candidates(
  market: Market,
  strategies: readonly Strategy[],
  board: Board,
  book: SignalBook,
): Candidates {
  const ofStocks = strategies.filter(({ subject }) => subject === 'stock')
  // Stocks without a subscription have no bar of the session: their last cards speak for them.
  let last: Map<string, Rank> | null = null
  const lastRanks = (): Map<string, Rank> => {
    last ??= ranksOf(market, ofStocks)
    return last
  }

  const liveRanks = (): Map<string, Rank> => {
    const ranks = new Map<string, Rank>()
    if (board.eligible() === 0) return ranks
    for (const { strategy, entries } of board.scan(undefined, { all: true }).results) {
      if (strategy.subject !== 'stock') continue
      for (const { card } of entries) keepBest(ranks, strategy, card)
    }
    return ranks
  }

  return {
    list(limit) {
      const live = liveRanks()
      const held = new Set(book.held().map(({ ticker }) => ticker))
      const others = market.members.flatMap(({ stock, listingReason }, position) => {
        if (listingReason !== null || held.has(stock.ticker)) return []
        const rank = live.get(stock.ticker) ?? lastRanks().get(stock.ticker) ?? NOTHING
        const traded = board.quotes.tradedValue(position)
        return { ticker: stock.ticker, rank, traded: Number.isNaN(traded) ? 0 : traded }
      })
      others.sort(
        (a, b) => compare(a.rank, b.rank) || b.traded - a.traded || (a.ticker < b.ticker ? -1 : 1),
      )
      return [...[...held].sort(), ...others.map(({ ticker }) => ticker)].slice(0, limit)
    },
  }
}

function ranksOf(market: Market, strategies: readonly Strategy[]): Map<string, Rank> {
  const ranks = new Map<string, Rank>()
  const { sessions } = market
  const day = sessions[sessions.length - 1]
  if (day === undefined) return ranks
  const { cards } = scanMarket(market, strategies, fromDayNumber(day))
  for (const strategy of strategies) {
    for (const card of cards.get(strategy.id) ?? []) keepBest(ranks, strategy, card)
  }
  return ranks
}

function keepBest(ranks: Map<string, Rank>, { scale }: Strategy, card: ScoreCard): void {
  const label = scale.labels.indexOf(card.grade)
  const rank: Rank = {
    screened: card.screen.passed,
    grade: label < 0 ? Number.POSITIVE_INFINITY : label,
    share: card.score / card.maxScore,
  }
  const known = ranks.get(card.ticker)
  if (known === undefined || compare(rank, known) < 0) ranks.set(card.ticker, rank)
}

function compare(a: Rank, b: Rank): number {
  if (a.screened !== b.screened) return a.screened ? -1 : 1
  if (a.grade !== b.grade) return a.grade < b.grade ? -1 : 1
  return b.share - a.share
}
