import {
  type Market,
  type ScoreCard,
  type Series,
  type Strategy,
  score,
  scoreHistory,
  scoreStock,
} from '@ralph-stock/core'
import { sessionOf } from '../market/arbitraries.js'
import { difference, firstDifference, plainCard } from './compare.js'
import { BOUNDS, type Law, TOTAL } from './law.js'
import { cardsOf, marketFor, rowsFor, type StrategySubject } from './strategy-subject.js'

/** Points lie between 0 and their maximum, and the card's numbers follow from them. */
export const pointsWithinBounds: Law<StrategySubject> = {
  id: BOUNDS,
  statement: 'points are within their bounds and sum to the score',
  check: (subject, trial) => {
    const rows = rowsFor(subject, trial)
    const market = marketFor(subject, rows)
    for (const card of cardsOf(subject, market, sessionOf(rows, 0)).values()) {
      const wrong = wrongSum(subject.strategy, card)
      if (wrong !== null) return `The card of ${card.ticker} on ${card.asOf}: ${wrong}.`
    }
    return null
  },
}

/** No market makes a strategy throw, whoever is eligible and whatever is missing. */
export const total: Law<StrategySubject> = {
  id: TOTAL,
  statement: 'no market makes it throw',
  check: (subject, trial) => {
    const rows = rowsFor(subject, trial)
    const market = marketFor(subject, rows)
    const { strategy } = subject
    for (const back of [0, trial.choice % rows.sessions.length]) {
      for (const card of cardsOf(subject, market, sessionOf(rows, back)).values()) plainCard(card)
    }
    if (!subject.aboutStocks) return null
    scoreHistory(market, [strategy])
    for (const { series } of market.members) {
      if (series.length > 0) plainCard(score(strategy, series))
    }
    return null
  },
}

/** Nothing that a strategy is given is changed by it. */
export const noInputMutated: Law<StrategySubject> = {
  id: 'no-input-mutated',
  statement: 'nothing that it reads is changed',
  check: (subject, trial) => {
    const rows = rowsFor(subject, trial)
    const market = marketFor(subject, rows)
    const untouched = marketFor(subject, rows)
    const cards = [...cardsOf(subject, market, sessionOf(rows, 0)).values()]
    if (subject.aboutStocks) scoreHistory(market, [subject.strategy])
    const changed = changedColumn(untouched, market)
    if (changed !== null) return changed
    for (const card of cards) {
      const before = card.criteria.map(({ evidence }) => ({ ...evidence }))
      const read = plainCard(card)
      const words = difference(
        before,
        card.criteria.map(({ evidence }) => evidence),
      )
      if (words !== null) return `Reading the reasons of ${read['ticker']} changed them: ${words}.`
    }
    return null
  },
}

/** The same market gives the same cards again. */
export const determinism: Law<StrategySubject> = {
  id: 'determinism',
  statement: 'the same market gives the same cards',
  check: (subject, trial) => {
    const rows = rowsFor(subject, trial)
    const date = sessionOf(rows, 0)
    const scan = (): unknown[] =>
      [...cardsOf(subject, marketFor(subject, rows), date).values()].map(plainCard)
    // The first scan leaves behind whatever a strategy remembers; the next two start from the same.
    scan()
    const words = difference(scan(), scan())
    return words === null ? null : `Scored twice, ${words}.`
  },
}

/** A card does not depend on what was scored before it. */
export const noMemory: Law<StrategySubject> = {
  id: 'no-memory',
  statement: 'a card does not depend on what was scored before',
  check: (subject, trial) => {
    const rows = rowsFor(subject, trial)
    const market = marketFor(subject, rows)
    const date = sessionOf(rows, 0)
    const cards = cardsOf(subject, market, date)
    const tickers = [...cards.keys()].reverse()
    for (const [i, ticker] of tickers.entries()) {
      const earlier = sessionOf(rows, 1 + ((trial.choice + i) % (rows.sessions.length - 1)))
      cardsOf(subject, market, earlier)
      const again = subject.aboutStocks
        ? scoreStock(market, subject.strategy, ticker, date)
        : cardsOf(subject, market, date).get(ticker)
      const first = cards.get(ticker)
      if (first === undefined || again === undefined) continue
      const words = difference(plainCard(first), plainCard(again))
      if (words !== null) return `${ticker} on ${date}, scored after ${earlier}: ${words}.`
    }
    return null
  },
}

function wrongSum(strategy: Strategy, card: ScoreCard): string | null {
  let sum = 0
  let known = 0
  for (const group of strategy.groups) {
    let points = 0
    for (const line of card.criteria.slice(group.first, group.end)) {
      const value = line.points
      if (value === null) continue
      if (!(value >= 0 && value <= line.maxPoints)) {
        return `${line.id} has ${value} of ${line.maxPoints} points`
      }
      points += value
      known += line.maxPoints
    }
    sum += group.weight * points
  }
  if (sum !== card.score) return `its criteria sum to ${sum}, its score is ${card.score}`
  if (!(card.score >= 0 && card.score <= strategy.maxScore * (1 + 1e-9))) {
    return `its score ${card.score} is not from 0 to ${strategy.maxScore}`
  }
  const coverage = known / strategy.allPoints
  return coverage === card.coverage ? null : `its coverage is ${card.coverage}, not ${coverage}`
}

function changedColumn(before: Market, after: Market): string | null {
  const pairs: Array<readonly [Series, Series]> = before.members.map((member, m) => [
    member.series,
    (after.members[m] as Market['members'][number]).series,
  ])
  for (const [name, series] of Object.entries(before.indexes)) {
    pairs.push([series, after.indexes[name] as Series])
  }
  for (const [left, right] of pairs) {
    for (const [name, values] of Object.entries({ ...left.columns, days: left.days })) {
      const now = name === 'days' ? right.days : (right.columns[name] as Float64Array)
      const at = firstDifference(values, now)
      if (at >= 0) {
        return `${name} of ${left.ticker} was ${values[at]} at bar ${at} and is ${now[at]} after scoring.`
      }
    }
  }
  return null
}
