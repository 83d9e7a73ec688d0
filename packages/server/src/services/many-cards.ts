import { isRalphError, RalphError, type ScoreCard, type TradeDate } from '@ralph-stock/core'
import type { AnalysesView, StrategyId } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { cardView } from './card-view.js'
import { isoOf } from './session-view.js'
import { sessionOf } from './store-state.js'

type Result = AnalysesView['results'][number]

/**
 * One strategy's cards of many stocks, each a card or the reason why there is none: as they stand in the
 * session that is on, else of the last stored one, where the market is compared once for all of them.
 *
 * @throws RalphError E_STRATEGY_UNKNOWN, E_ENGINE_EMPTY
 */
export async function analysesView(
  context: ServerContext,
  strategy: StrategyId,
  tickers: readonly string[],
): Promise<AnalysesView> {
  const wanted = [...new Set(tickers)]
  const live = new Map<string, ScoreCard>()
  for (const ticker of wanted) {
    const card = context.live?.cards(ticker).find(({ strategyId }) => strategyId === strategy)
    if (card !== undefined) live.set(ticker, card)
  }
  const rest = wanted.filter((ticker) => !live.has(ticker))
  const stored = rest.length === 0 ? new Map() : await storedCards(context, strategy, rest)
  return {
    results: wanted.map((ticker): Result => {
      const card = live.get(ticker)
      if (card === undefined) return stored.get(ticker) as Result
      return { ticker, live: true, card: cardView(card), error: null }
    }),
    count: wanted.length,
    analyzed_at: isoOf(context.clock.now()),
  }
}

async function storedCards(
  context: ServerContext,
  strategy: StrategyId,
  tickers: readonly string[],
): Promise<Map<string, Result>> {
  const date = await sessionOf(context, undefined)
  const scan = await context.engine.scan({ strategies: [strategy], date, all: true })
  const eligible = new Map(scan.results[0]?.entries.map(({ card }) => [card.ticker, card]))
  const results = new Map<string, Result>()
  for (const ticker of tickers) {
    const card = eligible.get(ticker) ?? (await cardOrError(context, strategy, ticker, date))
    results.set(
      ticker,
      card instanceof RalphError
        ? { ticker, live: false, card: null, error: { code: card.code, message: card.message } }
        : { ticker, live: false, card: cardView(card), error: null },
    )
  }
  return results
}

// A stock that no scan considers has a card all the same, compared with nobody.
async function cardOrError(
  { engine }: ServerContext,
  strategy: StrategyId,
  ticker: string,
  date: TradeDate,
): Promise<ScoreCard | RalphError> {
  try {
    return await engine.score({ ticker, strategy, date })
  } catch (error) {
    if (isRalphError(error) && OF_THE_STOCK.includes(error.code)) return error
    throw error
  }
}

const OF_THE_STOCK: readonly string[] = ['E_STOCK_UNKNOWN', 'E_SESSION_NONE']
