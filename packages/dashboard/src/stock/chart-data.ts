import type { ChartView, SignalView } from '@ralph-stock/server/api'
import { formatPercent } from '../format/numbers.js'
import type { Pullback } from './annotation.js'

/** A point of a line; without a value the line has a gap there. */
export type Point = { readonly time: string; readonly value?: number }

/** A line over the bars: a gap where it is still warming up. */
export function linePoints(chart: ChartView, values: readonly (number | null)[]): Point[] {
  return chart.data.map(({ date }, at) => {
    const value = values[at]
    return value === null || value === undefined ? { time: date } : { time: date, value }
  })
}

/** A zigzag through the pullbacks that lie within the bars. */
export function footprintPoints(chart: ChartView, pullbacks: readonly Pullback[]): Point[] {
  const shown = new Set(chart.data.map(({ date }) => date))
  const points = new Map<string, number>()
  for (const { highDate, lowDate, high, low } of pullbacks) {
    if (!shown.has(highDate) || !shown.has(lowDate)) continue
    points.set(highDate, high)
    points.set(lowDate, low)
  }
  return [...points]
    .map(([time, value]) => ({ time, value }))
    .sort((a, b) => (a.time < b.time ? -1 : 1))
}

/** Where a signal began or ended, as a mark on the chart. */
export type Mark = {
  readonly time: string
  readonly kind: 'opened' | 'won' | 'lost'
  readonly text: string
}

/** The marks of signals within the bars, by date. */
export function signalMarks(chart: ChartView, signals: readonly SignalView[]): Mark[] {
  const shown = new Set(chart.data.map(({ date }) => date))
  const marks = signals.flatMap((signal): Mark[] => {
    const opened: Mark = { time: signal.signal_date, kind: 'opened', text: signal.grade }
    if (signal.exit_date === null || signal.return_pct === null) return [opened]
    const kind = signal.return_pct > 0 ? 'won' : 'lost'
    const text = formatPercent(signal.return_pct, 1)
    return [opened, { time: signal.exit_date, kind, text }]
  })
  return marks.filter(({ time }) => shown.has(time)).sort((a, b) => (a.time < b.time ? -1 : 1))
}
