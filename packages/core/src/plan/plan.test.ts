import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gradeBounds } from '../grading/grades.js'
import { gradeIndex, gradeScale, gradesOutOfReach } from '../grading/index.js'
import { tradeDate } from '../krx/index.js'
import { krxMarket, POSITION_PERCENT, tradePlan } from './index.js'
import { type PlanDefinition, planRule } from './plan-rule.js'

const SCALE = gradeScale({ S: 11, A: 9, B: 7 }, 'C', null)
const DATE = tradeDate('2026-02-10')
const DEFINITION: PlanDefinition = {
  targetPercent: { S: 120, A: 115, B: 110, C: 105 },
  stopPercent: 95,
  positionPercent: POSITION_PERCENT,
  capital: 10_000_000,
  fill: 'close',
  holdingBars: 5,
}
const rule = (more: Partial<PlanDefinition> = {}) =>
  planRule('made', { ...DEFINITION, ...more }, SCALE)

describe('grades', () => {
  it('take a score within one part in 10^9 of a threshold as on it', () => {
    expect([12, 11, 11 - 1e-9, 11 - 1e-7, 9, 7, 0].map((s) => gradeIndex(SCALE, s))).toEqual([
      0, 0, 0, 1, 1, 2, 3,
    ])
    expect(gradesOutOfReach(SCALE, 9)).toEqual(['S'])
    expect(gradesOutOfReach(SCALE, 12)).toEqual([])
  })

  it('follow their bounds', () => {
    const bounds = gradeBounds(SCALE)
    fc.assert(
      fc.property(fc.double({ min: 0, max: 12, noNaN: true }), (score) => {
        const at = bounds.findIndex((bound) => score >= bound)
        expect(gradeIndex(SCALE, score)).toBe(at < 0 ? bounds.length : at)
      }),
    )
  })

  it.each([
    [{ S: 1, A: 1 }, 'C'],
    [{ S: Number.NaN }, 'C'],
    [{ S: 2, A: 1 }, 'A'],
  ])('refuse %o above %s', (grades, lowest) => {
    expect(() => gradeScale(grades as Record<string, number>, lowest, null)).toThrow(
      expect.objectContaining({ code: 'E_STRATEGY_GRADES' }),
    )
  })
})

describe('plans', () => {
  it('round the target down and the stop up to the tick', () => {
    expect(tradePlan(rule(), 9_990, 1, DATE, 'KOSDAQ')).toEqual({
      entry: 9_990,
      target: 11_480,
      stop: 9_500,
      quantity: 120,
      note: null,
    })
  })

  it('say when one share costs more than the budget', () => {
    expect(tradePlan(rule(), 500_001, 3, DATE, 'KOSPI')).toMatchObject({
      quantity: 0,
      note: 'above-budget',
    })
    expect(tradePlan(rule(), 500_000, 3, DATE, 'KOSPI').quantity).toBe(1)
  })

  it('never promise more, nor risk more, than the rule says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 2_000_000 }), fc.nat({ max: 3 }), (entry, grade) => {
        const { target, stop, quantity } = tradePlan(rule(), entry, grade, DATE, 'KOSPI')
        const made = rule()
        expect(100 * target).toBeLessThanOrEqual(entry * (made.targetPercents[grade] as number))
        expect(100 * stop).toBeGreaterThanOrEqual(entry * (made.stopPercents[grade] as number))
        const budget = (made.capital * (made.positionPercents[grade] as number)) / 100
        expect(quantity * entry).toBeLessThanOrEqual(budget)
        expect((quantity + 1) * entry).toBeGreaterThan(budget)
      }),
    )
  })

  it.each([
    ['E_PARAM_RANGE', { targetPercent: 100 }],
    ['E_PARAM_RANGE', { stopPercent: 100 }],
    ['E_PARAM_RANGE', { positionPercent: 0 }],
    ['E_PARAM_RANGE', { capital: 0.5 }],
    ['E_PARAM_RANGE', { holdingBars: 0 }],
    ['E_STRATEGY_GRADES', { targetPercent: { S: 120 } }],
  ] as const)('refuse with %s: %o', (code, more) => {
    expect(() => rule(more)).toThrow(expect.objectContaining({ code }))
  })

  it("take the rules of KOSPI for a paper of a market that they don't know", () => {
    expect(['KOSDAQ', 'KOSPI', 'MOON'].map(krxMarket)).toEqual(['KOSDAQ', 'KOSPI', 'KOSPI'])
  })
})
