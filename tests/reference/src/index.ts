import { type Card, type Criteria, coverageOf, gradeOf, sumOfPoints } from './card.js'
import { closingBetCriteria } from './closing-bet.js'
import type { ReferenceData } from './data.js'
import { daytradeCriteria, fiveBarChange } from './daytrade.js'
import { atLeast } from './edges.js'
import { isLockedAtLimit } from './locked-at-limit.js'
import { marketGate, type SectorChange } from './market-gate.js'
import type { Article } from './news.js'
import { planFor } from './plan.js'
import { isBOrBetter, isInUptrend, isLiquid } from './screen.js'
import { smartMoneyCriteria } from './smart-money.js'
import { strengthNumber, trendTemplateCriteria } from './trend-template.js'
import { type ExclusionReason, universeOf } from './universe.js'
import { vcpCriteria } from './vcp.js'
import { type View, viewOf } from './view.js'

export type { Card, Criteria, Criterion, GateLevel, StockGrade } from './card.js'
export { closingBetCriteria } from './closing-bet.js'
export type { Bar, Flow, IndexRow, RawBar, RawRows, ReferenceData, Stock } from './data.js'
export { dataFromRows, readData } from './data.js'
export { upperLimit } from './locked-at-limit.js'
export type { SectorChange } from './market-gate.js'
export { type Article, newsCriterion } from './news.js'
export { type Plan, planFor, quantityFor, stopPrice, targetPrice, tickSize } from './plan.js'
export { relativeStrength, strengthNumber, trendTemplateCriteria } from './trend-template.js'
export { EXCLUSION_REASONS, type ExclusionReason } from './universe.js'
export { vcpCriteria } from './vcp.js'

export type ReferenceStrategyId =
  | 'vcp'
  | 'trend-template'
  | 'closing-bet'
  | 'daytrade'
  | 'market-gate'

export type ReferenceScan = {
  /** Tickers in the order of the stock list. */
  eligible: string[]
  excluded: Record<ExclusionReason, string[]>
  /** Cards by ticker; the market gate has one, under MARKET. */
  cards: Map<string, Card>
  /** Sectors of the market gate, strongest first; empty for the other strategies. */
  sectors: SectorChange[]
}

export type ReferenceOptions = {
  /** Articles by ticker. Without the map there is no news source: the line is unknown. */
  articles?: Map<string, Article[]>
}

/** Target of the vcp plan in percent of the entry. */
const VCP_TARGET = { S: 120, A: 115, B: 110, C: 105 } as const

/**
 * Scores every eligible stock on a date, straight from the scoring rules. It is slow on purpose:
 * each number is worked out anew from the rows it needs.
 *
 * @param date asOf, YYYY-MM-DD; rows after it are not read
 */
export function referenceScan(
  data: ReferenceData,
  date: string,
  strategyId: ReferenceStrategyId,
  options: ReferenceOptions = {},
): ReferenceScan {
  const universe = universeOf(data, date)
  const views = universe.eligible.map((stock) => viewOf(data, stock, date))
  const scan: ReferenceScan = {
    eligible: universe.eligible.map((stock) => stock.ticker),
    excluded: universe.excluded,
    cards: new Map<string, Card>(),
    sectors: [],
  }
  if (strategyId === 'market-gate') {
    const { card, sectors } = marketGate(data, views, date)
    scan.cards.set('MARKET', card)
    scan.sectors = sectors
    return scan
  }
  const cardOf = scorer(views, date, strategyId, options)
  for (const view of views) {
    const locked = isLockedAtLimit(view.bars)
    const card = cardOf(view)
    // A stock locked at its limit cannot be bought: scored, never screened. Its plan stays a
    // statement of the levels.
    scan.cards.set(view.stock.ticker, { ...card, locked, screened: card.screened && !locked })
  }
  return scan
}

function scorer(
  views: View[],
  date: string,
  strategyId: Exclude<ReferenceStrategyId, 'market-gate'>,
  options: ReferenceOptions,
): (view: View) => Card {
  if (strategyId === 'vcp') return vcpCard
  if (strategyId === 'trend-template') {
    const strengths = views
      .map((view) => strengthNumber(view.bars))
      .filter((strength) => strength !== null)
    return (view) => trendTemplateCard(trendTemplateCriteria(view.bars, strengths))
  }
  if (strategyId === 'closing-bet') {
    return (view) => {
      // A source without the stock's name has no article about it, which is not "no source".
      const articles = options.articles ? (options.articles.get(view.stock.ticker) ?? []) : null
      return closingBetCard(view, closingBetCriteria(view, date, articles))
    }
  }
  const bySector = new Map<string, number[]>()
  for (const { stock, bars } of views) {
    const change = fiveBarChange(bars)
    if (change === null) continue
    bySector.set(stock.sector, [...(bySector.get(stock.sector) ?? []), change])
  }
  return (view) => daytradeCard(view, daytradeCriteria(view, bySector.get(view.stock.sector) ?? []))
}

function closeOf(view: View): number {
  return view.bars[view.bars.length - 1]?.close ?? Number.NaN
}

function vcpCard(view: View): Card {
  const vcp = vcpCriteria(view.bars)
  const smartMoney = smartMoneyCriteria(view)
  const criteria = { ...vcp, ...smartMoney }
  const subScores = { vcp: sumOfPoints(vcp), smartMoney: sumOfPoints(smartMoney) }
  const score = (subScores.vcp + subScores.smartMoney) / 2
  const grade = gradeOf(score, { S: 85, A: 75, B: 60 })
  return {
    score,
    grade,
    coverage: coverageOf(criteria),
    criteria,
    screened: atLeast(score, 60) && isInUptrend(view.bars) && isLiquid(view.bars),
    locked: false,
    plan: planFor(closeOf(view), grade, VCP_TARGET[grade], 95),
    subScores,
  }
}

// The page gives the trend template no screen and no plan: B or better, and none.
function trendTemplateCard(criteria: Criteria): Card {
  const score = sumOfPoints(criteria)
  const grade = gradeOf(score, { S: 8, A: 7, B: 6 })
  const coverage = coverageOf(criteria)
  return {
    score,
    grade,
    coverage,
    criteria,
    screened: isBOrBetter(grade),
    locked: false,
    plan: null,
  }
}

function closingBetCard(view: View, criteria: Criteria): Card {
  const score = sumOfPoints(criteria)
  const grade = gradeOf(score, { S: 11, A: 9, B: 7 })
  return {
    score,
    grade,
    coverage: coverageOf(criteria),
    criteria,
    screened: isBOrBetter(grade),
    locked: false,
    plan: planFor(closeOf(view), grade, 115, 95),
  }
}

function daytradeCard(view: View, criteria: Criteria): Card {
  const score = sumOfPoints(criteria)
  const grade = gradeOf(score, { S: 90, A: 75, B: 60 })
  return {
    score,
    grade,
    coverage: coverageOf(criteria),
    criteria,
    screened: isBOrBetter(grade) && isLiquid(view.bars),
    locked: false,
    plan: planFor(closeOf(view), grade, 105, 97),
  }
}
