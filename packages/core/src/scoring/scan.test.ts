import { describe, expect, it } from 'vitest'
import {
  acrossSectors,
  bars,
  countWithin,
  index,
  percentBelow,
  rankWithin,
} from '../columns/index.js'
import { dayNumber, tradeDate } from '../krx/index.js'
import { criterion } from '../strategy/index.js'
import { LAST, madeCriterion, madeMarket, madeStrategy, rising } from '../testing-market.js'
import { createMarket } from '../universe/index.js'
import { compareWithin } from './cross-section.js'
import { MARKET_TICKER, scanMarket, scoreStock } from './index.js'
import { createScorer, scorerOf } from './scorer.js'
import { sectorMeans } from './sectors.js'
import { alignTo } from './source-data.js'

const TEXT = { ko: '가', en: 'a' }
const points = criterion({
  id: 'rank',
  maxPoints: 10,
  label: TEXT,
  inputs: {
    rank: rankWithin('sector', bars.close),
    count: countWithin('sector', bars.close),
    below: percentBelow('universe', bars.close),
  },
  score: ({ rank }) => Math.max(0, 11 - rank),
})
const strategy = madeStrategy([points])
const MARKET = madeMarket(
  {
    '000100': rising(20, 100),
    '000200': rising(20, 300),
    '000300': rising(20, 200),
    '000400': rising(20, 300),
    '000500': rising(19, 900),
  },
  {
    '000100': { sector: '반도체' },
    '000200': { sector: '반도체' },
    '000300': { sector: '의약품' },
    '000400': { sector: '' },
  },
  { KOSPI: rising(20, 2000, 20), KOSDAQ: rising(19, 800) },
)

describe('scanMarket', () => {
  it('gives every eligible stock a card, best first, and each other a reason', () => {
    const scan = scanMarket(MARKET, [strategy], LAST)
    expect(scan.asOf).toBe(LAST)
    expect(scan.cards.get('made')?.map(({ ticker, score }) => [ticker, score])).toEqual([
      ['000200', 10],
      ['000300', 10],
      ['000100', 9],
      ['000400', 0],
    ])
    expect([...scan.universe.excluded]).toEqual([['000500', 'short-history']])
  })

  it('compares with peers: rank, how many, and the share that is lower', () => {
    const card = scoreStock(MARKET, strategy, '000200', LAST)
    expect(card.criteria[0]?.evidence).toEqual({ rank: 1, count: 2, below: 50 })
    const blank = scoreStock(MARKET, strategy, '000400', LAST)
    expect(blank.criteria[0]?.evidence).toEqual({ rank: null, count: null, below: 50 })
  })

  it('has nobody to compare a stock with that is not eligible', () => {
    const card = scoreStock(MARKET, strategy, '000500', LAST)
    expect(card.criteria[0]?.evidence).toEqual({ rank: null, count: null, below: null })
  })

  it('orders equal cards by coverage, then by traded value, then by ticker', () => {
    const deep = madeStrategy([
      madeCriterion('one'),
      criterion({
        id: 'two',
        maxPoints: 10,
        label: TEXT,
        inputs: { before: bars.close.shift(20) },
        score: () => 0,
      }),
    ])
    const market = madeMarket({
      '000100': rising(20),
      '000200': rising(21),
      '000300': rising(20, 2000),
      '000400': rising(20),
    })
    const order = scanMarket(market, [deep], LAST)
      .cards.get('made')
      ?.map(({ ticker }) => ticker)
    expect(order).toEqual(['000200', '000300', '000100', '000400'])
  })

  it('says of which day the stock list is, where it is of another', () => {
    const universeDay = dayNumber(tradeDate('2026-03-20'))
    const { members } = MARKET
    const market = createMarket({ stocks: members, universeDay })
    expect(scoreStock(market, strategy, '000100', LAST).universeAsOf).toBe('2026-03-20')
    const same = createMarket({ stocks: members, universeDay: dayNumber(tradeDate(LAST)) })
    expect(scoreStock(same, strategy, '000100', LAST).universeAsOf).toBeNull()
  })

  it('reads indexes on the dates of the bars, missing where they have none', () => {
    const of = (column: ReturnType<typeof index>['close']) =>
      scoreStock(MARKET, madeStrategy([madeCriterion('one', column)]), '000100', LAST).criteria[0]
        ?.evidence['value']
    expect(of(index('KOSPI').close)).toBe(2380)
    expect(of(index('KOSDAQ').close)).toBe(818)
    expect([of(index('KOSPI').tradedValue), of(index('NONE').close)]).toEqual([2_380_000, null])
    expect(alignTo(Int32Array.of(1, 3), Int32Array.of(2), Float64Array.of(5))).toEqual(
      Float64Array.of(Number.NaN, Number.NaN),
    )
  })

  it('knows nothing of sectors in a strategy about stocks', () => {
    const mixed = madeStrategy([
      points,
      madeCriterion(
        'all',
        acrossSectors('n', bars.close, () => 1),
      ),
    ])
    const [card] = scanMarket(MARKET, [mixed], LAST).cards.get('made') ?? []
    expect(card?.criteria.map(({ outcome }) => outcome)).toEqual(['pass', 'unknown'])
  })

  it('ranks stocks of which no traded value is known', () => {
    const stocks = MARKET.members.slice(0, 2).map(({ stock, series }) => {
      const { 'bars.tradedValue': _, ...columns } = series.columns
      return { stock, series: { ...series, columns } }
    })
    const one = madeStrategy([madeCriterion('one')])
    const cards = scanMarket(createMarket({ stocks }), [one], LAST).cards.get('made')
    expect(cards?.map(({ ticker }) => ticker)).toEqual(['000100', '000200'])
  })

  it('refuses a day without a session, a stock that it does not hold or that did not trade', () => {
    expect(() => scanMarket(MARKET, [strategy], '2026-02-11')).toThrow(
      expect.objectContaining({ code: 'E_SESSION_NONE' }),
    )
    expect(() => scanMarket(MARKET, [strategy], 'today')).toThrow(
      expect.objectContaining({ code: 'E_DATE_INVALID' }),
    )
    expect(() => scoreStock(MARKET, strategy, '999990', LAST)).toThrow(
      expect.objectContaining({ code: 'E_STOCK_UNKNOWN' }),
    )
    const day = dayNumber(tradeDate(LAST))
    const [first, second] = MARKET.members as [
      (typeof MARKET.members)[number],
      (typeof MARKET.members)[number],
    ]
    const halted = { ...first, series: { ...first.series, halts: Int32Array.of(day) } }
    const cut = { ...halted.series, days: halted.series.days.map((one) => one - 100) }
    const market = createMarket({ stocks: [{ ...halted, series: cut }, second] })
    expect(() => scoreStock(market, strategy, '000100', LAST)).toThrow('000100 was halted on')
    const none = { ...first, series: { ...cut, halts: new Int32Array(0) } }
    const gone = createMarket({ stocks: [none, second] })
    expect(() => scoreStock(gone, strategy, '000100', LAST)).toThrow('000100 has no bar on')
  })
})

