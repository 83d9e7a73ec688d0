import type { TradeDate } from '../krx/index.js'
import type { TradePlan } from '../plan/trade-plan.js'
import type { Criterion, Values } from '../strategy/criterion.js'
import type { Text } from '../strategy/text.js'
import { knownReason, unknownReason } from './reasons.js'

/** `unknown` is not `fail`: something that the criterion needs is missing. */
export type Outcome = 'pass' | 'partial' | 'fail' | 'unknown'

/** A number by name; null where missing. */
export type Evidence = Readonly<Record<string, number | null>>

/** One line of a card. */
export interface CriterionResult {
  readonly id: string
  readonly label: Text
  readonly outcome: Outcome
  /** Null when unknown, which counts 0 in the score. */
  readonly points: number | null
  readonly maxPoints: number
  /** The inputs on the date. */
  readonly evidence: Evidence
  /** Why, in words with the numbers; made when read. */
  readonly reason: Text
}

/**
 * Something that a trader must know before the score: the stock closed locked at its upper limit, or its
 * signal was opened while the market gate was at its lowest level.
 */
export type CardFlag = 'locked-at-limit' | 'market-gate-red'

/** A sector's mean change on the date, as the market's card lists it. */
export type SectorChange = {
  readonly sector: string
  /** Fraction: 0.012 is +1.2 %. */
  readonly change: number
  /** Members that counted. */
  readonly members: number
}

/** What a strategy says of one stock (or of the market) on one date. */
export interface ScoreCard {
  readonly strategyId: string
  readonly strategyVersion: string
  /** `MARKET` for a strategy about the market. */
  readonly ticker: string
  readonly name: string
  readonly market: string
  /** The session whose close the card is cut at, KST. */
  readonly asOf: TradeDate
  readonly score: number
  readonly maxScore: number
  /** Share of all points whose criteria were known, 0 to 1. */
  readonly coverage: number
  readonly grade: string
  /** Grades that no outcome of the unknown criteria could have reached by what is known. */
  readonly outOfReach: readonly string[]
  /** Sum of points by group, unweighted, where a strategy has groups. */
  readonly subScores: Readonly<Record<string, number>>
  readonly criteria: readonly CriterionResult[]
  /** Numbers beside the score. */
  readonly evidence: Evidence
  /** Structured evidence, such as a contraction footprint; null where there is none. */
  readonly annotation: Readonly<Record<string, unknown>> | null
  readonly flags: readonly CardFlag[]
  /** Which flows the card read; null when it read none, or the date has none. */
  readonly flows: 'final' | 'provisional' | null
  /** Date of the stock list that decided who is eligible, when it is not that of `asOf`. */
  readonly universeAsOf: TradeDate | null
  /** Whether a scan shows the card, and which conditions dropped it. */
  readonly screen: { readonly passed: boolean; readonly failed: readonly string[] }
  readonly plan: TradePlan | null
  /** Live: age of the comparison with peers, ms, where the card reads one. */
  readonly crossSectionAgeMs?: number
  /** Sectors from strongest to weakest, on the market's card. */
  readonly sectors?: readonly SectorChange[]
}

/** The fields of a card that are there at once; its annotation waits until someone reads it. */
export type CardFields = Omit<ScoreCard, 'annotation'>

/** A card whose drawing is made when it is first read, and then kept. */
export class ScoredCard implements ScoreCard {
  readonly strategyId: ScoreCard['strategyId']
  readonly strategyVersion: ScoreCard['strategyVersion']
  readonly ticker: ScoreCard['ticker']
  readonly name: ScoreCard['name']
  readonly market: ScoreCard['market']
  readonly asOf: ScoreCard['asOf']
  readonly score: ScoreCard['score']
  readonly maxScore: ScoreCard['maxScore']
  readonly coverage: ScoreCard['coverage']
  readonly grade: ScoreCard['grade']
  readonly outOfReach: ScoreCard['outOfReach']
  readonly subScores: ScoreCard['subScores']
  readonly criteria: ScoreCard['criteria']
  readonly evidence: ScoreCard['evidence']
  readonly flags: ScoreCard['flags']
  readonly flows: ScoreCard['flows']
  readonly universeAsOf: ScoreCard['universeAsOf']
  readonly screen: ScoreCard['screen']
  readonly plan: ScoreCard['plan']
  readonly crossSectionAgeMs?: number
  readonly sectors?: readonly SectorChange[]
  #draw: (() => Readonly<Record<string, unknown>>) | null
  #annotation: Readonly<Record<string, unknown>> | null = null

