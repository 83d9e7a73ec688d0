import { describe, expect, it } from 'vitest'
import type { Bar } from './data.js'
import { daytradeCriteria, fiveBarChange } from './daytrade.js'
import { bar, barsOf, repeated, viewWith } from './fixtures.js'

const points = (id: string, bars: Bar[]): number | null | undefined =>
  daytradeCriteria(viewWith(bars, [], []), [])[id]?.points

/** 20 bars between low and high, then a close. */
const box = (low: number, high: number, close: number, more: Partial<Bar> = {}): Bar[] => [
  ...Array.from({ length: 20 }, (_, i) => bar(i, low, { low, high })),
  bar(20, close, more),
]

describe('day trade', () => {
  it('compares volume with the mean of the 20 days before', () => {
    const spike = (volume: number): number | null | undefined =>
      points('volume-spike', box(100, 100, 100, { volume }))
    expect([200, 199, 150, 149].map(spike)).toEqual([15, 8, 8, 0])
    expect(points('volume-spike', barsOf(repeated(100, 20)))).toBeNull()
  })

  it('breaks out over the high before t, not over its own', () => {
    const breakout = (close: number): number | null | undefined =>
      points('momentum-breakout', box(900, 1000, close, { high: 2000 }))
    expect([1001, 1000, 990, 989].map(breakout)).toEqual([15, 8, 8, 0])
  })

  it('wants a box of at most 25 %', () => {
    expect(points('box-breakout', box(800, 1000, 1001))).toBe(15) // exactly 0.25
    expect(points('box-breakout', box(799, 1000, 1001))).toBe(8)
    expect(points('box-breakout', box(800, 1000, 900))).toBe(8) // the middle
    expect(points('box-breakout', box(800, 1000, 899))).toBe(0)
  })

  it('compares the close with the mean of five', () => {
    const over = (closes: number[]): number | null | undefined =>
      points('above-ma5', barsOf(closes))
    expect(over([100, 100, 100, 100, 101])).toBe(15)
    expect(over(repeated(100, 5))).toBe(8)
    // Mean (4 x 400 + 395) / 5 = 399, 99 % of it 395.01; 396 against 399.2 is over 395.208.
    expect(over([400, 400, 400, 400, 395])).toBe(0)
    expect(over([400, 400, 400, 400, 396])).toBe(8)
    expect(over(repeated(100, 4))).toBeNull()
  })

  it('adds foreigners and institutions', () => {
    const buying = (
      foreign: number | null,
      institution: number | null,
    ): number | null | undefined =>
      daytradeCriteria(viewWith([bar(0, 100)], [foreign], [institution]), [])['institution-buying']
        ?.points
    expect(buying(11e9, -1e9)).toBe(15)
    expect(buying(11e9, -1e9 - 1000)).toBe(8)
    expect(buying(5e9, 0)).toBe(8)
    expect(buying(4e9, 0.9e9)).toBe(0)
    expect(buying(20e9, null)).toBeNull()
  })

  it('wants a fall and a bounce', () => {
    const bounce = (...closes: number[]): number | null | undefined =>
      points('oversold-bounce', barsOf(closes))
    expect(bounce(10_000, 9700, 9894)).toBe(15) // exactly -3 % and +2 %
    expect(bounce(10_000, 9701, 9896)).toBe(8)
    expect(bounce(10_000, 9700, 9893)).toBe(8)
    expect(bounce(10_000, 9900, 9950)).toBe(0) // a fall of exactly 1 %
    expect(bounce(10_000, 9899, 9950)).toBe(8)
    expect(bounce(10_000, 9700, 9700)).toBe(0)
    expect(bounce(9700, 9894)).toBeNull()
  })
})

describe('day trade: sector momentum', () => {
  const own = barsOf([100, 100, 100, 100, 100, 110])
  const inSector = (sector: string, changes: number[]): number | null | undefined => {
    const view = viewWith(own, [], [])
    view.stock.sector = sector
    return daytradeCriteria(view, changes)['sector-momentum']?.points
  }
  const change = 110 / 100 - 1

  it('ranks within at least five', () => {
    expect(fiveBarChange(own)).toBe(change)
    expect(inSector('화학', [change, 0, 0, 0, 0])).toBe(15) // 1 of 5
    expect(inSector('화학', [change, 1, 0, 0, 0])).toBe(8) // 2 of 5
    expect(inSector('화학', [change, 1, 1, 0, 0])).toBe(0) // 3 of 5
    expect(inSector('화학', [change, 0, 0, 0])).toBeNull()
  })

  it('shares the rank on a tie', () => {
    expect(inSector('화학', [change, change, change, change, change])).toBe(15)
  })

  it('is unknown without a sector or with five bars', () => {
    expect(inSector('', [change, 0, 0, 0, 0])).toBeNull()
    expect(fiveBarChange(own.slice(1))).toBeNull()
  })
})
