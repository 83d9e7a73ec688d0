import {
  dayNumberOfEpochMs,
  fromDayNumber,
  type LiveScorer,
  liveScorer,
  type Market,
  MINIMUM_BARS,
  RalphError,
  type ScoreCard,
  type SessionCalendar,
  type Strategy,
  scanMarket,
  sourcesOf,
  type Tick,
  type TickResult,
  type TradeDate,
  type VolumeShare,
} from '@ralph-stock/core'
import { pickStrategies } from '../engine.js'
import { type EngineScan, type ScanFilter, summarize } from '../scan-result.js'
import { type IndexBoard, indexBoard } from './indexes.js'
import { type QuoteTable, quoteTable, type TickRange } from './quotes.js'

/** Net buying of a stock in the session so far, KRW. A side that is absent stays what it was. */
export type LiveFlows = {
  readonly foreign?: number
  readonly institution?: number
  /** Estimates of the session, or the figures of the close. */
  readonly provisional: boolean
}

/** What a board is made of. */
export type BoardOptions = {
  readonly market: Market
  readonly strategies: readonly Strategy[]
  readonly calendar: SessionCalendar
  readonly indexNames: readonly string[]
  /** The strategy whose score is told with every tick. */
  readonly watched: Strategy | null
  /** Projects the volume of the watched strategy to the whole session; null for none. */
  readonly share: VolumeShare | null
  readonly crossSectionCadenceMs: number
}

/** The market as it stands: prices, indexes, flows and the cards that follow from them. */
export interface Board {
  readonly quotes: QuoteTable
  readonly indexes: IndexBoard
  /** Day number of the latest session seen; -Infinity in an empty market. */
  day(): number
  position(ticker: string): number | undefined
  update(tick: Tick): TickResult
  /** What the last tick taken printed; used again by the next one. */
  readonly range: TickRange | null
  /** Score of the watched strategy after the last tick taken; NaN without one. */
  readonly watchedScore: number
  flows(position: number, day: number, flows: LiveFlows): void
  /** What was told of a stock's net buying last; null before anything was. */
  toldFlows(position: number): { readonly day: number; readonly flows: LiveFlows } | null
  cards(ticker: string): ScoreCard[]
  card(ticker: string, strategyId: string): ScoreCard
  /** Stocks that traded in the session and are eligible in it. */
  eligible(): number
  isEligible(position: number): boolean
  market(): Market
  scan(ids: readonly string[] | undefined, filter: ScanFilter): EngineScan
  /** The card of a strategy about the market; null while there is no session. */
  marketCard(strategy: Strategy): ScoreCard | null
  /** The session is over: volumes are what was traded. */
  settle(at: number): void
}

/** What the market's own strategies read of a stock: enough to be eligible, and little to copy. */
const GATE_BARS = MINIMUM_BARS + 1

const UNTRADED: TickResult = {
  accepted: false,
  code: 'E_TICK_VALUE',
  message: 'nothing was traded in the session yet; a tick must have a volume above 0',
}

