import { type Market, type ScoreCard, scanMarket } from '@ralph-stock/core'
import {
  type Card,
  dataFromRows,
  type ReferenceData,
  type ReferenceScan,
  type ReferenceStrategyId,
  referenceScan,
} from '@ralph-stock/test-reference'
import { type CommonRows, marketOfRows, STRATEGIES } from './pipeline.js'

/** The reference's names for what the pipeline calls otherwise. */
const REASONS: Readonly<Record<string, string>> = { 'etf-etn-elw': 'exchange-traded-product' }
const CRITERIA: Readonly<Record<string, string>> = {
  'close-above-mean-150-200': 'trend-template.above-long-averages',
  'mean-150-above-mean-200': 'trend-template.averages-ordered',
  'mean-200-rising': 'trend-template.long-average-rising',
  'mean-50-above-mean-150-200': 'trend-template.short-average-above',
  'close-above-mean-50': 'trend-template.above-short-average',
  'close-above-low': 'trend-template.above-year-low',
  'close-near-high': 'trend-template.near-year-high',
  'relative-strength': 'trend-template.relative-strength',
}
const SUB_SCORES: Readonly<Record<string, string>> = { smartMoney: 'smart-money' }

/** Both readings of one market, ready to be asked about dates. */
export type TwoReadings = {
  readonly market: Market
  readonly data: ReferenceData
  readonly articles: CommonRows['articles']
}

/** Reads rows twice. */
export function readTwice(rows: CommonRows): TwoReadings {
  return {
    market: marketOfRows(rows),
    data: dataFromRows(rows.raw),
    articles: rows.articles,
  }
}

/** Everything that the pipeline and the naive reading say differently of a date, one line each. */
export function differencesOn(
  { market, data, articles }: TwoReadings,
  date: string,
  id: ReferenceStrategyId,
): string[] {
  const scan = scanMarket(market, [STRATEGIES[id]], date)
  const options = articles === null ? {} : { articles }
  const reference = referenceScan(data, date, id, options)
  const lines = universeLines(scan.universe.excluded, reference)
  const eligible = scan.universe.eligible.map(({ member }) => member.stock.ticker)
  compare(lines, 'eligible', [...eligible].sort(), [...reference.eligible].sort())
  for (const card of scan.cards.get(id) ?? []) {
    const other = reference.cards.get(card.ticker)
    if (other === undefined) lines.push(`${card.ticker} has no card in the reference`)
    else cardLines(lines, card, other)
  }
  if (id === 'market-gate') sectorLines(lines, scan.cards.get(id)?.[0], reference)
  return lines
}

function universeLines(excluded: ReadonlyMap<string, string>, reference: ReferenceScan): string[] {
  const lines: string[] = []
  const theirs = new Map(
    Object.entries(reference.excluded).flatMap(([reason, tickers]) =>
      tickers.map((ticker) => [ticker, REASONS[reason] ?? reason] as const),
    ),
  )
  for (const ticker of new Set([...excluded.keys(), ...theirs.keys()])) {
    compare(lines, `${ticker} left out`, excluded.get(ticker), theirs.get(ticker))
  }
  return lines
}

function cardLines(lines: string[], card: ScoreCard, other: Card): void {
  const says = (what: string, ours: unknown, theirs: unknown): void =>
    compare(lines, `${card.ticker} ${what}`, ours, theirs)
  const points = Object.fromEntries(card.criteria.map((line) => [line.id, line.points]))
  const theirs = Object.fromEntries(
    Object.entries(other.criteria).map(([name, line]) => [CRITERIA[name] ?? name, line.points]),
  )
  for (const name of new Set([...Object.keys(points), ...Object.keys(theirs)])) {
    says(name, points[name], theirs[name])
  }
  says('score', card.score, other.score)
  says('grade', card.grade, other.grade)
  says('coverage', card.coverage, other.coverage)
  if (card.ticker === 'MARKET') return
  says('locked', card.flags.includes('locked-at-limit'), other.locked)
  says('screened', card.screen.passed, other.screened)
  const { note: _, ...plan } = card.plan ?? { note: null }
  says('plan', card.plan === null ? null : plan, other.plan)
  for (const [name, score] of Object.entries(other.subScores ?? {})) {
    says(name, card.subScores[SUB_SCORES[name] ?? name], score)
  }
}

function sectorLines(lines: string[], card: ScoreCard | undefined, reference: ReferenceScan): void {
  // Sums of the same changes in another order: the last bits may differ.
  const brief = (list: ScoreCard['sectors'] = []): string[] =>
    list.map((one) => `${one.sector} ${one.change.toFixed(12)} ${one.members}`).sort()
  compare(lines, 'sectors', brief(card?.sectors), brief(reference.sectors))
}

function compare(lines: string[], what: string, ours: unknown, theirs: unknown): void {
  const [left, right] = [JSON.stringify(ours), JSON.stringify(theirs)]
  if (left !== right) lines.push(`${what}: ${left} in the pipeline, ${right} in the reference`)
}
