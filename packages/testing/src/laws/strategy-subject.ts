import {
  type Column,
  type Market,
  planEvaluation,
  type ScoreCard,
  type Strategy,
  scanMarket,
  sourcesOf,
  type TradeDate,
} from '@ralph-stock/core'
import { INDEXES, type MarketRows, marketOf, rowsOf } from '../market/market-rows.js'
import type { Trial } from './law.js'

/** A strategy with what its laws need to know of it. */
export type StrategySubject = {
  readonly strategy: Strategy
  readonly aboutStocks: boolean
  /** Every source column that its cards read. */
  readonly sources: readonly string[]
  /** Names of columns that no market of ours has: made up for it. */
  readonly ownColumns: readonly string[]
  readonly indexes: readonly string[]
  /** Bars that a stock needs so that cards, and comparisons with it, are complete. */
  readonly wholeBars: number
}

const BUILT_IN = /^(?:bars|flows|news|index|sessions)\./

/** Looks at what a strategy reads. */
export function strategySubject(strategy: Strategy): StrategySubject {
  const columns = columnsOf(strategy)
  const plan = planEvaluation(columns)
  const compared = plan.given.flatMap(({ column }) => inputOf(column))
  const sources = [...new Set([...columns, ...compared].flatMap(sourcesOf))]
  const indexNames = sources
    .filter((name) => name.startsWith('index.'))
    .map((name) => name.slice('index.'.length, name.lastIndexOf('.')))
  return {
    strategy,
    aboutStocks: strategy.subject === 'stock',
    sources,
    ownColumns: sources.filter((name) => !BUILT_IN.test(name)),
    indexes: [...new Set([...INDEXES, ...indexNames])],
    wholeBars: Math.max(20, strategy.loadBars, ...compared.map(({ lookback }) => lookback)),
  }
}

/** The rows of a trial's market. */
export function rowsFor(subject: StrategySubject, { script }: Trial): MarketRows {
  return rowsOf(script, subject.indexes)
}

/** The market of rows, with the columns of the author's own. */
export function marketFor(subject: StrategySubject, rows: MarketRows): Market {
  return marketOf(rows, subject.ownColumns)
}

/** The strategy's cards of a date by ticker; of the market, one. */
export function cardsOf(
  subject: StrategySubject,
  market: Market,
  date: TradeDate,
): Map<string, ScoreCard> {
  const { strategy } = subject
  const cards = scanMarket(market, [strategy], date).cards.get(strategy.id) ?? []
  return new Map(cards.map((card) => [card.ticker, card]))
}

function columnsOf(strategy: Strategy): Column[] {
  return [
    ...strategy.criteria.flatMap(({ inputs, evidence }) => [
      ...Object.values(inputs),
      ...Object.values(evidence),
    ]),
    ...strategy.screen.conditions.flatMap((one) => Object.values(one.inputs)),
    ...Object.values(strategy.evidence?.inputs ?? {}),
  ]
}

function inputOf({ operation }: Column): Column[] {
  return operation.kind === 'cross-section' || operation.kind === 'sectors' ? [operation.input] : []
}
