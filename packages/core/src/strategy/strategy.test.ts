import { describe, expect, it } from 'vitest'
import { bars, type Column, kernelColumn } from '../columns/index.js'
import { madeCriterion, madeStrategy } from '../testing-market.js'
import {
  API_VERSION,
  condition,
  criterion,
  defineStrategy,
  evidence,
  lookbackOf,
  parseOptions,
  type StandardSchema,
  type StrategyDefinition,
} from './index.js'

const TEXT = { ko: '가', en: 'a' }
const line = (id: string) => madeCriterion(id)

function codeOf(make: () => unknown): string {
  try {
    make()
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'accepted'
}

describe('criterion', () => {
  const make = (more: object): string =>
    codeOf(() =>
      criterion({
        id: 'a.b',
        maxPoints: 10,
        label: TEXT,
        inputs: { close: bars.close },
        score: () => 0,
        ...more,
      }),
    )

  it('takes its label for its rule, and claims nothing, unless said', () => {
    const made = line('a')
    expect(made).toMatchObject({ rule: made.label, claims: {}, fractional: false, reason: null })
    expect(Object.isFrozen(made)).toBe(true)
  })

  it.each([
    ['E_STRATEGY_ID', { id: 'Not an id' }],
    ['E_STRATEGY_ID', { id: 5 }],
    ['E_PARAM_RANGE', { maxPoints: 0 }],
    ['E_PARAM_RANGE', { maxPoints: 251 }],
    ['accepted', { maxPoints: 251, fractional: true }],
    ['E_INPUT_INVALID', { inputs: { Close: bars.close } }],
    ['E_INPUT_INVALID', { inputs: { close: 'bars.close' } }],
    ['E_INPUT_INVALID', { evidence: { close: bars.open } }],
    ['accepted', { evidence: { open: bars.open } }],
    ['E_INPUT_UNDECLARED', { score: ({ high }: { high: number }) => high }],
  ])('gives %s for %o', (code, more) => {
    expect(make(more)).toBe(code)
  })

  it('refuses a recursive input, and says what to do', () => {
    const recursive = kernelColumn({
      name: 'ema',
      inputs: [bars.close],
      reach: Number.POSITIVE_INFINITY,
      kernel: () => {},
    })
    expect(make({ inputs: { average: recursive } })).toBe('E_INPUT_UNBOUNDED')
  })
})

describe('defineStrategy', () => {
  const made = (more: Partial<StrategyDefinition>): string =>
    codeOf(() => madeStrategy([line('one'), line('two')], more))

  it('gives a frozen value with every default filled in', () => {
    const strategy = madeStrategy([line('one'), line('two')])
    expect(Object.isFrozen(strategy)).toBe(true)
    expect(strategy).toMatchObject({
      apiVersion: API_VERSION,
      label: { ko: 'made', en: 'made' },
      subject: 'stock',
      timeframe: '1d',
      allPoints: 20,
      loadBars: 40,
      options: {},
      plan: null,
      groups: [{ id: 'made', weight: 1, first: 0, end: 2 }],
      screen: { minimumGrade: null, minimumScore: null, conditions: [] },
    })
    expect(strategy.scale.labels).toEqual(['S', 'A', 'C'])
  })

  it('weighs groups into the score', () => {
    const group = (id: string, ids: string[]) => ({
      id,
      label: TEXT,
      weight: 0.5,
      criteria: ids.map(line),
    })
    const groups = [group('left', ['a', 'b']), group('right', ['c'])]
    const strategy = defineStrategy({
      id: 'grouped',
      version: '1',
      maxScore: 15,
      lookback: 1,
      groups,
      grades: {},
      lowestGrade: 'D',
      unknownGrade: 'UNKNOWN',
    })
    expect(strategy.groups.map(({ first, end, maxPoints }) => [first, end, maxPoints])).toEqual([
      [0, 2, 20],
      [2, 3, 10],
    ])
    expect(strategy.scale).toEqual({ labels: ['D'], thresholds: [], unknown: 'UNKNOWN' })
    expect(made({ groups })).toBe('E_STRATEGY_POINTS')
  })

  it.each([
    ['E_STRATEGY_ID', { id: 'Breakout' }],
    ['E_STRATEGY_POINTS', { maxScore: 30 }],
    ['E_STRATEGY_POINTS', { maxScore: Number.NaN }],
    ['E_STRATEGY_DUPLICATE_ID', { criteria: [line('one'), line('one')] }],
    ['E_PARAM_RANGE', { lookback: 0 }],
    ['E_STRATEGY_API_VERSION', { apiVersion: API_VERSION + 1 }],
    ['E_STRATEGY_API_VERSION', { apiVersion: 0 }],
    ['E_STRATEGY_API_VERSION', { apiVersion: 0.5 }],
    ['E_STRATEGY_GRADES', { screen: { minimumGrade: 'B' } }],
    ['E_STRATEGY_GRADES', { grades: { S: 10, A: 10 } }],
    ['E_STRATEGY_GRADES', { grades: { C: 10 } }],
    [
      'E_STRATEGY_LOOKBACK',
      { criteria: [line('one'), madeCriterion('two', bars.close.shift(40))] },
    ],
  ] as const)('refuses with %s: %o', (code, more) => {
    expect(made(more)).toBe(code)
  })

  it('says which side of a contract version is to be updated', () => {
    const define = (apiVersion: number) => () => madeStrategy([line('one')], { apiVersion })
    expect(define(API_VERSION + 1)).toThrow('update @ralph-stock/core')
    expect(define(0)).toThrow('update the plugin')
  })

  it('counts the bars of its screen, and loads those of evidence and drawings too', () => {
    const deep = condition({
      id: 'deep',
      label: TEXT,
      inputs: { before: bars.close.shift(40) },
      holds: ({ before }) => before > 0,
    })
    expect(made({ screen: { conditions: [deep] } })).toBe('E_STRATEGY_LOOKBACK')
    expect(lookbackOf([deep, line('one')])).toBe(41)
    expect(lookbackOf([])).toBe(1)
    const beside = evidence({ inputs: { long: bars.close.shift(99) } })
    expect(madeStrategy([line('one')], { evidence: beside }).loadBars).toBe(100)
    const annotation = { bars: 120, draw: () => ({}) }
    expect(madeStrategy([line('one')], { annotation }).loadBars).toBe(120)
  })

  it('holds conditions and evidence to the rules of inputs', () => {
    const odd = { close: 1 as unknown as Column }
    const inputs = { close: bars.close }
    expect(codeOf(() => condition({ id: 'X', label: TEXT, inputs, holds: () => true }))).toBe(
      'E_STRATEGY_ID',
    )
    expect(codeOf(() => condition({ id: 'x', label: TEXT, inputs: odd, holds: () => true }))).toBe(
      'E_INPUT_INVALID',
    )
    expect(codeOf(() => evidence({ inputs: odd }))).toBe('E_INPUT_INVALID')
  })
})

describe('parseOptions', () => {
  const schema = (
    validate: StandardSchema<unknown, number>['~standard']['validate'],
  ): StandardSchema<unknown, number> => ({ '~standard': { version: 1, vendor: 'made', validate } })

  it('gives what the validator makes of the options, or of none', () => {
    const seen: unknown[] = []
    const one = schema((value) => {
      seen.push(value)
      return { value: 1 }
    })
    expect([parseOptions('made', one, undefined), parseOptions('made', one, 5)]).toEqual([1, 1])
    expect(seen).toEqual([{}, 5])
  })

  it('tells every issue with its place', () => {
    const issues = [
      { message: 'must be a number', path: ['grades', { key: 'S' }] },
      { message: 'must not be empty' },
    ]
    expect(() =>
      parseOptions(
        'made',
        schema(() => ({ issues })),
        {},
      ),
    ).toThrow('options of made: grades.S: must be a number; must not be empty')
  })

  it('refuses a validator that answers later', () => {
    const later = schema(() => Promise.resolve({ value: 1 }))
    expect(codeOf(() => parseOptions('made', later, {}))).toBe('E_OPTIONS_INVALID')
  })
})
