import { findDay, type Series, seriesFromColumns } from '../bars/index.js'
import { type Column, createEvaluator, type SectorMeasure } from '../columns/index.js'
import { RalphError } from '../errors/index.js'
import { dayNumber, type TradeDate, tradeDate } from '../krx/index.js'
import type { Strategy } from '../strategy/define-strategy.js'
import {
  type EligibleMember,
  type Market,
  requireSession,
  selectUniverse,
  type Universe,
  unlistedStock,
} from '../universe/index.js'
import type { ScoreCard } from './card.js'
import { columnsOf } from './compile-strategy.js'
import { compareWithin, crossSectionsOf, groupNumbers } from './cross-section.js'
import { ALONE, type GivenValues, type Scorer, scorerOf } from './scorer.js'
import { sectorMeans } from './sectors.js'
import { sourceData } from './source-data.js'

/** The cards of a market on one date. */
export type MarketScan = {
  readonly asOf: TradeDate
  readonly universe: Universe
  /** By strategy id: a card of every eligible stock, best first; of the market, exactly one. */
  readonly cards: ReadonlyMap<string, readonly ScoreCard[]>
}

/**
 * Scores every eligible stock of the market by several strategies, which share their columns. Nothing
 * is dropped: a card says itself whether its strategy's screen shows it.
 *
 * @param asOf YYYY-MM-DD, a session
 * @throws RalphError E_DATE_INVALID, E_SESSION_NONE
 */
export function scanMarket(
  market: Market,
  strategies: readonly Strategy[],
  asOf: string,
): MarketScan {
  const date = tradeDate(asOf)
  const day = dayNumber(date)
  requireSession(market, day)
  const universe = selectUniverse(market, day)
  const stockStrategies = strategies.filter((strategy) => strategy.subject === 'stock')
  const scorer = scorerOf(stockStrategies)
  const given = compareMembers(scorer, universe.eligible, market)
  const lists = stockStrategies.map((): ScoreCard[] => [])
  const { universeDay } = market
  universe.eligible.forEach(({ member, bar }, m) => {
    const subject = { stock: member.stock, series: member.series, market }
    const cards = scorer.score(subject, bar, { given: given(m), universeDay })
    for (let s = 0; s < cards.length; s++) (lists[s] as ScoreCard[]).push(cards[s] as ScoreCard)
  })
  const cards = new Map<string, readonly ScoreCard[]>()
  for (const strategy of strategies) {
    const at = stockStrategies.indexOf(strategy)
    cards.set(
      strategy.id,
      at < 0
        ? [scoreMarket(strategy, market, universe)]
        : rankCards(lists[at] as ScoreCard[], universe.eligible),
    )
  }
  return { asOf: date, universe, cards }
}

/**
 * One card of one stock, compared with the rest of its market. The stock need not be eligible.
 *
 * @throws RalphError E_STOCK_UNKNOWN, E_SESSION_NONE (also when the stock did not trade), E_DATE_INVALID
 */
export function scoreStock(
  market: Market,
  strategy: Strategy,
  ticker: string,
  asOf: string,
): ScoreCard {
  const day = dayNumber(tradeDate(asOf))
  const member = market.member(ticker)
  if (member === undefined) {
    throw new RalphError('E_STOCK_UNKNOWN', `no stock has the ticker "${ticker}"`, { ticker })
  }
  requireSession(market, day)
  const bar = findDay(member.series.days, day)
  if (bar < 0) {
    const halted = findDay(member.series.halts, day) >= 0
    throw new RalphError(
      'E_SESSION_NONE',
      `${ticker} ${halted ? 'was halted' : 'has no bar'} on ${asOf}`,
      { ticker, asOf, halted },
    )
  }
  const scorer = scorerOf([strategy])
  const { eligible } = selectUniverse(market, day)
  const position = eligible.findIndex((one) => one.member === member)
  const compared = position < 0 ? [] : eligible
  const given = compareMembers(scorer, compared, market)
  const subject = { stock: member.stock, series: member.series, market }
  const [card] = scorer.score(subject, bar, {
    given: position < 0 ? ALONE.given : given(position),
    universeDay: market.universeDay,
  })
  return card as ScoreCard
}

