import { bars, criterion, defineStrategy, rankWithin, source } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import * as cheats from '../cheats/strategies.js'
import { LawViolation } from './law.js'
import { checkStrategyLaws, STRATEGY_LAWS } from './strategy-laws.js'

const honest = defineStrategy({
  id: 'honest',
  version: '1.0.0',
  maxScore: 20,
  lookback: 6,
  criteria: [
    criterion({
      id: 'honest.rise',
      maxPoints: 10,
      label: { ko: '상승', en: 'Rise' },
      inputs: { close: bars.close, before: bars.close.shift(5), own: source('my.number') },
      score: ({ close, before, own }) => (close > before && own > 0 ? 10 : 0),
      claims: { priceScaleInvariant: true, monotone: { close: 'up', before: 'down' } },
    }),
    criterion({
      id: 'honest.rank',
      maxPoints: 10,
      label: { ko: '순위', en: 'Rank' },
      inputs: { rank: rankWithin('universe', bars.tradedValue) },
      score: ({ rank }) => Math.max(0, 11 - rank),
      claims: { monotone: { rank: 'down' } },
    }),
  ],
  grades: { S: 20, A: 10 },
})

// `noLookAheadInMemory` is a second cheat against the law of `noLookAhead`.
const lawOf = (name: string): string =>
  name.replace('InMemory', '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

function violationOf(check: () => unknown): LawViolation {
  try {
    check()
  } catch (error) {
    if (error instanceof LawViolation) return error
    throw error
  }
  throw new Error('no law was broken')
}

describe('the laws of strategies', () => {
  it('hold for an honest one, over data of its own too', () => {
    const report = checkStrategyLaws(honest, { seed: 7 })
    expect(report).toMatchObject({ subject: 'honest', seed: 7 })
    expect(report.laws.map(({ law }) => law)).toEqual(STRATEGY_LAWS.map(({ id }) => id))
  })

  for (const [name, strategy] of Object.entries(cheats)) {
    it(`catch ${strategy.id} by ${lawOf(name)}`, () => {
      const violation = violationOf(() => checkStrategyLaws(strategy))
      expect(violation.law).toBe(lawOf(name))
      expect(violation.subject).toBe(strategy.id)
      expect(violation.message).toContain(`seed ${violation.seed}`)
    })
  }

  it('have a cheat each', () => {
    const caught = new Set(Object.keys(cheats).map(lawOf))
    expect([...caught].sort()).toEqual(STRATEGY_LAWS.map(({ id }) => id).sort())
  })

  it('tell the smallest market found, and find it again by its seed', () => {
    const first = violationOf(() => checkStrategyLaws(cheats.noLookAhead, { seed: 11 }))
    const again = violationOf(() => checkStrategyLaws(cheats.noLookAhead, { seed: 11 }))
    expect(again.message).toBe(first.message)
    expect(first.counterexample?.script.stocks.length).toBeLessThanOrEqual(2)
    expect(first.words).toMatch(/points with the bars after|with later bars and without/)
    expect(first.message).toContain('In this market: ')
  })

  it('can be checked one by one', () => {
    const report = checkStrategyLaws(cheats.noLookAhead, { laws: ['total'], runs: 3 })
    expect(report.laws).toEqual([{ law: 'total', statement: expect.any(String), runs: 3 }])
  })
})