/** Starts with a history. */
export function createBoard(options: BoardOptions): Board {
  const { market, strategies, calendar, watched, share, crossSectionCadenceMs } = options
  const quotes = quoteTable(market)
  const indexes = indexBoard(market, options.indexNames, calendar)
  const positions = new Map(market.members.map(({ stock }, m) => [stock.ticker, m]))
  const ofStocks = strategies.filter(({ subject }) => subject === 'stock')
  // Bars with a projected volume are not those of the market, so they are kept apart.
  const projected = share === null || watched === null ? [] : [watched]
  const isProjected = (strategy: Strategy): boolean => projected.includes(strategy)
  const exact = ofStocks.filter((one) => !isProjected(one))
  const plain = liveScorer(market, exact, { crossSectionCadenceMs })
  const ahead =
    share === null || projected.length === 0
      ? null
      : liveScorer(market, projected, { crossSectionCadenceMs, volumeShare: share })
  const scorers = ahead === null ? [plain] : [plain, ahead]
  const scorerOf = (strategy: Strategy): LiveScorer =>
    ahead !== null && isProjected(strategy) ? ahead : plain
  const watchedAt = watched === null ? -1 : (ahead === null ? exact : projected).indexOf(watched)

  const toldFlows = new Map<number, { readonly day: number; readonly flows: LiveFlows }>()
  // Flows that came before the first trade of the session wait for its bar.
  const waiting = new Map<number, { readonly day: number; readonly flows: LiveFlows }>()
  let session = market.sessions[market.sessions.length - 1] ?? Number.NEGATIVE_INFINITY
  let range: TickRange | null = null
  let watchedScore = Number.NaN

  const tickerOf = (position: number): string =>
    // Sound: positions are those of the market's members.
    (market.members[position] as Market['members'][number]).stock.ticker
  const isEligible = (position: number): boolean =>
    quotes.day(position) === session &&
    market.members[position]?.listingReason === null &&
    quotes.bars(position) >= MINIMUM_BARS
  const countEligible = (): number => {
    let count = 0
    for (let m = 0; m < market.members.length; m++) if (isEligible(m)) count++
    return count
  }
  let eligible = countEligible()
  const writeFlows = (position: number, day: number, flows: LiveFlows): boolean => {
    const columns: Record<string, number> = {}
    if (flows.foreign !== undefined) columns['flows.foreign'] = flows.foreign
    if (flows.institution !== undefined) columns['flows.institution'] = flows.institution
    const ticker = tickerOf(position)
    const amendment = { day, columns, provisional: flows.provisional }
    return scorers.map((scorer) => scorer.amend(ticker, amendment)).includes(true)
  }
  const snapshot = (scorer: LiveScorer): Market => scorer.market({ indexes: indexes.series() })

  return {
    quotes,
    indexes,
    day: () => Math.max(session, indexes.day()),
    position: (ticker) => positions.get(ticker),
    get range() {
      return range
    },
    get watchedScore() {
      return watchedScore
    },
    update(tick) {
      // Before the first trade a feed tells expected prices, with no volume: they are no bar.
      if (tick.volume === 0) return UNTRADED
      const result = plain.update(tick)
      if (!result.accepted) return result
      const told = ahead === null ? result : ahead.update(tick)
      watchedScore = told.accepted ? (told.scores[watchedAt] ?? Number.NaN) : Number.NaN
      // Sound: the scorer took a tick of this stock, so the market holds it.
      const position = positions.get(tick.ticker) as number
      const day = dayNumberOfEpochMs(tick.at)
      if (day > session) {
        session = day
        eligible = 0
      }
      range = quotes.take(position, day, tick)
      if (range.first && isEligible(position)) eligible++
      if (waiting.size > 0) {
        const held = waiting.get(position)
        if (held !== undefined && held.day <= day) {
          waiting.delete(position)
          writeFlows(position, held.day, held.flows)
        }
      }
      return result
    },
    toldFlows: (position) => toldFlows.get(position) ?? null,
    flows(position, day, flows) {
      const told = toldFlows.get(position)
      toldFlows.set(position, {
        day,
        flows: told?.day === day ? { ...told.flows, ...flows } : flows,
      })
      if (writeFlows(position, day, flows)) return
      const held = waiting.get(position)
      waiting.set(position, { day, flows: held?.day === day ? { ...held.flows, ...flows } : flows })
    },
    cards(ticker) {
      const of = new Map(
        scorers.flatMap((scorer) => scorer.cards(ticker)).map((card) => [card.strategyId, card]),
      )
      return ofStocks.flatMap(({ id }) => of.get(id) ?? [])
    },
    card(ticker, strategyId) {
      const [strategy] = pickStrategies(ofStocks, [strategyId]) as [Strategy]
      // Sound: a scorer gives one card of each of its strategies.
      return scorerOf(strategy)
        .cards(ticker)
        .find((card) => card.strategyId === strategyId) as ScoreCard
    },
    eligible: () => eligible,
    isEligible,
    market: () => snapshot(plain),
    scan(ids, filter) {
      const asked = ids === undefined ? strategies : pickStrategies(strategies, ids)
      const date = dateOf(this.day())
      const now = snapshot(plain)
      const rest = asked.filter((one) => scorerOf(one) === plain)
      const scan = scanMarket(now, rest, date)
      const cards = new Map(scan.cards)
      // The projected volume is in the other scorer's bars alone.
      if (ahead !== null && rest.length < asked.length) {
        for (const [id, list] of scanMarket(snapshot(ahead), projected, date).cards)
          cards.set(id, list)
      }
      return summarize(now, { ...scan, cards }, asked, filter)
    },
    marketCard(strategy) {
      const day = this.day()
      if (!Number.isFinite(day)) return null
      const view = { bars: GATE_BARS, columns: columnsRead(strategy) }
      const now = plain.market({ indexes: indexes.series(), ...view })
      // Sound: a strategy about the market has exactly one card.
      return scanMarket(now, [strategy], dateOf(day)).cards.get(strategy.id)?.[0] as ScoreCard
    },
    settle(at) {
      for (const scorer of scorers) scorer.settle(at)
    },
  }
}

/** The columns of the stocks that a strategy about the market reads, and their close. */
function columnsRead({ criteria, screen, evidence }: Strategy): string[] {
  const read = [
    ...criteria.flatMap((one) => [...Object.values(one.inputs), ...Object.values(one.evidence)]),
    ...screen.conditions.flatMap(({ inputs }) => Object.values(inputs)),
    ...Object.values(evidence?.inputs ?? {}),
  ]
  return [...new Set(['bars.close', ...read.flatMap(sourcesOf)])]
}

function dateOf(day: number): TradeDate {
  if (Number.isFinite(day)) return fromDayNumber(day)
  throw new RalphError('E_ENGINE_EMPTY', 'the market holds no session yet')
}
