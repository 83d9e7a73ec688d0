import {
  countReasons,
  dayNumber,
  findDay,
  type Market,
  type MarketFilter,
  type MarketScan,
  type ScoreCard,
  type Strategy,
  type TradeDate,
} from '@ralph-stock/core'

/** The price of a stock on the date of its card. */
export type Quote = {
  /** KRW. */
  readonly close: number
  /** Change from the stock's last traded bar as a fraction; null on its first bar. */
  readonly change: number | null
  /** KRW. */
  readonly tradedValue: number
}

/** A card with the price beside it; the market's own card has none. */
export type ScanEntry = { readonly card: ScoreCard; readonly quote: Quote | null }

/** Which cards of a scan to keep. Stocks are compared with the whole universe, whatever is kept. */
export type ScanFilter = {
  /** `ALL` unless said. */
  readonly market?: MarketFilter
  /** This grade or better. A strategy whose scale lacks the grade keeps all. */
  readonly minimumGrade?: string
  /** Every eligible stock, not only those that the strategy's screen shows. */
  readonly all?: boolean
  /** At most this many of each strategy. */
  readonly top?: number
}

/** What one strategy says. */
export type StrategyScan = {
  readonly strategy: Strategy
  /** Kept by the filter, best first. */
  readonly entries: readonly ScanEntry[]
  /** How many cards there are by grade, in the order of the scale, before any filter. */
  readonly grades: Readonly<Record<string, number>>
  /** How many the screen shows, before any filter. */
  readonly screened: number
  /** By criterion id: for how many cards it is unknown. */
  readonly unknown: Readonly<Record<string, number>>
}

/** The result of a scan. */
export type EngineScan = {
  readonly asOf: TradeDate
  readonly universe: {
    readonly eligible: number
    /** By reason, most frequent first. */
    readonly excluded: Readonly<Record<string, number>>
    /** Date of the stock list, when it is not that of `asOf`. */
    readonly asOf: TradeDate | null
  }
  /** In the order asked for. */
  readonly results: readonly StrategyScan[]
}

/** Sums up a scan and keeps what the filter asks for. */
export function summarize(
  market: Market,
  scan: MarketScan,
  strategies: readonly Strategy[],
  filter: ScanFilter,
): EngineScan {
  const day = dayNumber(scan.asOf)
  const results = strategies.map((strategy): StrategyScan => {
    const cards = scan.cards.get(strategy.id) ?? []
    const kept = cards.filter((card) => isKept(strategy, card, filter))
    return {
      strategy,
      entries: kept
        .slice(0, filter.top)
        .map((card) => ({ card, quote: quoteOf(market, card.ticker, day) })),
      grades: gradeCounts(strategy, cards),
      screened: cards.filter((card) => card.screen.passed).length,
      unknown: unknownCounts(cards),
    }
  })
  const [first] = results.flatMap(({ strategy }) => scan.cards.get(strategy.id) ?? [])
  return {
    asOf: scan.asOf,
    universe: {
      eligible: scan.universe.eligible.length,
      excluded: countReasons(scan.universe),
      asOf: first?.universeAsOf ?? null,
    },
    results,
  }
}

/** The price of a stock on a day; null when it has none. */
export function quoteOf(market: Market, ticker: string, day: number): Quote | null {
  const series = market.member(ticker)?.series
  const bar = series === undefined ? -1 : findDay(series.days, day)
  if (series === undefined || bar < 0) return null
  const close = series.columns['bars.close'] as Float64Array
  const before = close[bar - 1]
  return {
    close: close[bar] as number,
    change: before === undefined ? null : (close[bar] as number) / before - 1,
    tradedValue: series.columns['bars.tradedValue']?.[bar] ?? Number.NaN,
  }
}

function isKept(strategy: Strategy, card: ScoreCard, filter: ScanFilter): boolean {
  if (strategy.subject === 'market') return true
  const { market = 'ALL', minimumGrade, all = false } = filter
  if (market !== 'ALL' && card.market !== market) return false
  if (!all && !card.screen.passed) return false
  if (minimumGrade === undefined) return true
  const least = strategy.scale.labels.indexOf(minimumGrade)
  const own = strategy.scale.labels.indexOf(card.grade)
  return least < 0 || (own >= 0 && own <= least)
}

function gradeCounts(strategy: Strategy, cards: readonly ScoreCard[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const label of strategy.scale.labels) counts[label] = 0
  for (const { grade } of cards) counts[grade] = (counts[grade] ?? 0) + 1
  return counts
}

function unknownCounts(cards: readonly ScoreCard[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const card of cards) {
    for (const { id, points } of card.criteria) {
      if (points === null) counts[id] = (counts[id] ?? 0) + 1
    }
  }
  return counts
}