describe('strategies about the market', () => {
  const kospi = madeCriterion('kospi', index('KOSPI').close.shift(1))
  const sectors = criterion({
    id: 'sectors',
    maxPoints: 10,
    label: TEXT,
    inputs: {
      count: acrossSectors('count', bars.close, (means) => means.length || Number.NaN),
    },
    score: ({ count }) => count,
  })
  const gate = madeStrategy([kospi, sectors], { id: 'gate', subject: 'market', lookback: 2 })

  it('have one card, with sectors from strongest to weakest', () => {
    const scan = scanMarket(MARKET, [gate, strategy], LAST)
    expect(scan.cards.get('made')).toHaveLength(4)
    const [market, ...others] = scan.cards.get('gate') ?? []
    expect(others).toEqual([])
    expect(market).toMatchObject({
      ticker: MARKET_TICKER,
      name: '시장',
      market: 'ALL',
      score: 12,
      flags: [],
      sectors: [
        { sector: '의약품', change: 219, members: 1 },
        { sector: '반도체', change: 219, members: 2 },
      ].sort((a, b) => (a.sector < b.sector ? -1 : 1)),
    })
  })

  it('know nothing of sectors without members, nor of bars before the calendar', () => {
    const empty = madeMarket({}, {}, { KOSPI: [1, 2] })
    const [card] = scanMarket(empty, [gate], LAST).cards.get('gate') ?? []
    expect(card).toMatchObject({ coverage: 0.5, sectors: [] })
    const plain = madeStrategy([kospi], { subject: 'market', lookback: 2 })
    expect(scanMarket(empty, [plain], LAST).cards.get('made')?.[0]?.sectors).toEqual([])
  })

  it('may not compare the market with peers', () => {
    const odd = madeStrategy([points], { subject: 'market' })
    expect(() => scanMarket(MARKET, [odd], LAST)).toThrow(
      expect.objectContaining({ code: 'E_INPUT_CROSS_SECTION' }),
    )
  })
})

describe('sectorMeans', () => {
  it('puts the strongest first, of equals the first by name', () => {
    const measure = { reduce: () => 0, minimumMembers: 1 }
    const means = (sectors: string[], values: number[]) =>
      sectorMeans(measure, Float64Array.from(values), sectors).map(({ sector }) => sector)
    expect(means(['a', 'b', 'c'], [1, 3, 2])).toEqual(['b', 'c', 'a'])
    expect(means(['b', 'a', 'c'], [1, 1, 1])).toEqual(['a', 'b', 'c'])
  })
})

describe('compareWithin', () => {
  it('counts missing values and blank groups for nobody', () => {
    const out = new Float64Array(5)
    const values = Float64Array.of(3, 1, Number.NaN, 9, 3)
    const section = { group: 'sector', measure: 'rank', minimumMembers: 2 } as const
    compareWithin(section, values, Int32Array.of(0, 0, 0, -1, 0), out)
    expect(out).toEqual(Float64Array.of(1, 3, Number.NaN, Number.NaN, 1))
    compareWithin({ ...section, minimumMembers: 4 }, values, Int32Array.of(0, 0, 0, -1, 0), out)
    expect(out.every(Number.isNaN)).toBe(true)
  })
})

describe('scorerOf', () => {
  it('keeps the scorer of a set of strategies, and only so many', () => {
    const others = Array.from({ length: 10 }, (_, i) =>
      madeStrategy([points], { id: `other-${i}` }),
    )
    const first = scorerOf([strategy, ...others.slice(0, 1)])
    expect(scorerOf([strategy, ...others.slice(0, 1)])).toBe(first)
    for (let count = 2; count <= 10; count++) scorerOf([strategy, ...others.slice(0, count)])
    expect(scorerOf([strategy, ...others.slice(0, 1)])).not.toBe(first)
    expect(scorerOf([]).compiled).toEqual(createScorer([]).compiled)
  })
})
