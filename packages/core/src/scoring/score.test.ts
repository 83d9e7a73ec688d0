import { describe, expect, it, vi } from 'vitest'
import { createSeries } from '../bars/index.js'
import {
  acrossSectors,
  bars,
  flows,
  index,
  news,
  rankWithin,
  ratio,
  sessions,
  source,
} from '../columns/index.js'
import { condition, criterion, defineStrategy, evidence } from '../strategy/index.js'
import {
  LAST,
  madeBars,
  madeCriterion,
  madeSeries,
  madeStock,
  madeStrategy,
  rising,
} from '../testing-market.js'
import { score } from './index.js'

const TEXT = { ko: '가', en: 'a' }
const PLAN = {
  targetPercent: 115,
  stopPercent: 95,
  positionPercent: 10,
  capital: 10_000_000,
  fill: 'close',
  holdingBars: 5,
} as const

describe('score', () => {
  it('makes a card of the last bar, or of the bar asked for', () => {
    const strategy = madeStrategy([madeCriterion('one'), madeCriterion('two')], { plan: PLAN })
    const series = madeSeries([9000, 9990])
    const stock = madeStock('000100', { market: 'KOSDAQ' })
    const card = score(strategy, series, { stock })
    expect(card).toMatchObject({
      strategyId: 'made',
      strategyVersion: '1.0.0',
      ticker: '000100',
      name: '종목 000100',
      market: 'KOSDAQ',
      asOf: LAST,
      score: 20,
      maxScore: 20,
      coverage: 1,
      grade: 'S',
      outOfReach: [],
      subScores: {},
      evidence: {},
      annotation: null,
      flags: [],
      flows: null,
      universeAsOf: null,
      screen: { passed: true, failed: [] },
      plan: { entry: 9990, target: 11_480, stop: 9500 },
    })
    expect(card.criteria[0]).toMatchObject({ outcome: 'pass', evidence: { value: 9990 } })
    expect(score(strategy, series, { asOf: '2026-02-09' }).plan?.entry).toBe(9000)
    expect(score(strategy, series).name).toBe('000100')
  })

  it('is unknown without points where an input is missing, and says what is out of reach', () => {
    const strategy = madeStrategy([
      madeCriterion('known'),
      madeCriterion('deep', bars.close.shift(30)),
    ])
    const card = score(strategy, madeSeries(rising(5)))
    expect(card).toMatchObject({ score: 10, coverage: 0.5, grade: 'A', outOfReach: ['S'] })
    expect(card.criteria[1]).toMatchObject({
      outcome: 'unknown',
      points: null,
      evidence: { value: null },
      reason: {
        en: 'Unknown: needs 31 bars, has 5',
        ko: '알 수 없음: 거래일 31일 필요 (5일 있음)',
      },
    })
  })

  it('gives no grade while anything is unknown, where the strategy says so', () => {
    const strategy = madeStrategy([madeCriterion('one'), madeCriterion('two', flows.foreign)], {
      unknownGrade: 'UNKNOWN',
    })
    expect(score(strategy, madeSeries([1])).grade).toBe('UNKNOWN')
    const known = madeSeries([1], { flows: [{ date: LAST, foreignNetValue: 1 }] })
    expect(score(strategy, known).grade).toBe('S')
  })

  it.each([
    ['no analysed news', news.positive],
    ['no flows on a date it reads', flows.foreign],
    ['no index value on a session it reads', index('KOSPI').close],
    ['halts stretch its bars over too many sessions', ratio(sessions.ordinal, source('none'))],
    ['value has a zero denominator', source('none')],
    ['too few peers to compare with', rankWithin('universe', bars.close)],
    ['no sector with enough members', acrossSectors('n', bars.close, () => 0)],
  ])('says why it is unknown: %s', (cause, column) => {
    const strategy = madeStrategy([madeCriterion('one', column)])
    expect(score(strategy, madeSeries([1])).criteria[0]?.reason.en).toBe(`Unknown: ${cause}`)
  })

  it('tells partial from pass and fail, and gives reasons in words', () => {
    const half = criterion({
      id: 'half',
      maxPoints: 10,
      label: { ko: '반', en: 'Half' },
      inputs: { close: bars.close },
      score: ({ close }) => (close > 100 ? 5 : 0),
      reason: ({ close }, points) => ({ ko: `${close}원 ${points}점`, en: `${close} ${points}` }),
    })
    const strategy = madeStrategy([half, madeCriterion('plain')])
    const card = score(strategy, madeSeries([101]))
    expect(card.criteria.map(({ outcome }) => outcome)).toEqual(['partial', 'pass'])
    expect(card.criteria.map(({ reason }) => reason.en)).toEqual([
      '101 5',
      'Value: 10 of 10 points',
    ])
    expect(score(strategy, madeSeries([100])).criteria[0]?.outcome).toBe('fail')
    const json = JSON.parse(JSON.stringify(card))
    expect(json).toMatchObject({
      annotation: null,
      criteria: [{ reason: { ko: '101원 5점' } }, {}],
    })
  })

  it('gives sub-scores by group, weighted into the score', () => {
    const group = (id: string, weight: number) => {
      return { id, weight, label: TEXT, criteria: [madeCriterion(`${id}.line`)] }
    }
    const strategy = defineStrategy({
      id: 'grouped',
      version: '1',
      maxScore: 10,
      lookback: 1,
      groups: [group('left', 0.25), group('right', 0.75)],
      grades: { S: 10 },
    })
    expect(score(strategy, madeSeries([1]))).toMatchObject({
      score: 10,
      subScores: { left: 10, right: 10 },
    })
    const half = defineStrategy({
      id: 'half-known',
      version: '1',
      maxScore: 20,
      lookback: 1,
      groups: [
        { id: 'prices', label: TEXT, weight: 1, criteria: [madeCriterion('close')] },
        { id: 'flows', label: TEXT, weight: 1, criteria: [madeCriterion('flow', flows.foreign)] },
      ],
      grades: { S: 20 },
    })
    expect(score(half, madeSeries([1])).subScores).toEqual({ prices: 10, flows: 0 })
  })

  it('shows evidence beside the score, derived where asked, missing as null', () => {
    const inputs = { close: bars.close, before: bars.close.shift(1) }
    const plain = madeStrategy([madeCriterion('one')], { evidence: evidence({ inputs }) })
    expect(score(plain, madeSeries([5])).evidence).toEqual({ close: 5, before: null })
    const derived = evidence({
      inputs,
      derive: ({ close, before }) => ({ change: close - before }),
    })
    const strategy = madeStrategy([madeCriterion('one')], { evidence: derived })
    expect(score(strategy, madeSeries([5, 7])).evidence).toEqual({ change: 2 })
    expect(score(strategy, madeSeries([7])).evidence).toEqual({ change: null })
  })

  it('shows evidence of a line, which makes nothing unknown', () => {
    const line = criterion({
      id: 'line',
      maxPoints: 10,
      label: TEXT,
      inputs: { close: bars.close },
      evidence: { before: bars.close.shift(1) },
      score: () => 10,
      reason: ({ close, before }) => ({ ko: '', en: `${close} after ${before}` }),
    })
    const cards = [[5], [5, 7]].map((closes) => score(madeStrategy([line]), madeSeries(closes)))
    expect(cards.map((card) => card.criteria[0])).toMatchObject([
      { points: 10, evidence: { close: 5, before: null }, reason: { en: '5 after NaN' } },
      { points: 10, evidence: { close: 7, before: 5 }, reason: { en: '7 after 5' } },
    ])
  })

  it('scores a line that reads nothing', () => {
    const given = criterion({ id: 'given', maxPoints: 1, label: TEXT, inputs: {}, score: () => 1 })
    const always = condition({ id: 'always', label: TEXT, inputs: {}, holds: () => true })
    const strategy = madeStrategy([given], { screen: { conditions: [always] } })
    expect(score(strategy, madeSeries([1]))).toMatchObject({ score: 1, screen: { passed: true } })
  })

  it('draws from the last bars alone, once, when it is read', () => {
    const draw = vi.fn((window: { readonly close: Float64Array }) => ({
      closes: [...window.close],
    }))
    const strategy = madeStrategy([madeCriterion('one')], { annotation: { bars: 2, draw } })
    const card = score(strategy, madeSeries([1, 2, 3]), { asOf: '2026-02-09' })
    expect(draw).not.toHaveBeenCalled()
    expect([card.annotation, card.annotation]).toEqual([{ closes: [1, 2] }, { closes: [1, 2] }])
    expect(draw).toHaveBeenCalledTimes(1)
    expect(score(strategy, madeSeries([5])).annotation).toEqual({ closes: [5] })
  })

  it('drops from the screen by grade, score, conditions and a locked limit', () => {
    const holds = condition({
      id: 'dear',
      label: TEXT,
      inputs: { close: bars.close, before: bars.close.shift(1) },
      holds: ({ close }) => close > 1200,
    })
    const strategy = madeStrategy([madeCriterion('one')], {
      grades: { S: 20, A: 10 },
      screen: { minimumGrade: 'S', minimumScore: 15, conditions: [holds] },
    })
    expect(score(strategy, madeSeries([1000, 1100])).screen.failed).toEqual([
      'grade',
      'score',
      'dear',
    ])
    expect(score(strategy, madeSeries([1300])).screen.failed).toEqual(['grade', 'score', 'dear'])
    const open = madeStrategy([madeCriterion('one')], { screen: { minimumGrade: 'A' } })
    expect(score(open, madeSeries([1000, 1300]))).toMatchObject({
      flags: ['locked-at-limit'],
      screen: { passed: false, failed: ['locked-at-limit'] },
    })
    expect(score(open, madeSeries([1000, 1299])).flags).toEqual([])
    expect(score(open, madeSeries([1000.5, 1300])).flags).toEqual([])
  })

  it('takes plans and limits from the close as printed, and has no plan for a broken won', () => {
    const strategy = madeStrategy([madeCriterion('one')], { plan: PLAN })
    const [first, second] = madeBars([500, 650])
    const printed = [
      { ...(first as NonNullable<typeof first>), rawClose: 5000 },
      { ...(second as NonNullable<typeof second>), rawClose: 6500 },
    ]
    const card = score(strategy, createSeries({ ticker: '000100', bars: printed }))
    expect(card.plan?.entry).toBe(6500)
    expect(card.flags).toEqual(['locked-at-limit'])
    expect(score(strategy, madeSeries([500.5])).plan).toBeNull()
  })

  it('says which flows it read', () => {
    const strategy = madeStrategy([madeCriterion('one', flows.foreign)])
    const state = (flow: object): unknown =>
      score(strategy, madeSeries([1], { flows: [{ date: LAST, ...flow }] })).flows
    expect(state({ foreignNetValue: 1 })).toBe('final')
    expect(state({ institutionNetValue: 1, provisional: true })).toBe('provisional')
    expect(state({})).toBeNull()
    expect(score(strategy, madeSeries([1])).flows).toBeNull()
  })

  it.each([
    ['no bar at all', [], undefined, '000100 has no bar'],
    ['none on the date', [1], '2026-02-11', 'the last one before it is 2026-02-10'],
    ['none until the date', [1], '2026-02-09', '000100 has no bar on 2026-02-09'],
  ] as const)('refuses a series with %s', (_, closes, asOf, words) => {
    const strategy = madeStrategy([madeCriterion('one')])
    const options = asOf === undefined ? {} : { asOf }
    expect(() => score(strategy, madeSeries(closes), options)).toThrow(words)
  })

  it('refuses a strategy about the market', () => {
    const market = madeStrategy([madeCriterion('one')], { subject: 'market' })
    expect(() => score(market, madeSeries([1]))).toThrow(
      expect.objectContaining({ code: 'E_MARKET_NEEDED' }),
    )
  })

  it.each([
    [11, false],
    [-1, false],
    [0.5, false],
    [Number.NaN, true],
    [10.5, true],
  ])('refuses %s of 10 points', (points, fractional) => {
    const odd = criterion({
      id: 'odd',
      maxPoints: 10,
      label: TEXT,
      fractional,
      inputs: { close: bars.close },
      score: () => points,
    })
    const refused = expect.objectContaining({ code: 'E_CRITERION_POINTS' })
    expect(() => score(madeStrategy([odd]), madeSeries([1]))).toThrow(refused)
  })
})
