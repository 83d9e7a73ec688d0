import { type Criteria, type Criterion, known, unknown } from './card.js'
import type { Bar } from './data.js'
import { atLeast, isAbove, isBelow } from './edges.js'
import { type Article, newsCriterion } from './news.js'
import { mean, valueAt, window } from './statistics.js'
import { vcpCriteria } from './vcp.js'
import { foreignNet, institutionNet, tradedValue, type View } from './view.js'

/** The six lines (12 points) on the date; `articles` is `null` without a news source. */
export function closingBetCriteria(view: View, date: string, articles: Article[] | null): Criteria {
  return {
    news: newsCriterion(articles, date),
    volume: volume(view.bars),
    chart: chart(view.bars),
    candle: candle(view.bars),
    period: period(view.bars),
    flow: flow(view),
  }
}

function volume(bars: Bar[]): Criterion {
  const today = valueAt(bars, 0)
  const prior = window(bars, 20, 1)
  if (today === null || prior === null) return unknown(3)
  const value = tradedValue(today)
  if (isBelow(value, 10e9)) return known(0, 3)
  let points = 0
  if (atLeast(value, 500e9)) points = 3
  else if (atLeast(value, 100e9)) points = 2
  else if (atLeast(value, 30e9)) points = 1
  // From 10e9 to 30e9 the doubled value alone gives 1.
  if (atLeast(value, 2 * mean(prior.map(tradedValue)))) points += 1
  return known(Math.min(points, 3), 3)
}

function chart(bars: Bar[]): Criterion {
  const today = valueAt(bars, 0)
  if (today === null || bars.length < 60) return unknown(2)
  // The base is judged on the bar before the day's move.
  const base = Object.values(vcpCriteria(bars.slice(0, -1)))
  if (base.some((line) => line.points === null)) return unknown(2)
  const baseScore = base.reduce((total, line) => total + (line.points ?? 0), 0)
  const highest = Math.max(...bars.slice(-252).map((bar) => bar.high))
  const basePoint = atLeast(baseScore, 60) ? 1 : 0
  const highPoint = atLeast(today.close, 0.95 * highest) ? 1 : 0
  return known(basePoint + highPoint, 2)
}

function candle(bars: Bar[]): Criterion {
  const today = valueAt(bars, 0)
  const before = valueAt(bars, 1)
  if (today === null || before === null || today.open === 0) return unknown(1)
  const { open, high, low, close } = today
  const holds =
    isAbove(close, open) &&
    isAbove(close, before.close) &&
    atLeast((close - open) / open, 0.01) &&
    atLeast(close - open, 0.5 * (high - low))
  return known(holds ? 1 : 0, 1)
}

function period(bars: Bar[]): Criterion {
  const own = window(bars, 9, 0)
  if (own === null) return unknown(1)
  const lowest = Math.min(...own.map((bar) => bar.low))
  // The latest day on a tie.
  const m = own.map((bar) => bar.low).lastIndexOf(lowest)
  const lowClose = own[m]?.close ?? Number.NaN
  const after = own.slice(m + 1, m + 4)
  return known(after.some((bar) => atLeast(bar.close, 1.03 * lowClose)) ? 1 : 0, 1)
}

function flow(view: View): Criterion {
  const today = valueAt(view.bars, 0)
  if (today === null) return unknown(2)
  const foreign = foreignNet(view, today)
  const institution = institutionNet(view, today)
  // One of the two missing leaves the line unknown, not half known.
  if (foreign === null || institution === null) return unknown(2)
  return known((foreign > 0 ? 1 : 0) + (institution > 0 ? 1 : 0), 2)
}
