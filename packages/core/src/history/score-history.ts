import { lastAtOrBefore } from '../bars/index.js'
import { type Column, createEvaluator, planEvaluation } from '../columns/index.js'
import { compileCriteria } from '../scoring/compile-strategy.js'
import { crossSectionsOf, groupNumbers } from '../scoring/cross-section.js'
import { sourceData } from '../scoring/source-data.js'
import type { Strategy } from '../strategy/define-strategy.js'
import { type Market, MINIMUM_BARS } from '../universe/index.js'
import {
  type AllocateBuffer,
  allocateHistory,
  layoutOf,
  type MarketHistory,
  plainBuffer,
  type StrategyHistory,
} from './history.js'
import { comparePanel, type PanelColumns, type PanelMeasure } from './rank-history.js'
import { compileSumUp } from './sum-up.js'

/**
 * Scores every bar of every stock: the cards of `score` as columns, bit for bit.
 *
 * Who is eligible follows from the one stock list that the market has and from each stock's traded
 * bars; cross-sections compare eligible stocks only. Strategies about the market are not scored here:
 * see `scoreMarketHistory`.
 *
 * Complexity: O(bars x columns); one array per result column for the whole market.
 *
 * @throws RalphError E_CRITERION_POINTS
 */
export function scoreHistory(
  market: Market,
  strategies: readonly Strategy[],
  allocate: AllocateBuffer = plainBuffer,
): MarketHistory {
  const work = prepareHistory(market, strategies, allocate)
  fillPanel(work, 0, market.members.length)
  compareGroups(work, 0, work.groups.length)
  fillHistory(work, 0, market.members.length)
  return work.history
}

/**
 * The three passes of a history and the memory they share. Each pass may be split over threads; all
 * of one pass must be done before the next begins.
 */
export type HistoryWork = {
  readonly market: Market
  readonly history: MarketHistory
  readonly panel: PanelColumns
  readonly inputs: ReadonlyArray<{ readonly column: Column; readonly values: Float64Array }>
  readonly sections: ReadonlyArray<{
    readonly column: Column
    readonly input: number
    readonly measure: PanelMeasure
  }>
  /** Independent comparisons: a column over the members of one group. */
  readonly groups: ReadonlyArray<{
    readonly input: number
    readonly members: readonly number[]
    readonly measures: readonly PanelMeasure[]
  }>
}

/** Lays out the memory of a history. */
export function prepareHistory(
  market: Market,
  strategies: readonly Strategy[],
  allocate: AllocateBuffer,
): HistoryWork {
  const chosen = strategies.filter((strategy) => strategy.subject === 'stock')
  const layout = layoutOf(market)
  const bars = layout.offsets[layout.tickers.length] as number
  const found = crossSectionsOf(
    chosen.flatMap((one) => one.criteria.flatMap((criterion) => Object.values(criterion.inputs))),
  )
  const inputColumns = [...new Map(found.map(({ input }) => [input.key, input])).values()]
  const inputs = inputColumns.map((column) => ({
    column,
    values: new Float64Array(allocate(bars * 8)),
  }))
  const sections = found.map(({ column, input, section }) => ({
    column,
    input: inputColumns.findIndex((one) => one.key === input.key),
    measure: { section, out: new Float64Array(allocate(bars * 8)) },
  }))
  const history: MarketHistory = {
    layout,
    days: new Int32Array(allocate(bars * 4)),
    eligible: new Uint8Array(allocate(bars)),
    strategies: new Map(
      chosen.map((strategy) => [strategy.id, allocateHistory(strategy, bars, allocate)]),
    ),
  }
  const panel: PanelColumns = {
    offsets: layout.offsets,
    session: new Int32Array(allocate(sections.length > 0 ? bars * 4 : 0)),
    sessions: market.sessions.length,
    eligible: history.eligible,
  }
  return { market, history, panel, inputs, sections, groups: groupsOf(market, sections) }
}

