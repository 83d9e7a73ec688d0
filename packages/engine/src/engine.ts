import {
  type BarStore,
  type BatchReport,
  createMarket,
  type Market,
  type MarketBatch,
  MINIMUM_BARS,
  RalphError,
  type ScoreCard,
  type Strategy,
  scanMarket,
  scoreStock,
  type TradeDate,
  tradeDate,
} from '@ralph-stock/core'
import type { Emitter } from 'mitt'
import { createEvents, type EngineEvents } from './events.js'
import { type EngineScan, type ScanFilter, summarize } from './scan-result.js'

/** What an engine is assembled from. */
export type EngineOptions = {
  readonly strategies: readonly Strategy[]
  /** Whoever opened it closes it. */
  readonly store: BarStore
  /** How many loaded markets to keep, one per date; 2 unless said. */
  readonly cachedMarkets?: number
}

/** What to scan. */
export type ScanRequest = ScanFilter & {
  /** Ids in the order wanted; all strategies of the engine unless said. */
  readonly strategies?: readonly string[]
  /** YYYY-MM-DD; the last session of the store unless said. */
  readonly date?: string
}

/** What to score. */
export type ScoreRequest = {
  /** A ticker, or `MARKET` for a strategy about the market. */
  readonly ticker: string
  readonly strategy: string
  /** YYYY-MM-DD; the last session of the store unless said. */
  readonly date?: string
}

/** Strategies over a store: the same calls for a service, a command line and a test. */
export interface Engine {
  readonly strategies: readonly Strategy[]
  readonly events: Emitter<EngineEvents>
  /**
   * Scores the whole market on a date.
   *
   * @throws RalphError E_STRATEGY_UNKNOWN, E_SESSION_NONE, E_DATE_INVALID, E_ENGINE_EMPTY
   */
  scan(request?: ScanRequest): Promise<EngineScan>
  /**
   * One card, compared with the rest of the market. The stock need not be eligible.
   *
   * @throws RalphError E_STRATEGY_UNKNOWN, E_STOCK_UNKNOWN, E_SESSION_NONE, E_DATE_INVALID,
   * E_ENGINE_EMPTY
   */
  score(request: ScoreRequest): Promise<ScoreCard>
  /**
   * The market as it was known on a date, loaded at most once; with as many bars as the strategies
   * read.
   *
   * @throws RalphError E_DATE_INVALID, E_ENGINE_EMPTY
   */
  market(date?: string): Promise<Market>
  /** Writes to the store, all or nothing, and forgets the loaded markets. */
  write(batch: MarketBatch): Promise<BatchReport>
  /** Forgets the loaded markets, when another process wrote to the store. */
  refresh(): void
}

/**
 * Assembles an engine.
 *
 * @throws RalphError E_ENGINE_DUPLICATE
 * @example
 * const engine = createEngine({ strategies: [vcp(), closingBet()], store })
 * const { results } = await engine.scan({ strategies: ['vcp'], top: 10 })
 */
export function createEngine(options: EngineOptions): Engine {
  const { strategies, store } = options
  requireDistinct(strategies)
  const events = createEvents()
  // One bar more than is scored, for the day's change; and enough to tell a stock from a young one.
  const loadBars = Math.max(MINIMUM_BARS, ...strategies.map(({ loadBars }) => loadBars + 1))
  const cache = createMarketCache(options.cachedMarkets ?? 2, async (through) => {
    const started = performance.now()
    const market = createMarket(await store.load({ through, bars: loadBars }))
    const ms = performance.now() - started
    events.emit('market:loaded', { through, stocks: market.members.length, ms })
    return market
  })

  // A summary counts every row, so it is asked for only where the date or an error needs it.
  const lastDate = async (): Promise<TradeDate> => {
    const { lastDate: date } = await store.summary()
    if (date !== null) return date
    throw new RalphError(
      'E_ENGINE_EMPTY',
      'the store holds no bars; import some first, or load the demo market',
    )
  }
  const marketOf = async (date: string | undefined): Promise<[Market, TradeDate]> => {
    const through = date === undefined ? await lastDate() : tradeDate(date)
    const market = await cache.get(through)
    if (market.sessions.length === 0) await lastDate()
    return [market, through]
  }

  return {
    strategies,
    events,
    async scan({ strategies: ids, date, ...filter } = {}) {
      const asked = ids === undefined ? strategies : pickStrategies(strategies, ids)
      const [market, asOf] = await marketOf(date)
      const started = performance.now()
      const scan = summarize(market, scanMarket(market, asked, asOf), asked, filter)
      events.emit('scan:done', { scan, ms: performance.now() - started })
      return scan
    },
    async score({ ticker, strategy: id, date }) {
      // Sound: one id gives one strategy, or throws.
      const [strategy] = pickStrategies(strategies, [id]) as [Strategy]
      const [market, asOf] = await marketOf(date)
      const card =
        strategy.subject === 'market'
          ? marketCard(market, strategy, asOf)
          : scoreStock(market, strategy, ticker, asOf)
      events.emit('score:done', { card })
      return card
    },
    async market(date) {
      const [market] = await marketOf(date)
      return market
    },
    async write(batch) {
      const report = await store.write(batch)
      cache.clear()
      events.emit('store:changed', { summary: await store.summary() })
      return report
    },
    refresh: () => cache.clear(),
  }
}

/**
 * Strategies by their ids, in the order of the ids, each once.
 *
 * @throws RalphError E_STRATEGY_UNKNOWN, which lists the known ids
 */
export function pickStrategies(
  strategies: readonly Strategy[],
  ids: readonly string[],
): readonly Strategy[] {
  return [...new Set(ids)].map((id) => {
    const found = strategies.find((strategy) => strategy.id === id)
    if (found !== undefined) return found
    const known = strategies.map((strategy) => strategy.id)
    throw new RalphError(
      'E_STRATEGY_UNKNOWN',
      `no strategy has the id "${id}"; known are ${known.join(', ')}`,
      { id, known },
    )
  })
}

function requireDistinct(strategies: readonly Strategy[]): void {
  const seen = new Set<string>()
  for (const { id } of strategies) {
    if (seen.has(id)) {
      throw new RalphError('E_ENGINE_DUPLICATE', `two strategies have the id ${id}`, { id })
    }
    seen.add(id)
  }
}

function marketCard(market: Market, strategy: Strategy, asOf: TradeDate): ScoreCard {
  // Sound: a strategy about the market has exactly one card.
  return scanMarket(market, [strategy], asOf).cards.get(strategy.id)?.[0] as ScoreCard
}

type MarketCache = {
  get(through: TradeDate): Promise<Market>
  clear(): void
}

// Concurrent readers of one date share one load; a load that failed is not kept.
function createMarketCache(
  size: number,
  load: (through: TradeDate) => Promise<Market>,
): MarketCache {
  const markets = new Map<TradeDate, Promise<Market>>()
  return {
    get(through) {
      const known = markets.get(through)
      if (known !== undefined) return known
      const loading = load(through)
      markets.set(through, loading)
      loading.catch(() => {
        if (markets.get(through) === loading) markets.delete(through)
      })
      const oldest = markets.keys().next().value
      if (markets.size > size && oldest !== undefined) markets.delete(oldest)
      return loading
    },
    clear: () => markets.clear(),
  }
}
