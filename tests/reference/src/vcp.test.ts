import { describe, expect, it } from 'vitest'
import { alternating, bar, barsOf, repeated } from './fixtures.js'
import { sum } from './statistics.js'
import { bandPositionOf, cutlerRsi, vcpCriteria } from './vcp.js'

const points = (id: string, closes: number[]): number | null | undefined =>
  vcpCriteria(barsOf(closes))[id]?.points

/** 15 closes with the 14 changes: `up` of +1, `down` of -1, the rest 0. */
const withChanges = (up: number, down: number): number[] => {
  const changes = [...repeated(1, up), ...repeated(-1, down), ...repeated(0, 14 - up - down)]
  return [100, ...changes.map((_, i) => 100 + sum(changes.slice(0, i + 1)))]
}

describe('vcp.rsi-neutral', () => {
  it('gives the edge to the inner band', () => {
    expect(cutlerRsi(barsOf(withChanges(4, 6)))).toBe(40)
    expect(points('vcp.rsi-neutral', withChanges(4, 6))).toBe(15) // exactly 40
    expect(points('vcp.rsi-neutral', withChanges(6, 4))).toBe(15) // exactly 60
    expect(points('vcp.rsi-neutral', withChanges(3, 7))).toBe(10) // exactly 30
    expect(points('vcp.rsi-neutral', withChanges(2, 8))).toBe(5) // exactly 20
    expect(points('vcp.rsi-neutral', withChanges(1, 9))).toBe(0) // 10
  })

  it('is unknown without any change and with 14 closes', () => {
    expect(points('vcp.rsi-neutral', repeated(100, 15))).toBeNull()
    expect(points('vcp.rsi-neutral', withChanges(4, 6).slice(1))).toBeNull()
  })
})

describe('vcp.volume-dry-up', () => {
  const dryUp = (recent: number): number | null | undefined =>
    vcpCriteria([
      ...Array.from({ length: 15 }, (_, i) => bar(i, 100, { volume: 100 })),
      ...Array.from({ length: 5 }, (_, i) => bar(15 + i, 100, { volume: recent })),
    ])['vcp.volume-dry-up']?.points

  it('gives the edge to the outer band', () => {
    expect([49, 50, 69, 70, 89, 90, 109, 110].map(dryUp)).toEqual([20, 15, 15, 10, 10, 5, 5, 0])
  })

  it('is unknown with 19 bars', () => {
    expect(points('vcp.volume-dry-up', repeated(100, 19))).toBeNull()
  })
})

describe('vcp.volatility-decrease', () => {
  // 98 and 102 in turns: mean 100, sd 2, coefficient 0.02.
  const earlier = alternating(98, 102, 20)

  it('compares the two coefficients of variation', () => {
    // Squared distances 4 x 1, sd sqrt(0.8) = 0.894, ratio 0.447.
    const calm = [...earlier, 99, 101, 99, 101, 100]
    expect(points('vcp.volatility-decrease', calm)).toBe(20)
    // 4 x 4, sd sqrt(3.2) = 1.789, ratio 0.894.
    const lively = [...earlier, 98, 102, 98, 102, 100]
    expect(points('vcp.volatility-decrease', lively)).toBe(10)
  })

  it('gives the edge to the outer band', () => {
    // 9 + 1 + 0 + 1 + 9 = 20, sd 2: ratio exactly 1, and exactly 0.5 against 96 and 104 (sd 4).
    const recent = [97, 99, 100, 101, 103]
    expect(points('vcp.volatility-decrease', [...earlier, ...recent])).toBe(0)
    const wide = alternating(96, 104, 20)
    expect(points('vcp.volatility-decrease', [...wide, ...recent])).toBe(15)
  })

  it('is unknown after 20 equal closes, and with 24 bars', () => {
    const flat = [...repeated(100, 20), 99, 101, 99, 101, 100]
    expect(points('vcp.volatility-decrease', flat)).toBeNull()
    expect(points('vcp.volatility-decrease', alternating(98, 102, 24))).toBeNull()
  })
})

describe('vcp.band-contraction', () => {
  it('gives all points when the band closes, none when it stays', () => {
    const closing = [...alternating(90, 110, 20), ...repeated(100, 20)]
    expect(points('vcp.band-contraction', closing)).toBe(30) // w = 0
    expect(points('vcp.band-contraction', alternating(98, 102, 40))).toBe(0) // ratio 1
  })

  it('leaves t out of the widths it compares with', () => {
    // The 20 widths before t are 0; with t among them the ratio would be 20.
    expect(points('vcp.band-contraction', [...repeated(100, 39), 110])).toBeNull()
  })

  it('is unknown with 39 bars', () => {
    expect(points('vcp.band-contraction', alternating(98, 102, 39))).toBeNull()
  })
})

describe('vcp.band-position', () => {
  it('is unknown without a width and with 19 bars', () => {
    expect(points('vcp.band-position', repeated(100, 20))).toBeNull()
    expect(points('vcp.band-position', alternating(98, 102, 19))).toBeNull()
  })

  it('places the close between the bands', () => {
    // Mean 100, sd 2, bands 96 and 104: 102 is at 6 / 8.
    expect(bandPositionOf(barsOf(alternating(98, 102, 20)))).toBe(0.75)
    expect(points('vcp.band-position', alternating(98, 102, 20))).toBe(5)
    // 104.1 is past 0.8: distances 19 x 0 and one of 10 put the close far outside.
    expect(points('vcp.band-position', [...repeated(100, 19), 110])).toBe(0)
  })

  it('gives the edge to the inner band', () => {
    // Pairs around 100 of 6 (five), 4 (two), 3 and 5, and 98 with 102: squares
    // 2 x (5 x 36 + 2 x 16 + 9 + 25) + 8 = 500, sd 5, bands 90 and 110, 102 at 12 / 20.
    const distances = [6, 6, 6, 6, 6, 4, 4, 3, 5]
    const closes = [...distances.flatMap((d) => [100 - d, 100 + d]), 98, 102]
    expect(bandPositionOf(barsOf(closes))).toBeCloseTo(0.6, 12)
    expect(points('vcp.band-position', closes)).toBe(15)
  })
})
