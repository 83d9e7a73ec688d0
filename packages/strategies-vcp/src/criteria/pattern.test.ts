import { createSeries, score } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import {
  barOf,
  barsOfCloses,
  equalBars,
  type MadeBar,
  seriesInput,
  waves,
} from '../../../../tests/support/made-bars.js'
import { vcpOptions } from '../options/vcp-options.js'
import { vcp } from '../strategy.js'
import { bandContraction } from './band-contraction.js'
import { bandPosition } from './band-position.js'
import { rsiNeutral } from './rsi-neutral.js'
import { volatilityDecrease } from './volatility-decrease.js'
import { volumeDryUp } from './volume-dry-up.js'

const defaults = vcpOptions.parse({})
const lineOf = (bars: readonly MadeBar[], id: string) =>
  score(vcp(), createSeries(seriesInput(bars))).criteria.find((line) => line.id === id)

describe('vcp.band-contraction', () => {
  const points = (ratio: number): number =>
    bandContraction(defaults).score({ ratio, bandwidth: 0.1 })

  it('needs less than each of its bounds', () => {
    expect([0.499, 0.5, 0.699, 0.7, 0.899, 0.9, 3].map(points)).toEqual([30, 20, 20, 10, 10, 0, 0])
    expect(points(0.5 - 1e-12)).toBe(20)
  })

  it('compares the bandwidth with its mean of the 20 bars before', () => {
    // Bars swing by 2 % for 39 days; then the last close moves the mean and the deviation.
    const closes = Array.from({ length: 40 }, (_, k) => (k % 2 === 0 ? 9_800 : 10_200))
    const { evidence } = lineOf(barsOfCloses(closes), 'vcp.band-contraction') ?? {}
    expect(evidence?.['bandwidth']).toBeCloseTo((4 * 200) / 10_000, 12)
    expect(evidence?.['ratio']).toBeCloseTo(1, 12)
  })

  it('is unknown with fewer than 40 bars, and where a window before was flat', () => {
    expect(lineOf(waves(40), 'vcp.band-contraction')?.outcome).not.toBe('unknown')
    const young = lineOf(waves(39), 'vcp.band-contraction')
    expect(young).toMatchObject({ outcome: 'unknown', points: null })
    expect(young?.reason.en).toBe('Unknown: needs 40 bars, has 39')
    expect(lineOf(equalBars(60), 'vcp.band-contraction')?.reason.en).toBe(
      'Unknown: ratio has a zero denominator',
    )
  })

  it('says the width and the ratio', () => {
    expect(bandContraction(defaults).reason?.({ ratio: 0.42, bandwidth: 0.154 }, 30)).toEqual({
      ko: '밴드 폭 15.4%, 직전 20일 평균의 0.42배',
      en: 'Bandwidth 15.4%, 0.42 times its mean of the 20 bars before',
    })
  })
})

describe('vcp.volume-dry-up', () => {
  const points = (ratio: number): number => volumeDryUp(defaults).score({ ratio })

  it('needs less than each of its bounds', () => {
    expect([0.49, 0.5, 0.69, 0.7, 0.89, 0.9, 1.09, 1.1].map(points)).toEqual([
      20, 15, 15, 10, 10, 5, 5, 0,
    ])
  })

  it('compares five bars with the fifteen before them', () => {
    const bars = Array.from({ length: 20 }, (_, k) => barOf(k, { volume: k < 15 ? 1000 : 450 }))
    expect(lineOf(bars, 'vcp.volume-dry-up')).toMatchObject({
      points: 20,
      evidence: { ratio: 0.45 },
    })
    expect(lineOf(bars, 'vcp.volume-dry-up')?.reason.en).toBe(
      'Volume of 5 bars is 0.45 times that of the 15 before',
    )
    expect(lineOf(bars.slice(1), 'vcp.volume-dry-up')?.outcome).toBe('unknown')
  })
})

describe('vcp.volatility-decrease', () => {
  const points = (ratio: number): number => volatilityDecrease(defaults).score({ ratio })

  it('needs less than each of its bounds', () => {
    expect([0.49, 0.5, 0.79, 0.8, 0.99, 1].map(points)).toEqual([20, 15, 15, 10, 10, 0])
  })

  it('compares five closes with the twenty before them', () => {
    const closes = Array.from({ length: 20 }, (_, k) => (k % 2 === 0 ? 9_000 : 11_000))
    const bars = barsOfCloses([...closes, 10_000, 10_000, 10_000, 10_000, 10_000])
    expect(lineOf(bars, 'vcp.volatility-decrease')).toMatchObject({
      points: 20,
      evidence: { ratio: 0 },
    })
    expect(lineOf(bars.slice(1), 'vcp.volatility-decrease')?.outcome).toBe('unknown')
  })

  it('is unknown where the closes before never moved', () => {
    const bars = [...equalBars(20), ...waves(25).slice(20)]
    expect(lineOf(bars, 'vcp.volatility-decrease')?.reason.en).toContain('zero denominator')
  })
})

describe('vcp.rsi-neutral', () => {
  const points = (rsi: number): number => rsiNeutral(defaults).score({ rsi })

  it('gives the edge to the inner band', () => {
    expect([40, 50, 60, 39.9, 60.1, 30, 70, 29.9, 70.1, 20, 80, 19.9, 80.1].map(points)).toEqual([
      15, 15, 15, 10, 10, 10, 10, 5, 5, 5, 5, 0, 0,
    ])
    expect(points(39.99999999999999)).toBe(15)
    expect(points(60.00000000000001)).toBe(15)
  })

  it('reads the sums of 14 changes: exactly 40 is neutral', () => {
    // Gains of 4 x 100 and losses of 10 x 60: 100 * 400 / 1000.
    const closes = [10_000]
    for (let k = 0; k < 14; k++)
      closes.push((closes[k] as number) + (k % 3 === 0 && k < 12 ? 100 : -60))
    const line = lineOf(barsOfCloses(closes), 'vcp.rsi-neutral')
    expect(line).toMatchObject({ points: 15, evidence: { rsi: 40 } })
    expect(line?.reason).toEqual({ ko: 'RSI(14) 40.0', en: 'RSI(14) 40.0' })
  })

  it('is unknown without any change, and with fewer than 15 bars', () => {
    expect(lineOf(equalBars(15), 'vcp.rsi-neutral')).toMatchObject({ points: null })
    expect(lineOf(waves(14), 'vcp.rsi-neutral')?.reason.en).toBe('Unknown: needs 15 bars, has 14')
  })
})

describe('vcp.band-position', () => {
  const points = (position: number): number => bandPosition(defaults).score({ position })

  it('gives the edge to the inner band', () => {
    expect([0.4, 0.6, 0.39, 0.3, 0.7, 0.29, 0.2, 0.8, 0.19, 0.81, 1.2].map(points)).toEqual([
      15, 15, 10, 10, 10, 5, 5, 5, 0, 0, 0,
    ])
    expect(points(0.6000000000000001)).toBe(15)
  })

  it('is unknown without any width', () => {
    expect(lineOf(equalBars(20), 'vcp.band-position')).toMatchObject({ points: null })
    expect(lineOf(waves(20), 'vcp.band-position')?.outcome).not.toBe('unknown')
    expect(lineOf(waves(20), 'vcp.band-position')?.reason.en).toMatch(/% of the way from/)
  })
})
