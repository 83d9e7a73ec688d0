import type { StoredFlow } from '@ralph-stock/adapters-timescale'
import { isRalphError, RalphError, type ScoreCard } from '@ralph-stock/core'
import type { FlowDay, FlowView, StockScoreView } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { cardView } from './card-view.js'
import { quotedStock } from './quote-view.js'
import { sessionOf } from './store-state.js'

/**
 * Net buying of a stock by day, newest first, and what the VCP card makes of it.
 *
 * @throws RalphError E_STOCK_UNKNOWN
 */
export async function flowView(
  context: ServerContext,
  ticker: string,
  days: number,
): Promise<FlowView> {
  await quotedStock(context, ticker)
  const flows = await context.store.repositories.stocks.flows(ticker, days)
  const data = flows.reverse().map(flowDay)
  return {
    ticker,
    period_days: days,
    data,
    smartmoney_score: await smartMoney(context, ticker),
    total_points: data.length,
  }
}

function flowDay(flow: StoredFlow): FlowDay {
  return {
    date: flow.date,
    foreign_net: flow.foreignNetBuy,
    inst_net: flow.instNetBuy,
    foreign_net_amount: flow.foreignNetBuyAmount,
    inst_net_amount: flow.instNetBuyAmount,
    provisional: flow.provisional,
  }
}

const SMART_MONEY = 'smart-money'

async function smartMoney(context: ServerContext, ticker: string): Promise<number | null> {
  const card =
    context.live?.cards(ticker).find(({ strategyId }) => strategyId === 'vcp') ??
    (await cardOrNull(context, ticker, 'vcp'))
  const parts = card?.criteria.filter(({ id }) => id.startsWith(`${SMART_MONEY}.`)) ?? []
  const isKnown = parts.length > 0 && parts.every(({ points }) => points !== null)
  return isKnown ? (card?.subScores[SMART_MONEY] ?? null) : null
}

const NO_CARD: readonly string[] = ['E_SESSION_NONE', 'E_STRATEGY_UNKNOWN', 'E_ENGINE_EMPTY']

// A stock that did not trade in the last session has no card of it.
async function cardOrNull(
  context: ServerContext,
  ticker: string,
  strategy: string,
): Promise<ScoreCard | null> {
  try {
    const date = await sessionOf(context, undefined)
    return await context.engine.score({ ticker, strategy, date })
  } catch (error) {
    if (isRalphError(error) && NO_CARD.includes(error.code)) return null
    throw error
  }
}

/**
 * The cards of a stock: as they stand in the session that is on, or of a stored one.
 *
 * @param strategy every stock strategy unless said
 * @throws RalphError E_STOCK_UNKNOWN, E_STRATEGY_UNKNOWN, E_MARKET_NEEDED, E_SESSION_NONE,
 * E_DATE_INVALID, E_ENGINE_EMPTY
 */
export async function stockScoreView(
  context: ServerContext,
  ticker: string,
  strategy: string | undefined,
  date: string | undefined,
): Promise<StockScoreView> {
  const wanted = wantedStrategies(context, strategy)
  await quotedStock(context, ticker)
  if (date === undefined) {
    const live = context.live?.cards(ticker).filter(({ strategyId }) => wanted.includes(strategyId))
    if (live !== undefined && live.length > 0) {
      return { ticker, live: true, cards: live.map(cardView) }
    }
  }
  const asOf = await sessionOf(context, date)
  const cards: ScoreCard[] = []
  for (const id of wanted)
    cards.push(await context.engine.score({ ticker, strategy: id, date: asOf }))
  return { ticker, live: false, cards: cards.map(cardView) }
}

function wantedStrategies({ engine }: ServerContext, asked: string | undefined): string[] {
  const about = engine.strategies.filter(({ subject }) => subject === 'stock').map(({ id }) => id)
  if (asked === undefined) return about
  const subject = engine.strategies.find(({ id }) => id === asked)?.subject
  if (subject !== 'market') return [asked]
  throw new RalphError(
    'E_MARKET_NEEDED',
    `${asked} is about the whole market, not about one stock`,
    {
      strategy: asked,
    },
  )
}
