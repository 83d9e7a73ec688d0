import { createSeries } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { adjustmentSince } from './signal-levels.js'

const DATE = '2026-02-10'
const seriesOf = (bar: {
  open: number
  high: number
  low: number
  close: number
  rawClose?: number
}) => createSeries({ ticker: '000010', bars: [{ date: DATE, volume: 1000, ...bar }] })
const boughtAt = (price: number, at: number | null = null) => ({
  entry: { date: DATE, price, at },
  signalDate: DATE,
})
const DAY = { open: 9_900, high: 10_300, low: 9_800, close: 10_200 }

describe('what was adjusted since a signal', () => {
  it.each([
    ['a closing bet decided before the close moved on', boughtAt(10_050)],
    ['a position entered live', boughtAt(9_900, 1)],
    ['a position entered at the close', boughtAt(10_200)],
  ])('is nothing for %s', (_, signal) => {
    expect(adjustmentSince(seriesOf(DAY), signal)).toBe(1)
  })

  it('is told by the close where the price lies outside the day', () => {
    expect(adjustmentSince(seriesOf(DAY), boughtAt(51_000))).toBeCloseTo(0.2, 12)
  })

  it('is told by the printed close where the series keeps it', () => {
    const series = seriesOf({ ...DAY, rawClose: 51_000 })
    expect(adjustmentSince(series, boughtAt(10_050))).toBeCloseTo(0.2, 12)
  })

  it('is nothing where nothing was bought, or the day has no bar', () => {
    expect(adjustmentSince(seriesOf(DAY), { entry: null, signalDate: DATE })).toBe(1)
    const entry = { date: '2026-02-11', price: 1, at: null }
    expect(adjustmentSince(seriesOf(DAY), { entry, signalDate: DATE })).toBe(1)
  })
})
