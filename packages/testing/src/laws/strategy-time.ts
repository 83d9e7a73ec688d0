import {
  createMarket,
  fromDayNumber,
  historyOf,
  type Market,
  type Series,
  score,
  scoreHistory,
  type TradeDate,
} from '@ralph-stock/core'
import { sessionOf } from '../market/arbitraries.js'
import { type MarketRows, seriesOf, through } from '../market/market-rows.js'
import { difference, firstDifference, plainCard, scoredPart } from './compare.js'
import type { Law } from './law.js'
import { cardsOf, marketFor, rowsFor, type StrategySubject } from './strategy-subject.js'

/** What happens after a day changes nothing up to it. */
export const noLookAhead: Law<StrategySubject> = {
  id: 'no-look-ahead',
  statement: 'cutting off what came later changes nothing before',
  check: (subject, trial) => {
    const rows = rowsFor(subject, trial)
    const date = sessionOf(rows, 1 + (trial.choice % 12))
    const whole = marketFor(subject, rows)
    const cut = marketFor(subject, through(rows, date))
    const then = cardsOf(subject, cut, date)
    for (const [ticker, card] of cardsOf(subject, whole, date)) {
      const other = then.get(ticker)
      if (other === undefined) return `${ticker} has a card of ${date} only with later bars.`
      const words = difference(plainCard(card), plainCard(other))
      if (words !== null) return `${ticker} on ${date}, with later bars and without: ${words}.`
    }
    return subject.aboutStocks ? historyChanges(subject, whole, cut, date) : null
  },
}

function historyChanges(
  { strategy }: StrategySubject,
  whole: Market,
  cut: Market,
  date: TradeDate,
): string | null {
  const [later, earlier] = [scoreHistory(whole, [strategy]), scoreHistory(cut, [strategy])]
  for (const { stock, series } of cut.members) {
    const left = historyOf(later, strategy.id, stock.ticker)
    const right = historyOf(earlier, strategy.id, stock.ticker)
    if (left === undefined || right === undefined) continue
    for (const [id, points] of Object.entries(right.points)) {
      const long = left.points[id]?.subarray(0, series.length) ?? []
      const at = firstDifference(long, points)
      if (at < 0) continue
      const day = fromDayNumber(series.days[at] as number)
      return `In history ${id} of ${stock.ticker} on ${day} has ${long[at]} points with the bars after ${date}, and ${points[at]} without.`
    }
  }
  return null
}

/** The last `lookback` bars are all that a score depends on. */
export const locality: Law<StrategySubject> = {
  id: 'locality',
  statement: 'exactly lookback bars give the same bits as all bars',
  check: (subject, trial) => {
    const rows = rowsFor(subject, trial)
    const market = marketFor(subject, rows)
    const date = sessionOf(rows, 0)
    const tail = marketFor(subject, lastBars(rows, market, subject))
    const short = cardsOf(subject, tail, date)
    for (const [ticker, card] of cardsOf(subject, market, date)) {
      const other = short.get(ticker)
      if (other === undefined) return `${ticker} has no card on ${date} over its last bars alone.`
      const words = difference(plainCard(card), plainCard(other))
      if (words !== null) {
        return `${ticker} on ${date}, over all its bars and over its last ${subject.wholeBars}: ${words}.`
      }
    }
    return subject.aboutStocks ? aloneDiffers(subject, rows, market) : null
  },
}

// A stock by itself, with exactly as many bars as the strategy declares.
function aloneDiffers(subject: StrategySubject, rows: MarketRows, market: Market): string | null {
  const { strategy, ownColumns } = subject
  for (const one of rows.stocks) {
    const series = market.member(one.stock.ticker)?.series
    if (series === undefined || series.length <= strategy.lookback) continue
    const from = fromDayNumber(series.days[series.length - strategy.lookback] as number)
    const short: Series = seriesOf(
      { ...one, bars: one.bars.filter((b) => b.date >= from) },
      ownColumns,
    )
    const words = difference(
      scoredPart(score(strategy, createSolo(market, series))),
      scoredPart(score(strategy, createSolo(market, short))),
    )
    if (words !== null) {
      return `${series.ticker} alone, over ${series.length} bars and over ${strategy.lookback}: ${words}.`
    }
  }
  return null
}

// Ordinals of the market's sessions: alone, a series knows no sessions but its own.
function createSolo(market: Market, series: Series): Series {
  const { stock } = market.member(series.ticker) as Market['members'][number]
  const [member] = createMarket({ stocks: [{ stock, series }], calendar: market.calendar }).members
  return (member as Market['members'][number]).series
}

function lastBars(rows: MarketRows, market: Market, subject: StrategySubject): MarketRows {
  const stocks = rows.stocks.map((one) => {
    const series = market.member(one.stock.ticker)?.series
    const first = series?.days[series.length - subject.wholeBars]
    if (first === undefined) return one
    const from = fromDayNumber(first)
    return { ...one, bars: one.bars.filter((bar) => bar.date >= from) }
  })
  return { ...rows, stocks }
}
