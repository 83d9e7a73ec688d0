import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { bars, countWithin, flows, percentBelow, rankWithin } from '../columns/index.js'
import { compareWithin } from '../scoring/cross-section.js'
import { scoreStock } from '../scoring/index.js'
import { criterion } from '../strategy/index.js'
import {
  failing,
  LAST,
  madeCriterion,
  madeMarket,
  madeStrategy,
  rising,
} from '../testing-market.js'
import { historyCard, historyOf, NO_GRADE, plainBuffer, scoreHistory } from './index.js'
import { packMarket, unpackMarket } from './packed-market.js'
import { comparePanel } from './rank-history.js'
import { compileSumUp } from './sum-up.js'

const TEXT = { ko: '가', en: 'a' }
const peers = criterion({
  id: 'peers',
  maxPoints: 10,
  label: TEXT,
  inputs: {
    rank: rankWithin('sector', bars.close),
    count: countWithin('sector', bars.close),
    below: percentBelow('universe', bars.close),
    other: rankWithin('sector', bars.open),
  },
  score: ({ rank }) => Math.max(0, 11 - rank),
})
const part = criterion({
  id: 'part',
  maxPoints: 10,
  label: TEXT,
  fractional: true,
  inputs: { close: bars.close, before: bars.close.shift(3) },
  score: ({ close, before }) => Math.min(10, (10 * before) / close / 3),
})
const strategy = madeStrategy([peers, part, madeCriterion('flow', flows.foreign)], {
  grades: { S: 15, A: 10 },
})
const MARKET = madeMarket(
  {
    '000100': rising(25, 100),
    '000200': rising(30, 300),
    '000300': rising(22, 200),
    '000400': rising(8, 400),
    '000405': rising(25, 700),
    '000500': [],
  },
  {
    '000100': { sector: '반도체' },
    '000200': { sector: '반도체' },
    '000300': { sector: '' },
    '000400': { sector: '반도체' },
  },
)

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('scoreHistory', () => {
  it('gives the cards of every bar as columns', () => {
    const history = scoreHistory(MARKET, [strategy])
    for (const { stock, series } of MARKET.members) {
      const own = historyOf(history, 'made', stock.ticker)
      expect(own?.score).toHaveLength(series.length)
      own?.days.forEach((_, bar) => {
        const brief = historyCard(strategy, own, bar)
        const card = scoreStock(MARKET, strategy, stock.ticker, brief.asOf)
        expect(brief).toEqual({
          asOf: card.asOf,
          score: card.score,
          coverage: card.coverage,
          grade: card.grade,
          points: Object.fromEntries(card.criteria.map(({ id, points }) => [id, points])),
        })
      })
    }
  })

  it('tells who was eligible, by listing and traded bars', () => {
    const { eligible, layout } = scoreHistory(MARKET, [madeStrategy([madeCriterion('one')])])
    const count = (ticker: string): number => {
      const m = layout.tickers.indexOf(ticker)
      const own = eligible.subarray(layout.offsets[m], layout.offsets[m + 1])
      return own.reduce((sum, one) => sum + one, 0)
    }
    expect(['000100', '000200', '000400', '000405', '000500'].map(count)).toEqual([6, 11, 0, 0, 0])
  })

  it('gives no grade while anything is unknown, where the strategy says so', () => {
    const strict = madeStrategy(
      [madeCriterion('one'), madeCriterion('deep', bars.close.shift(5))],
      {
        unknownGrade: 'UNKNOWN',
      },
    )
    const history = scoreHistory(MARKET, [strict])
    const own = historyOf(history, 'made', '000400')
    expect([...(own?.grade ?? [])]).toEqual([...Array(5).fill(NO_GRADE), 0, 0, 0])
    expect(own === undefined ? '' : historyCard(strict, own, 0).grade).toBe('UNKNOWN')
  })

  it('scores strategies about stocks alone, and knows no other stock or strategy', () => {
    const gate = madeStrategy([madeCriterion('one')], { id: 'gate', subject: 'market' })
    const history = scoreHistory(MARKET, [gate, strategy])
    expect([...history.strategies.keys()]).toEqual(['made'])
    expect(historyOf(history, 'gate', '000100')).toBeUndefined()
    expect(historyOf(history, 'made', '999990')).toBeUndefined()
  })

  it('writes into the memory it is given', () => {
    const allocate = vi.fn((bytes: number) => new SharedArrayBuffer(bytes))
    const history = scoreHistory(MARKET, [strategy], allocate)
    expect(history.strategies.get('made')?.score.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(allocate).toHaveBeenCalled()
  })

  it('scores a packed market as the market itself', () => {
    const deep = madeStrategy([peers, part, madeCriterion('flow', flows.foreign)])
    const packed = packMarket(MARKET, [deep], plainBuffer)
    const unpacked = unpackMarket(packed)
    expect(unpacked.member('000100')?.series.length).toBe(25)
    expect(scoreHistory(unpacked, [deep])).toEqual(scoreHistory(MARKET, [deep]))
  })

  it('scores the same where the host forbids code from text', () => {
    // Made anew each time: what was compiled once is kept.
    const strict = () =>
      madeStrategy([madeCriterion('one'), madeCriterion('deep', bars.close.shift(5))], {
        id: 'strict',
        unknownGrade: 'UNKNOWN',
        grades: { S: 20, A: 15 },
      })
    const parts = () => {
      const { strategies } = scoreHistory(MARKET, [madeStrategy([madeCriterion('one')]), strict()])
      return [...strategies.values()].map(({ points, score, known, grade }) => {
        return { points, score, known, grade }
      })
    }
    const fast = parts()
    vi.stubGlobal('Function', failing(new EvalError('forbidden')))
    expect(parts()).toEqual(fast)
    vi.stubGlobal('Function', failing(new TypeError('broken host')))
    expect(parts).toThrow('broken host')
    const fresh = strict()
    expect(() => compileSumUp(fresh)).toThrow('broken host')
  })

  it('keeps what it compiled', () => {
    expect(compileSumUp(strategy)).toBe(compileSumUp(strategy))
  })

  it('refuses points that are not within their bounds', () => {
    const odd = criterion({
      id: 'odd',
      maxPoints: 1,
      label: TEXT,
      inputs: { close: bars.close },
      score: ({ close }) => close,
    })
    expect(() => scoreHistory(MARKET, [madeStrategy([odd])])).toThrow(
      expect.objectContaining({ code: 'E_CRITERION_POINTS' }),
    )
    expect(LAST).toBe('2026-02-10')
  })
})

describe('comparePanel', () => {
  it('gives the numbers of compareWithin on every date, for groups of any size', () => {
    const group = fc.array(
      fc.option(fc.integer({ min: -9, max: 9 }), { freq: 9, nil: Number.NaN }),
      {
        minLength: 1,
        maxLength: 90,
        size: 'max',
      },
    )
    const measures = ['rank', 'count', 'percent-below'] as const
    fc.assert(
      fc.property(
        group,
        fc.nat({ max: 200 }),
        fc.constantFrom(...measures),
        (list, at, measure) => {
          const values = Float64Array.from(list)
          const section = { group: 'universe', measure, minimumMembers: 3 } as const
          const expected = new Float64Array(list.length)
          compareWithin(section, values, new Int32Array(list.length), expected)
          const out = new Float64Array(list.length).fill(Number.NaN)
          const panel = {
            offsets: Int32Array.from({ length: list.length + 1 }, (_, i) => i),
            session: new Int32Array(list.length).fill(at),
            sessions: 201,
            eligible: new Uint8Array(list.length).fill(1),
          }
          comparePanel(panel, [...list.keys()], values, [{ section, out }])
          expect(out).toEqual(expected)
        },
      ),
    )
  })
})
