import { afterEach, describe, expect, it, vi } from 'vitest'
import { bars, planEvaluation, sessions } from '../columns/index.js'
import { condition, criterion, evidence } from '../strategy/index.js'
import {
  failing,
  LAST,
  madeCriterion,
  madeSeries,
  madeStrategy,
  sessionsTo,
} from '../testing-market.js'
import { compileValues } from './compile-values.js'
import { score } from './index.js'

const TEXT = { ko: '가', en: 'a' }
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('compiled functions', () => {
  it('scores the same where the host forbids code from text', () => {
    const make = () =>
      madeStrategy([madeCriterion('one'), madeCriterion('two', bars.close.shift(1))], {
        evidence: evidence({ inputs: { open: bars.open } }),
        screen: {
          conditions: [
            condition({ id: 'c', label: TEXT, inputs: { x: bars.open }, holds: () => true }),
          ],
        },
      })
    const cards = (): unknown[] =>
      [[5], [5, 6]].map((closes) => JSON.parse(JSON.stringify(score(make(), madeSeries(closes)))))
    const fast = cards()
    vi.stubGlobal('Function', failing(new EvalError('forbidden')))
    expect(cards()).toEqual(fast)
    const wrong = criterion({
      id: 'wrong',
      maxPoints: 1,
      label: TEXT,
      inputs: { close: bars.close },
      score: ({ close }) => close,
    })
    expect(() => score(madeStrategy([wrong]), madeSeries([2]))).toThrow('found 2')
  })

  it('lets any other failure of compiling through', () => {
    vi.stubGlobal('Function', failing(new TypeError('broken host')))
    expect(() => score(madeStrategy([madeCriterion('one')]), madeSeries([1]))).toThrow(
      'broken host',
    )
    const plan = planEvaluation([bars.close])
    expect(() => compileValues(plan, { close: bars.close })).toThrow('broken host')
  })

  it('reads a session number from the series alone', () => {
    const apart = criterion({
      id: 'apart',
      maxPoints: 10,
      label: TEXT,
      inputs: { now: sessions.ordinal, before: sessions.ordinal.shift(1) },
      score: ({ now, before }) => now - before,
    })
    expect(sessionsTo(2)).toEqual(['2026-02-09', LAST])
    expect(score(madeStrategy([apart]), madeSeries([1, 2])).score).toBe(1)
  })
})