/** The card of a strategy about the market itself, with its sectors from strongest to weakest. */
export function scoreMarket(strategy: Strategy, market: Market, universe: Universe): ScoreCard {
  const series = marketSeries(market, universe.day, strategy.lookback)
  const scorer = scorerOf([strategy])
  const sectors = scorer.plan.given.map(({ slot, column }) => {
    const { operation } = column
    if (operation.kind !== 'sectors') {
      throw new RalphError(
        'E_INPUT_CROSS_SECTION',
        `${strategy.id} is about the market, which has no peers: ${column.key}`,
      )
    }
    const means = meansOf(operation.measure, operation.input, universe.eligible, market)
    return { slot, means, measure: operation.measure }
  })
  const subject = {
    stock: { ...unlistedStock(MARKET_TICKER), name: '시장', market: 'ALL' },
    series,
    market,
  }
  const given: GivenValues = (slot) => {
    const found = sectors.find((sector) => sector.slot === slot)
    if (found === undefined) return Number.NaN
    return found.measure.reduce(Float64Array.from(found.means, (mean) => mean.change))
  }
  const [card] = scorer.score(subject, series.length - 1, {
    given,
    universeDay: market.universeDay,
    sectors: sectors[0]?.means ?? [],
  })
  return card as ScoreCard
}

/** The ticker of the card about the market. */
export const MARKET_TICKER = 'MARKET'

type Eligible = readonly EligibleMember[]

/** Computes the cross-sections of a date, and gives each member's values by its position. */
function compareMembers(
  scorer: Scorer,
  eligible: Eligible,
  market: Market,
): (position: number) => GivenValues {
  const sections = crossSectionsOf(columnsOf(scorer.compiled.map((one) => one.strategy)))
  if (sections.length === 0) return () => () => Number.NaN
  const evaluator = createEvaluator(sections.map(({ input }) => input))
  const values = sections.map(() => new Float64Array(eligible.length))
  eligible.forEach(({ member, bar }, m) => {
    evaluator.bind(sourceData(member.series, market))
    evaluator.run(bar, bar + 1)
    sections.forEach(({ input }, k) => {
      const slot = evaluator.plan.slotOf.get(input.key) as number
      ;(values[k] as Float64Array)[m] = (evaluator.arrays[slot] as Float64Array)[bar] as number
    })
  })
  const sectors = eligible.map(({ member }) => member.stock.sector)
  const bySlot = new Map<number, Float64Array>()
  sections.forEach(({ column, section }, k) => {
    const out = new Float64Array(eligible.length)
    compareWithin(section, values[k] as Float64Array, groupNumbers(section.group, sectors), out)
    bySlot.set(scorer.plan.slotOf.get(column.key) as number, out)
  })
  return (position) => (slot) => bySlot.get(slot)?.[position] ?? Number.NaN
}

function meansOf(
  measure: SectorMeasure,
  input: Column,
  eligible: Eligible,
  market: Market,
): ReturnType<typeof sectorMeans> {
  const evaluator = createEvaluator([input])
  const slot = evaluator.plan.slotOf.get(input.key) as number
  const values = Float64Array.from(eligible, ({ member, bar }) => {
    evaluator.bind(sourceData(member.series, market))
    evaluator.run(bar, bar + 1)
    return (evaluator.arrays[slot] as Float64Array)[bar] as number
  })
  return sectorMeans(
    measure,
    values,
    eligible.map(({ member }) => member.stock.sector),
  )
}

// The market's own series has one bar per session, so that "the bar before" is the session before.
function marketSeries(market: Market, day: number, lookback: number): Series {
  const days: number[] = [day]
  const { calendar } = market
  while (days.length < lookback && (days[0] as number) > calendar.first) {
    days.unshift(calendar.previous(days[0] as number))
  }
  const none = (): Float64Array => new Float64Array(days.length).fill(Number.NaN)
  return seriesFromColumns({
    ticker: MARKET_TICKER,
    days: Int32Array.from(days),
    columns: {
      'bars.open': none(),
      'bars.high': none(),
      'bars.low': none(),
      'bars.close': none(),
      'bars.volume': none(),
    },
  })
}

// Best first; of equals the better known, then the more traded, then by ticker.
function rankCards(cards: readonly ScoreCard[], eligible: Eligible): ScoreCard[] {
  const traded = eligible.map(
    ({ member, bar }) => member.series.columns['bars.tradedValue']?.[bar] ?? 0,
  )
  const order = cards.map((_, m) => m)
  order.sort((a, b) => {
    const left = cards[a] as ScoreCard
    const right = cards[b] as ScoreCard
    return (
      right.score - left.score ||
      right.coverage - left.coverage ||
      (traded[b] as number) - (traded[a] as number) ||
      a - b
    )
  })
  return order.map((m) => cards[m] as ScoreCard)
}
