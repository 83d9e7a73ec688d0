import type { ChartView, SignalView } from '@ralph-stock/server/api'
import { describe, expect, it } from 'vitest'
import { chartOf } from '../../test/fixture/history.js'
import { makeStocks } from '../../test/fixture/stocks.js'
import { signalOf } from '../../test/fixture/world.js'
import { footprintOf } from './annotation.js'
import { footprintPoints, linePoints, signalMarks } from './chart-data.js'
import { planOf } from './plan.js'

const [stock] = makeStocks(1)
if (stock === undefined) throw new Error('the fixture has no stock')
const chart: ChartView = chartOf(stock, '1mo')
const [first, second, third] = chart.data.map(({ date }) => date)

describe('what is drawn over the candles', () => {
  it('leaves a gap where a line warms up, and never a 0', () => {
    const points = linePoints(chart, chart.lines.ma5)
    expect(points.slice(0, 4).every((point) => !('value' in point))).toBe(true)
    expect(points[4]?.value).toBe(chart.lines.ma5[4])
    expect(points).toHaveLength(chart.data.length)
  })

  it('draws only pullbacks whose both ends are shown', () => {
    const pullback = { high: 110, low: 100, depth: 0.1 }
    const points = footprintPoints(chart, [
      { ...pullback, highDate: '2001-01-02', lowDate: first ?? '' },
      { ...pullback, highDate: second ?? '', lowDate: third ?? '' },
    ])
    expect(points).toEqual([
      { time: second, value: 110 },
      { time: third, value: 100 },
    ])
  })

  it('marks where signals began and what came of those that ended', () => {
    const signal: SignalView = { ...signalOf('vcp', stock, 1), signal_date: first ?? '' }
    const closed: SignalView = {
      ...signal,
      exit_date: third ?? '',
      return_pct: -5.25,
      status: 'CLOSED',
    }
    expect(signalMarks(chart, [signal])).toEqual([
      { time: first, kind: 'opened', text: signal.grade },
    ])
    expect(signalMarks(chart, [closed])[1]).toEqual({ time: third, kind: 'lost', text: '-5.3%' })
    expect(signalMarks(chart, [{ ...signal, signal_date: '2001-01-02' }])).toEqual([])
  })

  it('reads a footprint that is well made, and none that is not', () => {
    const card = { annotation: { pullbacks: [{ high: 'x' }], shrinking: null, pivot: 'y' } }
    // Sound: only the annotation is read.
    const cards = [card] as unknown as Parameters<typeof footprintOf>[0]
    expect(footprintOf(cards)).toEqual({
      pullbacks: [],
      shrinking: null,
      shrinkingInRow: 0,
      pivot: null,
    })
    expect(footprintOf([])).toBeNull()
  })

  it('draws the plan of the open signal before that of a card', () => {
    const signal = signalOf('vcp', stock, 1)
    expect(planOf([signal], [])).toMatchObject({ strategyId: 'vcp', open: true })
    expect(planOf([{ ...signal, status: 'CLOSED' }], [])).toBeNull()
  })
})
