import { bars, evaluateColumn, ratio, type SourceData } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { expectBits } from '../../testing-laws.js'
import { sma } from '../../trend/sma/sma.js'
import { bollinger } from '../../volatility/bollinger/bollinger.js'
import { type VcpOptions, vcpMeasures, vcpScore } from './vcp.js'
import { DEFAULT_VCP_THRESHOLDS, type VcpMeasureName, vcpPoints } from './vcp-points.js'

const n = 160
const close = Float64Array.from(
  { length: n },
  (_, i) => 50_000 + Math.round(4_000 * Math.sin(i / 9) + ((i * 7919) % 1_501)),
)
const volume = Float64Array.from({ length: n }, (_, i) => 10_000 + ((i * 104_729) % 90_001))
const data = (magnitude: number, length = n): SourceData => ({
  length,
  column: (name) => (name === 'bars.close' ? close : volume).subarray(0, length),
  magnitude: () => magnitude,
})

const last = (values: Float64Array, t: number, count: number): readonly number[] =>
  Array.from(values.subarray(t - count + 1, t + 1))
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
const deviation = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)))
const bandwidth = (t: number): number =>
  (4 * deviation(last(close, t, 20))) / mean(last(close, t, 20))
const variation = (values: readonly number[]): number => deviation(values) / mean(values)

/** The rules once more, read word by word. */
const naive: Readonly<Record<VcpMeasureName, (t: number) => number>> = {
  bandContraction: (t) =>
    bandwidth(t) / mean(Array.from({ length: 20 }, (_, k) => bandwidth(t - 1 - k))),
  volumeDryUp: (t) => mean(last(volume, t, 5)) / mean(last(volume, t - 5, 15)),
  volatilityDecrease: (t) => variation(last(close, t, 5)) / variation(last(close, t - 5, 20)),
  rsi: (t) => {
    const closes = last(close, t, 15)
    const moves = closes.slice(1).map((value, k) => value - (closes[k] as number))
    const gains = moves.filter((move) => move > 0).reduce((sum, move) => sum + move, 0)
    const losses = moves.filter((move) => move < 0).reduce((sum, move) => sum - move, 0)
    return (100 * gains) / (gains + losses)
  },
  bandPosition: (t) => {
    const lower = mean(last(close, t, 20)) - 2 * deviation(last(close, t, 20))
    return ((close[t] as number) - lower) / (4 * deviation(last(close, t, 20)))
  },
}
const names = Object.keys(naive) as VcpMeasureName[]
const firstBar: Readonly<Record<VcpMeasureName, number>> = {
  bandContraction: 39,
  volumeDryUp: 19,
  volatilityDecrease: 24,
  rsi: 14,
  bandPosition: 19,
}

describe('vcpMeasures', () => {
  for (const name of names) {
    it(`gives ${name} as the rules say`, () => {
      const column = vcpMeasures()[name]
      expect(column.warmUp).toBe(firstBar[name])
      expect(column.lookback).toBe(firstBar[name] + 1)
      for (const magnitude of [100_000, Number.POSITIVE_INFINITY]) {
        const values = evaluateColumn(column, data(magnitude))
        expect(values.findIndex((value) => !Number.isNaN(value))).toBe(firstBar[name])
        for (let t = firstBar[name]; t < n; t++) {
          expect(values[t]).toBeCloseTo(naive[name](t), 10)
        }
      }
    })
  }

  it('gives the bits of the bandwidths, whatever power of two the width is', () => {
    for (const bandWidth of [0.5, 2, 4]) {
      const { bandwidth } = bollinger(bars.close, 20, bandWidth)
      const expected = ratio(bandwidth, sma(bandwidth, 20).shift(1))
      const { bandContraction } = vcpMeasures({ bandWidth })
      for (const magnitude of [100_000, Number.POSITIVE_INFINITY]) {
        const source = data(magnitude)
        expectBits(evaluateColumn(bandContraction, source), evaluateColumn(expected, source))
      }
    }
  })

  it('is missing on a flat price', () => {
    close.fill(50_000, 100)
    const measures = vcpMeasures()
    const { bandContraction, volatilityDecrease, rsi, bandPosition } = measures
    for (const column of [bandContraction, volatilityDecrease, rsi, bandPosition, vcpScore()]) {
      expect(evaluateColumn(column, data(100_000)).at(-1)).toBeNaN()
    }
    expect(evaluateColumn(measures.volumeDryUp, data(100_000)).at(-1)).not.toBeNaN()
  })

  it('has named windows, each checked', () => {
    const column = vcpMeasures({ recentCloses: 3, priorCloses: 9 }).volatilityDecrease
    expect(column.lookback).toBe(12)
    const wrong: VcpOptions[] = [
      { bandPeriod: 0 },
      { bandWidth: 0 },
      { bandwidthAverage: 0 },
      { recentVolume: 0 },
      { priorVolume: 0 },
      { recentCloses: 0 },
      { priorCloses: 0 },
      { rsiPeriod: 0 },
    ]
    for (const options of wrong) {
      expect(() => vcpMeasures(options)).toThrow(Object.keys(options)[0] as string)
    }
  })
})