  constructor(fields: CardFields, draw: (() => Readonly<Record<string, unknown>>) | null) {
    // Field by field: cards are made by the thousand, and copying by name is several times slower.
    this.strategyId = fields.strategyId
    this.strategyVersion = fields.strategyVersion
    this.ticker = fields.ticker
    this.name = fields.name
    this.market = fields.market
    this.asOf = fields.asOf
    this.score = fields.score
    this.maxScore = fields.maxScore
    this.coverage = fields.coverage
    this.grade = fields.grade
    this.outOfReach = fields.outOfReach
    this.subScores = fields.subScores
    this.criteria = fields.criteria
    this.evidence = fields.evidence
    this.flags = fields.flags
    this.flows = fields.flows
    this.universeAsOf = fields.universeAsOf
    this.screen = fields.screen
    this.plan = fields.plan
    if (fields.crossSectionAgeMs !== undefined) this.crossSectionAgeMs = fields.crossSectionAgeMs
    if (fields.sectors !== undefined) this.sectors = fields.sectors
    this.#draw = draw
  }

  get annotation(): Readonly<Record<string, unknown>> | null {
    if (this.#draw !== null) {
      this.#annotation = this.#draw()
      this.#draw = null
    }
    return this.#annotation
  }

  toJSON(): ScoreCard {
    return { ...this, annotation: this.annotation }
  }
}

/** The lines of cards: made by the thousand, so their reasons wait until someone reads them. */
export class ScoredCriterion implements CriterionResult {
  readonly id: string
  readonly label: Text
  readonly outcome: Outcome
  readonly points: number | null
  readonly maxPoints: number
  readonly evidence: Evidence
  readonly #criterion: Criterion
  readonly #bars: number

  /**
   * @param points NaN when unknown
   * @param values inputs and evidence, NaN where missing
   * @param bars how many bars there were, to say what was too short
   */
  constructor(criterion: Criterion, points: number, values: Values, bars: number) {
    const unknown = Number.isNaN(points)
    this.id = criterion.id
    this.label = criterion.label
    this.outcome = unknown ? 'unknown' : outcomeOf(points, criterion.maxPoints)
    this.points = unknown ? null : points
    this.maxPoints = criterion.maxPoints
    this.evidence = unknown || mayMiss(criterion) ? nullMissing(values) : values
    this.#criterion = criterion
    this.#bars = bars
  }

  get reason(): Text {
    return this.points === null
      ? unknownReason(this.#criterion, this.evidence, this.#bars)
      : knownReason(this.#criterion, this.evidence, this.points)
  }

  toJSON(): CriterionResult {
    const { id, label, outcome, points, maxPoints, evidence, reason } = this
    return { id, label, outcome, points, maxPoints, evidence, reason }
  }
}

function mayMiss({ evidence }: Criterion): boolean {
  for (const _ in evidence) return true
  return false
}

function outcomeOf(points: number, maxPoints: number): Outcome {
  if (points >= maxPoints) return 'pass'
  return points <= 0 ? 'fail' : 'partial'
}

/** NaN inside, null outside: the one place where missing numbers leave. */
export function nullMissing(values: Readonly<Record<string, number>>): Evidence {
  const result: Record<string, number | null> = {}
  for (const [name, value] of Object.entries(values)) {
    result[name] = Number.isNaN(value) ? null : value
  }
  return result
}
