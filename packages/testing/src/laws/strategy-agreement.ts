import {
  dayNumber,
  epochMsOfKst,
  findDay,
  historyCard,
  historyOf,
  liveScorer,
  type Market,
  type ScoreCard,
  scoreHistory,
  scoreStock,
  type TradeDate,
} from '@ralph-stock/core'
import { sessionOf } from '../market/arbitraries.js'
import { type MarketRows, through } from '../market/market-rows.js'
import { ticksOf } from '../market/ticks.js'
import { difference, plainCard } from './compare.js'
import type { Law } from './law.js'
import { cardsOf, marketFor, rowsFor, type StrategySubject } from './strategy-subject.js'

/** A snapshot, a history and a live market say the same of the same bars. */
export const threeWaysAgree: Law<StrategySubject> = {
  id: 'three-ways-agree',
  statement: 'history, snapshot and live give the same bits',
  check: (subject, trial) => {
    if (!subject.aboutStocks) return null
    const rows = rowsFor(subject, trial)
    const market = marketFor(subject, rows)
    const early = sessionOf(rows, trial.choice % rows.sessions.length)
    return (
      historyDisagrees(subject, market, sessionOf(rows, 0)) ??
      historyDisagrees(subject, market, early) ??
      liveDisagrees(subject, rows, 1 + (trial.choice % 2))
    )
  },
}

function historyDisagrees(
  subject: StrategySubject,
  market: Market,
  date: TradeDate,
): string | null {
  const { strategy } = subject
  const history = scoreHistory(market, [strategy])
  const cards = cardsOf(subject, market, date)
  for (const { stock } of market.members) {
    const own = historyOf(history, strategy.id, stock.ticker)
    const bar = own === undefined ? -1 : findDay(own.days, dayNumber(date))
    if (own === undefined || bar < 0) continue
    const card = scoreStock(market, strategy, stock.ticker, date)
    const listed = cards.get(stock.ticker)
    const scan = listed === undefined ? null : difference(plainCard(listed), plainCard(card))
    if (scan !== null)
      return `${stock.ticker} on ${date}, in the scan and asked for alone: ${scan}.`
    const words = difference(historyCard(strategy, own, bar), briefCard(card))
    if (words !== null) return `${stock.ticker} on ${date}, in history and as a snapshot: ${words}.`
  }
  return null
}

function briefCard({ asOf, score, coverage, grade, criteria }: ScoreCard): unknown {
  const points = Object.fromEntries(criteria.map((line) => [line.id, line.points]))
  return { asOf, score, coverage, grade, points }
}

// The last sessions come tick by tick, the first of each opening a new bar.
function liveDisagrees(subject: StrategySubject, rows: MarketRows, live: number): string | null {
  if (rows.sessions.length <= live) return null
  const known = asKnownLive(rows, sessionOf(rows, live))
  const market = marketFor(subject, known)
  const scorer = liveScorer(marketFor(subject, through(known, sessionOf(rows, live))), [
    subject.strategy,
  ])
  for (let back = live - 1; back >= 0; back--) {
    const date = sessionOf(rows, back)
    const cards = cardsOf(subject, market, date)
    const { ticks, tickers } = ticksOf(market, date, subject.sources)
    for (const tick of ticks) {
      const result = scorer.update(tick)
      // A split on the day moves the base that the limits are reckoned from.
      if (!result.accepted && result.code === 'E_TICK_BEYOND_LIMIT') return null
      if (!result.accepted)
        return `A tick of ${tick.ticker} on ${date} was refused: ${result.message}.`
      const score = scorer.cards(tick.ticker)[0]?.score
      if (score !== result.scores[0]) {
        return `A tick of ${tick.ticker} on ${date} gives ${result.scores[0]}, its card ${score}.`
      }
    }
    scorer.refresh(epochMsOfKst(date, '15:31'))
    for (const ticker of tickers) {
      const card = cards.get(ticker)
      if (card === undefined) continue
      const own = scorer.cards(ticker)[0] as ScoreCard
      const words = difference(plainCard(card), plainCard(own))
      if (words !== null) return `${ticker} on ${date}, as a snapshot and live: ${words}.`
    }
  }
  return null
}

// Flows that come with ticks are estimates, and a feed tells one price, not two.
function asKnownLive(rows: MarketRows, before: TradeDate): MarketRows {
  const stocks = rows.stocks.map((one) => ({
    ...one,
    bars: one.bars.map((bar) => ({ ...bar, rawClose: null })),
    ...(one.flows === undefined
      ? {}
      : {
          flows: one.flows.map((flow) =>
            flow.date > before ? { ...flow, provisional: true } : flow,
          ),
        }),
  }))
  return { ...rows, stocks }
}
