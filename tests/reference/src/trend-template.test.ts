import { describe, expect, it } from 'vitest'
import { barsOf, repeated } from './fixtures.js'
import { relativeStrength, strengthNumber, trendTemplateCriteria } from './trend-template.js'

/** 1,000, 1,001, 1,002 ... */
const rising = (count: number): number[] => Array.from({ length: count }, (_, i) => 1000 + i)

const pointsOf = (closes: number[], strengths: number[] = []): (number | null)[] =>
  Object.values(trendTemplateCriteria(barsOf(closes), strengths)).map((line) => line.points)

describe('trend template', () => {
  it('weighs four returns', () => {
    // 0.4 x 1 + 0.2 x 3 + 0.2 x 0 + 0.2 x 1 = 1.2 for 200 after 100, 50, 200, 100.
    const closes = repeated(7, 253)
    closes[252] = 200
    closes[252 - 63] = 100
    closes[252 - 126] = 50
    closes[252 - 189] = 200
    closes[0] = 100
    expect(strengthNumber(barsOf(closes))).toBeCloseTo(1.2, 12)
    expect(strengthNumber(barsOf(closes.slice(1)))).toBeNull()
  })

  it('ranks by the strictly lower among all known, itself included', () => {
    expect(relativeStrength(7, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])).toBe(70)
    expect(relativeStrength(7, [7, 7, 7, 7])).toBe(0)
  })

  it('passes all eight in a steady rise at the edge of strength 70', () => {
    // 1,000 to 1,403: the lowest of 252 bars is 1,152, so 1.3 x it is 1,497.6: too near. Twice
    // the step: 1,000 to 1,806, lowest 1,304, 1.3 x it 1,695.2.
    const closes = rising(404).map((close) => 2 * close - 1000)
    const own = strengthNumber(barsOf(closes)) ?? Number.NaN
    const strengths = [own, ...repeated(own - 1, 7), ...repeated(own + 1, 2)]
    expect(pointsOf(closes, strengths)).toEqual(repeated(1, 8))
    expect(pointsOf(rising(404), strengths)[5]).toBe(0)
  })

  it('fails on equality: flat closes are not above their means', () => {
    // Close and means are all 100: five strict conditions fail; 100 < 130; 100 >= 75.
    const flat = repeated(100, 253)
    expect(pointsOf(flat, [0])).toEqual([0, 0, 0, 0, 0, 0, 1, 0])
  })

  it('leaves a condition unknown when one of its numbers is missing', () => {
    expect(pointsOf(rising(199))).toEqual([null, null, null, null, 1, null, null, null])
    expect(pointsOf(rising(220))).toEqual([1, 1, null, 1, 1, null, null, null])
    expect(pointsOf(rising(221))).toEqual([1, 1, 1, 1, 1, null, null, null])
    expect(pointsOf(rising(252))).toEqual([1, 1, 1, 1, 1, 0, 1, null])
  })
})