/** First pass: dates, who is eligible, and the columns that are compared, for members `from` to `to`. */
export function fillPanel(work: HistoryWork, from: number, to: number): void {
  const { market, history, panel, inputs, sections } = work
  const evaluator = createEvaluator(inputs.map(({ column }) => column))
  for (let m = from; m < to; m++) {
    const { series, listingReason } = memberAt(market, m)
    const offset = history.layout.offsets[m] as number
    history.days.set(series.days, offset)
    if (listingReason === null) {
      history.eligible.fill(
        1,
        offset + Math.min(MINIMUM_BARS - 1, series.length),
        offset + series.length,
      )
    }
    if (inputs.length === 0) continue
    for (const { measure } of sections) {
      measure.out.fill(Number.NaN, offset, offset + series.length)
    }
    fillSessions(market.sessions, series.days, panel.session, offset)
    evaluator.bind(sourceData(series, market))
    evaluator.run(0, series.length)
    for (const { column, values } of inputs) {
      const slot = evaluator.plan.slotOf.get(column.key) as number
      values.set((evaluator.arrays[slot] as Float64Array).subarray(0, series.length), offset)
    }
  }
}

/** Second pass: the comparisons `from` to `to` of `work.groups`. */
export function compareGroups(work: HistoryWork, from: number, to: number): void {
  for (const { input, members, measures } of work.groups.slice(from, to)) {
    const { values } = work.inputs[input] as HistoryWork['inputs'][number]
    comparePanel(work.panel, members, values, measures)
  }
}

/** Third pass: points, scores and grades of members `from` to `to`. */
export function fillHistory(work: HistoryWork, from: number, to: number): void {
  const { market, history, sections } = work
  const histories = [...history.strategies.values()]
  const plan = planEvaluation(
    histories.flatMap(({ strategy }) =>
      strategy.criteria.flatMap((criterion) => Object.values(criterion.inputs)),
    ),
  )
  const compiled = histories.map((one) => ({
    history: one,
    criteria: compileCriteria(one.strategy, plan),
    sumUp: compileSumUp(one.strategy),
  }))
  const evaluator = createEvaluator(plan)
  for (let m = from; m < to; m++) {
    const { series } = memberAt(market, m)
    const offset = history.layout.offsets[m] as number
    const end = offset + series.length
    evaluator.bind(sourceData(series, market))
    for (const { column, measure } of sections) {
      const slot = plan.slotOf.get(column.key) as number
      ;(evaluator.arrays[slot] as Float64Array).set(measure.out.subarray(offset, end))
    }
    evaluator.run(0, series.length)
    for (const { history: target, criteria, sumUp } of compiled) {
      criteria.forEach((criterion, k) => {
        const points = (target.points[k] as StrategyHistory['points'][number]).subarray(offset, end)
        criterion.fill(points, 0, series.length, evaluator.arrays)
      })
      sumUp(target, offset, end)
    }
  }
}

function memberAt(market: Market, m: number): Market['members'][number] {
  return market.members[m] as Market['members'][number]
}

function groupsOf(market: Market, sections: HistoryWork['sections']): HistoryWork['groups'] {
  const sectors = market.members.map(({ stock }) => stock.sector)
  const groups: Array<HistoryWork['groups'][number]> = []
  const kinds = new Map<string, { input: number; measures: PanelMeasure[] }>()
  for (const { input, measure } of sections) {
    const key = `${measure.section.group}/${input}`
    const kind = kinds.get(key) ?? { input, measures: [] }
    kind.measures.push(measure)
    kinds.set(key, kind)
  }
  for (const { input, measures } of kinds.values()) {
    const { group } = (measures[0] as PanelMeasure).section
    const byNumber = new Map<number, number[]>()
    groupNumbers(group, sectors).forEach((number, m) => {
      if (number < 0 || memberAt(market, m).listingReason !== null) return
      const members = byNumber.get(number)
      if (members === undefined) byNumber.set(number, [m])
      else members.push(m)
    })
    for (const members of byNumber.values()) groups.push({ input, members, measures })
  }
  return groups
}

function fillSessions(
  sessions: Int32Array,
  days: Int32Array,
  out: Int32Array,
  offset: number,
): void {
  if (days.length === 0) return
  // Both ascend and every day is a session, so one cursor walks along.
  let at = Math.max(0, lastAtOrBefore(sessions, days[0] as number))
  for (let i = 0; i < days.length; i++) {
    while ((sessions[at] as number) < (days[i] as number)) at++
    out[offset + i] = at
  }
}
