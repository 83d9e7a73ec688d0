import {
  type Criterion,
  createMarket,
  type Market,
  type ScoreCard,
  type Series,
  scoreStock,
  type Values,
} from '@ralph-stock/core'
import { sessionOf } from '../market/arbitraries.js'
import type { Law } from './law.js'
import { cardsOf, marketFor, rowsFor, type StrategySubject } from './strategy-subject.js'

/** Criteria that claim it give the same points for prices in another unit. */
export const priceScale: Law<StrategySubject> = {
  id: 'price-scale-invariance',
  statement: 'criteria that claim it give the same points for prices in another unit',
  check: (subject, trial) => {
    const claiming = subject.strategy.criteria.filter(({ claims }) => claims.priceScaleInvariant)
    if (claiming.length === 0) return null
    const rows = rowsFor(subject, trial)
    const market = marketFor(subject, rows)
    const date = sessionOf(rows, 0)
    // Powers of two, so that every quotient keeps its bits.
    const factor = trial.choice % 2 === 0 ? 4 : 0.25
    const other = cardsOf(subject, scaledMarket(market, factor), date)
    for (const [ticker, card] of cardsOf(subject, market, date)) {
      for (const { id } of claiming) {
        const [left, right] = [pointsOf(card, id), pointsOf(other.get(ticker), id)]
        if (left === right) continue
        return `${id} of ${ticker} on ${date} has ${left} points, and ${right} with prices times ${factor}.`
      }
    }
    return null
  },
}

/** Criteria that claim it never punish more of an input (or less of one). */
export const monotone: Law<StrategySubject> = {
  id: 'monotonicity',
  statement: 'more of an input never costs points where a criterion claims so',
  check: (subject, trial) => {
    const rows = rowsFor(subject, trial)
    const market = marketFor(subject, rows)
    const cards = [0, 1, trial.choice % rows.sessions.length].flatMap((back) => [
      ...cardsOf(subject, market, sessionOf(rows, back)).values(),
    ])
    for (const criterion of subject.strategy.criteria) {
      const known = cards.flatMap((card) => valuesOf(card, criterion.id))
      for (const [name, direction] of Object.entries(criterion.claims.monotone ?? {})) {
        const words = notMonotone(criterion, name, direction, known)
        if (words !== null) return words
      }
    }
    return null
  },
}

/** Taking data away never earns points. */
export const unknownNeverHelps: Law<StrategySubject> = {
  id: 'unknown-never-helps',
  statement: 'taking data away never earns points',
  check: (subject, trial) => {
    const names = subject.sources.filter((name) => !/^(?:bars|sessions)\./.test(name))
    const name = names[trial.choice % Math.max(1, names.length)]
    if (name === undefined) return null
    const rows = rowsFor(subject, trial)
    const market = marketFor(subject, rows)
    const date = sessionOf(rows, 0)
    // All of it, the last value, or one some bars ago.
    const which = [null, 0, 1 + (trial.choice % 7)][Math.floor(trial.choice / 7) % 3] ?? null
    for (const [ticker, card] of cardsOf(subject, market, date)) {
      const poorer = withoutValues(market, ticker, name, which)
      const other = subject.aboutStocks
        ? scoreStock(poorer, subject.strategy, ticker, date)
        : cardsOf(subject, poorer, date).get(ticker)
      const helped = helpedBy(card, other)
      if (helped !== null) return `${ticker} on ${date} without ${spoken(name, which)}: ${helped}.`
    }
    return null
  },
}

function pointsOf(card: ScoreCard | undefined, id: string): number | null | undefined {
  return card?.criteria.find((line) => line.id === id)?.points
}

function valuesOf(card: ScoreCard, id: string): Values[] {
  const line = card.criteria.find((one) => one.id === id)
  // Sound: known points mean that every input was a number.
  return line === undefined || line.points === null ? [] : [line.evidence as Values]
}

function notMonotone(
  criterion: Criterion,
  name: string,
  direction: 'up' | 'down',
  known: readonly Values[],
): string | null {
  for (const [i, values] of known.entries()) {
    const own = values[name] as number
    const another = known[(i * 7 + 3) % known.length]?.[name] ?? own
    for (const changed of [another, own + 1, own - 1, own * 1.01, own * 0.5, own + 0.01]) {
      const [low, high] = changed < own ? [changed, own] : [own, changed]
      const at = (value: number): number => criterion.score({ ...values, [name]: value })
      const [fewer, more] = direction === 'up' ? [at(low), at(high)] : [at(high), at(low)]
      if (!(fewer > more)) continue
      return `${criterion.id} claims to go ${direction} with ${name}; it gives ${at(low)} points at ${low} and ${at(high)} at ${high}, all else as in ${JSON.stringify(values)}.`
    }
  }
  return null
}

const PRICES = [
  'bars.open',
  'bars.high',
  'bars.low',
  'bars.close',
  'bars.rawClose',
  'bars.tradedValue',
]

function scaledMarket(market: Market, factor: number): Market {
  return rebuilt(market, (series) => {
    const columns: Record<string, Float64Array> = { ...series.columns }
    for (const name of PRICES) {
      const values = columns[name]
      if (values !== undefined) columns[name] = values.map((value) => value * factor)
    }
    return { ...series, columns, magnitudes: {} }
  })
}

function withoutValues(market: Market, ticker: string, name: string, which: number | null): Market {
  const field = name.startsWith('index.') ? `bars.${name.slice(name.lastIndexOf('.') + 1)}` : name
  return rebuilt(market, (series) => {
    const index = name.startsWith(`index.${series.ticker}.`)
    const values = series.columns[field]
    if (values === undefined || (!index && (series.ticker !== ticker || field !== name))) {
      return series
    }
    const kept = values.map((value, i) =>
      which === null || i === values.length - 1 - which ? Number.NaN : value,
    )
    return { ...series, columns: { ...series.columns, [field]: kept } }
  })
}

function rebuilt(market: Market, change: (series: Series) => Series): Market {
  return createMarket({
    stocks: market.members.map(({ stock, series }) => ({ stock, series: change(series) })),
    indexes: Object.fromEntries(
      Object.entries(market.indexes).map(([name, series]) => [name, change(series)]),
    ),
    calendar: market.calendar,
  })
}

function helpedBy(before: ScoreCard, after: ScoreCard | undefined): string | null {
  if (after === undefined) return null
  for (const line of before.criteria) {
    const now = pointsOf(after, line.id) ?? 0
    if (now > (line.points ?? 0))
      return `${line.id} goes from ${line.points ?? 'unknown'} to ${now} points`
  }
  return after.score > before.score ? `the score goes from ${before.score} to ${after.score}` : null
}

function spoken(name: string, which: number | null): string {
  if (which === null) return `any ${name}`
  return which === 0 ? `the last ${name}` : `the ${name} of ${which} bars before`
}