describe('vcpPoints', () => {
  const table: ReadonlyArray<readonly [VcpMeasureName, readonly (readonly [number, number])[]]> = [
    [
      'bandContraction',
      [
        [0, 30],
        [0.4999, 30],
        [0.5, 20],
        [0.4999999999999, 20],
        [0.7, 10],
        [0.9, 0],
      ],
    ],
    [
      'volumeDryUp',
      [
        [0.49, 20],
        [0.5, 15],
        [0.7, 10],
        [0.9, 5],
        [1.1, 0],
      ],
    ],
    [
      'volatilityDecrease',
      [
        [0.49, 20],
        [0.5, 15],
        [0.8, 10],
        [1, 0],
      ],
    ],
    [
      'rsi',
      [
        [40, 15],
        [39.99999999999999, 15],
        [60, 15],
        [60.1, 10],
        [30, 10],
        [70, 10],
        [20, 5],
        [80, 5],
        [80.1, 0],
        [19.9, 0],
      ],
    ],
    [
      'bandPosition',
      [
        [0.4, 15],
        [0.6, 15],
        [0.3, 10],
        [0.7, 10],
        [0.2, 5],
        [0.8, 5],
        [0.81, 0],
        [-1, 0],
      ],
    ],
  ]
  for (const [name, rows] of table) {
    it(`gives ${name} its points`, () => {
      for (const [value, points] of rows) expect(vcpPoints()[name](value)).toBe(points)
    })
  }

  it('takes thresholds of your own', () => {
    const thresholds = { ...DEFAULT_VCP_THRESHOLDS, volumeDryUp: [{ below: 2, points: 7 }] }
    expect(vcpPoints(thresholds).volumeDryUp(1.5)).toBe(7)
    expect(vcpPoints(thresholds).rsi(50)).toBe(15)
  })

  it('gives 100 at most', () => {
    const most = Object.values(DEFAULT_VCP_THRESHOLDS).reduce(
      (sum, steps) => sum + (steps[0]?.points ?? 0),
      0,
    )
    expect(most).toBe(100)
  })
})

describe('vcpScore', () => {
  it('is the sum of the five, and missing when any is', () => {
    const length = 100
    const score = evaluateColumn(vcpScore(), data(100_000, length))
    expect(vcpScore().warmUp).toBe(39)
    expect(score.findIndex((value) => !Number.isNaN(value))).toBe(39)
    const measures = vcpMeasures()
    const values = names.map((name) => evaluateColumn(measures[name], data(100_000, length)))
    for (let t = 39; t < length; t++) {
      const points = names.map((name, k) => vcpPoints()[name](values[k]?.[t] as number))
      expect(score[t]).toBe(points.reduce((sum, value) => sum + value, 0))
    }
  })

  it('tells other thresholds and windows by its key', () => {
    const other = { ...DEFAULT_VCP_THRESHOLDS, rsi: [{ from: 0, to: 100, points: 1 }] }
    const keys = [vcpScore(), vcpScore(other), vcpScore(other, { rsiPeriod: 9 })].map(
      ({ key }) => key,
    )
    expect(new Set(keys).size).toBe(3)
    expect(vcpScore({ ...DEFAULT_VCP_THRESHOLDS }).key).not.toBe(vcpScore(other).key)
    expect(vcpMeasures().rsi.key).toBe(`cutlerRsi(${bars.close.key},14)`)
  })
})
