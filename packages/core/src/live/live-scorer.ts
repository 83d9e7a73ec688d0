import { sourcesOf } from '../columns/index.js'
import { RalphError } from '../errors/index.js'
import { dayNumberOfEpochMs } from '../krx/index.js'
import type { ScoreCard } from '../scoring/card.js'
import { columnsOf } from '../scoring/compile-strategy.js'
import { createScorer } from '../scoring/scorer.js'
import type { Strategy } from '../strategy/define-strategy.js'
import type { Market } from '../universe/index.js'
import { checkTick, refuse } from './check-tick.js'
import {
  flushBar,
  rollBar,
  settleVolume,
  type VolumeShare,
  writeColumns,
  writeTick,
} from './live-bar.js'
import { lastAt, lastDay } from './live-book.js'
import { type LiveView, liveMarket } from './live-market.js'
import { livePeers } from './live-peers.js'
import { livePoints } from './live-points.js'
import { forkStock, type LiveStock, liveStocks, seriesOf } from './live-stock.js'
import type { Tick, TickResult } from './tick.js'

/** How a live scorer runs. */
export type LiveOptions = {
  /** Age at which a comparison with peers is made anew, ms; 1000 unless said. */
  readonly crossSectionCadenceMs?: number
  /** Projects the volume so far to the whole session; off unless given. */
  readonly volumeShare?: VolumeShare
}

/** What becomes known of a bar beside its trades. */
export type Amendment = {
  /** The session, as a day number. */
  readonly day: number
  /** By source name: `{ 'flows.foreign': 1.2e9 }`. */
  readonly columns: Readonly<Record<string, number>>
  /** Whether flows among them are estimates. */
  readonly provisional: boolean
}

/** Scores that follow the ticks of a market. */
export interface LiveScorer {
  readonly strategies: readonly Strategy[]
  /** Takes a tick. A refused one changes nothing. */
  update(tick: Tick): TickResult
  /** The cards of the stock as they stand, one per strategy. */
  cards(ticker: string): ScoreCard[]
  /** The cards that a tick would give; nothing changes. Peers stay as they were compared last. */
  peek(tick: Tick): ScoreCard[]
  /**
   * Writes other columns of a session's bar as they become known without a trade, such as flows.
   *
   * @returns false when the stock's last bar is not of that session; nothing changes then
   * @throws RalphError E_STOCK_UNKNOWN
   */
  amend(ticker: string, amendment: Amendment): boolean
  /** Compares all peers now, instead of waiting for the cadence. */
  refresh(at: number): void
  /** The session is over: volumes are what was traded, no longer projected, and peers are compared. */
  settle(at: number): void
  /** The market as it stands, in memory of its own, ready for `scanMarket`. */
  market(view?: LiveView): Market
}

/**
 * Follows a market tick by tick from its history. The last bar changes in place; the first tick of a
 * later date opens a new one. Each tick costs the same however long the history is.
 *
 * Cards equal those of `scanMarket` over the same bars, bit for bit, once peers are compared.
 *
 * @throws RalphError E_MARKET_NEEDED for a strategy about the market
 */
export function liveScorer(
  market: Market,
  strategies: readonly Strategy[],
  options: LiveOptions = {},
): LiveScorer {
  for (const { id, subject } of strategies) {
    if (subject === 'stock') continue
    throw new RalphError(
      'E_MARKET_NEEDED',
      `${id} is about the whole market; score it by scanMarket`,
    )
  }
  const share = options.volumeShare ?? null
  const keep = Math.max(2, ...strategies.map((strategy) => strategy.loadBars))
  const positions = new Map(market.members.map(({ stock }, m) => [stock.ticker, m]))
  const columns = columnsOf(strategies)
  const names = [...new Set(columns.flatMap(sourcesOf))]
  const stocks = liveStocks(market, keep, names)
  const peers = livePeers(market.members, columns, options.crossSectionCadenceMs ?? 1000)
  const points = livePoints(strategies, stocks.length)
  const scorer = createScorer(strategies)
  let session = Number.NEGATIVE_INFINITY
  let settled = Number.NEGATIVE_INFINITY
  for (const stock of stocks) session = Math.max(session, lastDay(stock))
  stocks.forEach((stock, position) => {
    if (lastDay(stock) === session) peers.update(position, stock, Number.NEGATIVE_INFINITY)
  })
  peers.refresh(Number.NEGATIVE_INFINITY)

  const cardsOf = (position: number, stock: LiveStock, at: number): ScoreCard[] => {
    const series = seriesOf(stock)
    const subject = { stock: stock.member.stock, series, market }
    const given = (slot: number): number =>
      peers.value((scorer.plan.columns[slot] as { key: string }).key, position)
    const age = peers.age(position, at)
    const cards = scorer.score(subject, stock.length - 1, {
      given,
      universeDay: market.universeDay,
      ...(age === null || !Number.isFinite(age) ? {} : { crossSectionAgeMs: age }),
    })
    // The memory below a card goes on changing, so what a card draws is drawn now.
    for (const card of cards) void card.annotation
    return cards
  }
  const find = (ticker: string): number => {
    const position = positions.get(ticker)
    if (position !== undefined) return position
    throw new RalphError('E_STOCK_UNKNOWN', `no stock has the ticker "${ticker}"`, { ticker })
  }

  return {
    strategies,
    update(tick) {
      const position = positions.get(tick.ticker)
      if (position === undefined) {
        return refuse('E_TICK_UNKNOWN_STOCK', `no stock has the ticker "${tick.ticker}"`)
      }
      const stock = stocks[position] as LiveStock
      const day = Number.isFinite(tick.at) ? dayNumberOfEpochMs(tick.at) : Number.NaN
      const refusal = checkTick(market.calendar, stock, tick, day)
      if (refusal !== null) return refusal
      if (day > session) {
        session = day
        peers.reset()
      }
      if (day > lastDay(stock)) rollBar(stock, day, market.calendar.ordinal(day))
      writeTick(stock, tick, day === settled ? null : share)
      peers.update(position, stock, tick.at)
      const changed = points.update(position, stock, peers)
      return { accepted: true, scores: points.scores, changed }
    },
    cards(ticker) {
      const position = find(ticker)
      const stock = stocks[position] as LiveStock
      if (stock.length === 0) {
        throw new RalphError('E_SESSION_NONE', `${ticker} has no bar`, { ticker })
      }
      return cardsOf(position, stock, lastAt(stock))
    },
    peek(tick) {
      const position = find(tick.ticker)
      const stock = forkStock(stocks[position] as LiveStock)
      const day = Number.isFinite(tick.at) ? dayNumberOfEpochMs(tick.at) : Number.NaN
      const refusal = checkTick(market.calendar, stock, tick, day)
      if (refusal !== null) throw new RalphError(refusal.code, refusal.message)
      if (day > lastDay(stock)) rollBar(stock, day, market.calendar.ordinal(day))
      writeTick(stock, tick, day === settled ? null : share)
      return cardsOf(position, stock, tick.at)
    },
    amend(ticker, { day, columns, provisional }) {
      const position = find(ticker)
      const stock = stocks[position] as LiveStock
      if (lastDay(stock) !== day) return false
      writeColumns(stock, columns, provisional)
      peers.update(position, stock, lastAt(stock))
      return true
    },
    refresh: (at) => peers.refresh(at),
    settle(at) {
      settled = session
      for (const stock of stocks) if (lastDay(stock) === session) settleVolume(stock)
      peers.refresh(at)
    },
    market(view = {}) {
      for (const stock of stocks) flushBar(stock)
      return liveMarket(market, stocks, view)
    },
  }
}
