import { describe, expect, it } from 'vitest'
import { closingBetCriteria } from './closing-bet.js'
import type { Bar } from './data.js'
import { alternating, bar, barsOf, repeated, viewWith } from './fixtures.js'

const points = (id: string, bars: Bar[]): number | null | undefined =>
  closingBetCriteria(viewWith(bars, [], []), '2026-02-10', null)[id]?.points

describe('closing bet: volume', () => {
  /** 20 days of `usual` won, then a day of `today` won, in 1,000-won shares. */
  const volume = (usual: number, today: number): number | null | undefined =>
    points('volume', [
      ...Array.from({ length: 20 }, (_, i) => bar(i, 1000, { volume: usual / 1000 })),
      bar(20, 1000, { volume: today / 1000 }),
    ])

  it('grades the traded value', () => {
    const values = [500e9, 499e9, 100e9, 99e9, 30e9, 29e9]
    expect(values.map((value) => volume(400e9, value))).toEqual([3, 2, 2, 1, 1, 0])
  })

  it('adds one at twice the mean of the 20 days before', () => {
    expect(volume(50e9, 100e9)).toBe(3)
    expect(volume(50.1e9, 100e9)).toBe(2) // with t in the mean nothing would double
    expect(volume(100e9, 600e9)).toBe(3)
    expect(volume(5e9, 10e9)).toBe(1)
  })

  it('gives 0 below 10 billion won and is unknown with 20 bars', () => {
    expect(volume(1e9, 9.9e9)).toBe(0)
    expect(points('volume', barsOf(repeated(1000, 20)))).toBeNull()
  })
})

describe('closing bet: chart', () => {
  // 60 bars; a flat base of 20 after swings: no band width, so two VCP lines are unknown.
  it('is unknown when a line of the base is', () => {
    const flat = [...alternating(98, 102, 30), ...repeated(100, 29), 103]
    expect(points('chart', barsOf(flat))).toBeNull()
  })

  it('adds the base and the nearness to the high', () => {
    // Base at t-1 (98 and 102 in turns): contraction 0, volume 5, volatility ratio
    // sqrt(3.84) / 2 = 0.98 10, RSI 50 15, position 0.25 5: 35, no point. High 102.
    const closes = alternating(98, 102, 59)
    expect(points('chart', barsOf([...closes, 98]))).toBe(1) // 98 >= 96.9
    expect(points('chart', barsOf([...closes, 96]))).toBe(0)
  })

  it('judges the base on the bar before t', () => {
    // At t-1: closes of 90 and 110, then 98 and 102, then 99 and 101, 100; a calm base.
    const base = [...alternating(90, 110, 36), ...alternating(98, 102, 14), 99, 101, 99, 101, 100]
    const wild = [...alternating(90, 110, 4), ...base, 130]
    // Width at t-1 is well below half of the usual (30), volatility below half (20), RSI near 50
    // (15), position 0.5 (15); 130 is at the high. With t in the base it would lose them.
    expect(points('chart', barsOf(wild))).toBe(2)
  })

  it('needs 60 bars', () => {
    expect(points('chart', barsOf(alternating(98, 102, 59)))).toBeNull()
    expect(points('chart', barsOf(alternating(98, 102, 60)))).not.toBeNull()
  })
})

describe('closing bet: candle', () => {
  const candle = (before: number, today: Partial<Bar>): number | null | undefined =>
    points('candle', [bar(0, before), bar(1, today.close ?? 0, today)])
  // Body 10 = 1 % of 1,000 and half of the range of 20.
  const edge = { open: 1000, high: 1015, low: 995, close: 1010 }

  it('passes on both edges at once', () => {
    expect(candle(1009, edge)).toBe(1)
  })

  it('fails without a rise over the close before, on a small body, on a long shadow', () => {
    expect(candle(1010, edge)).toBe(0)
    expect(candle(1000, { ...edge, open: 1001 })).toBe(0)
    expect(candle(1000, { ...edge, high: 1016 })).toBe(0)
  })

  it('is unknown on the first bar', () => {
    expect(points('candle', [bar(0, 100)])).toBeNull()
  })
})

describe('closing bet: period', () => {
  /** Ten bars with the lows given, closes 5 above, except for the closes given by place. */
  const period = (lows: number[], closes: Record<number, number> = {}): number | null | undefined =>
    points(
      'period',
      lows.map((low, i) => bar(i, closes[i] ?? low + 5, { low, high: 500, open: low + 5 })),
    )
  const lows = [120, 120, 95, 120, 120, 120, 120, 120, 120, 120]

  it('asks a close of exactly 3 % more within three days after the low', () => {
    // The low close is 100: 103 is enough.
    expect(period(lows, { 3: 102, 4: 102, 5: 103 })).toBe(1)
    expect(period(lows, { 3: 102, 4: 102, 5: 102, 6: 200 })).toBe(0)
  })

  it('takes the latest low on a tie', () => {
    const tied = [95, 120, 120, 120, 120, 120, 95, 96, 96, 96]
    expect(period(tied, { 1: 200, 7: 102, 8: 102, 9: 102 })).toBe(0)
    expect(period(tied, { 1: 100, 9: 103 })).toBe(1)
  })

  it('fails when the low is today', () => {
    expect(period([...repeated(120, 9), 95])).toBe(0)
    expect(period([95, ...repeated(120, 8), 95])).toBe(0)
  })

  it('does not look past t when the low is one or two days old', () => {
    expect(period([...repeated(120, 8), 95, 110], { 9: 103 })).toBe(1)
    expect(period([...repeated(120, 8), 95, 96], { 9: 102 })).toBe(0)
  })

  it('is unknown with 9 bars', () => {
    expect(period(repeated(120, 9))).toBeNull()
  })
})

describe('closing bet: flow', () => {
  const flow = (foreign: number | null, institution: number | null): number | null | undefined =>
    closingBetCriteria(viewWith([bar(0, 100)], [foreign], [institution]), '2026-01-01', null).flow
      ?.points

  it('gives one point for each buyer', () => {
    expect([flow(1, 1), flow(1, 0), flow(-1, 1), flow(0, 0)]).toEqual([2, 1, 1, 0])
  })

  it('is unknown when either is', () => {
    expect(flow(1, null)).toBeNull()
    expect(flow(null, null)).toBeNull()
  })
})
