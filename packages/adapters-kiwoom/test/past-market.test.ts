import {
  dayNumber,
  fromDayNumber,
  isOnTick,
  krxCalendar,
  type MarketBatch,
  priceLimits,
  tradeDate,
} from '@ralph-stock/core'
import { demoMarket } from '@ralph-stock/engine/demo'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createSimulator,
  manualClock,
  type Paper,
  type Simulator,
  type SimulatorOptions,
} from '../src/simulator/index.js'
import { rulesOf } from '../src/simulator/market/listings.js'

const NOWHEN = Date.UTC(2026, 3, 1)

/** A simulator whose time stands; what it is made of is looked at. */
function standing(past: MarketBatch, options: SimulatorOptions = {}): Simulator {
  const simulator = createSimulator({ past, clock: manualClock(NOWHEN), ...options })
  simulator.close()
  return simulator
}

/** A market of one stock with the bars given: open, high, low, close, volume. */
function marketOf(
  rows: ReadonlyArray<readonly [number, number, number, number, number]>,
  ticker = '005930',
): MarketBatch {
  const days = krxCalendar().between(
    dayNumber(tradeDate('2026-01-02')),
    dayNumber(tradeDate('2026-12-30')),
  )
  const column = (at: number): Float64Array => Float64Array.from(rows, (row) => row[at] ?? 0)
  return {
    source: 'krx-files',
    knownAt: NOWHEN,
    stocks: [
      {
        ticker,
        name: '한국주식',
        market: 'KOSPI',
        sector: null,
        kind: null,
        department: null,
        listedShares: null,
        marketCap: null,
        listingDate: null,
      },
    ],
    listDay: null,
    bars: {
      length: rows.length,
      tickers: [ticker],
      ticker: new Int32Array(rows.length),
      day: Int32Array.from(days.slice(0, rows.length)),
      open: column(0),
      high: column(1),
      low: column(2),
      close: column(3),
      volume: column(4),
      tradedValue: null,
      rawClose: null,
    },
    flows: null,
    indexes: null,
  }
}

/** What is wrong with a paper's invented days and their trades. */
function violations(simulator: Simulator, paper: Paper, sessions: number): string[] {
  const { market } = simulator
  const path = market.path(paper)
  const found: string[] = []
  for (let at = market.first; at < market.first + sessions; at++) {
    const tell = (what: string): number => found.push(`${paper.code} ${at - market.first} ${what}`)
    const [base, open, high, low, close, volume] = (
      ['base', 'open', 'high', 'low', 'close', 'volume'] as const
    ).map((name) => path[name][at] ?? Number.NaN) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    if (base !== path.close[at - 1]) tell('does not begin at the close before')
    if (paper.halted) {
      if (volume !== 0) tell('is traded in a halt')
      continue
    }
    const rules = rulesOf(paper, fromDayNumber(market.days[at] ?? 0))
    const { upper, lower } = priceLimits(base, rules)
    if (!(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close)))
      tell('is out of order')
    if (high > upper || low < lower) tell('is beyond the limits')
    if (![open, high, low, close].every((price) => isOnTick(price, rules))) tell('is off tick')
    const tape = market.tape(paper, 'KRX', at)
    const last = tape.length - 1
    if (tape.volume[last] !== volume) tell('has another volume than its trades')
    if (tape.open[last] !== open || tape.high[last] !== high || tape.low[last] !== low) {
      tell('has other prices than its trades')
    }
    if (tape.price[last] !== close) tell('ends at another price')
  }
  return found
}

describe('the sessions after a given market', { timeout: 180_000 }, () => {
  it('begin at the last close, keep the rules of the exchange, and are what their trades say', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000 }), fc.nat({ max: 10_000 }), (seed, demoSeed) => {
        const past = demoMarket({ seed: demoSeed, stocks: 12, sessions: 40 })
        const simulator = standing(past, { seed })
        expect(simulator.market.papers.flatMap((paper) => violations(simulator, paper, 6))).toEqual(
          [],
        )
      }),
      { numRuns: 8 },
    )
  })

  it('are the same for the same past and seed, on whatever day the clock begins', () => {
    const past = demoMarket({ stocks: 20, sessions: 40 })
    const tapes = (options: SimulatorOptions) => {
      const { market } = standing(past, options)
      return market.papers.map((paper) => market.tape(paper, 'KRX', market.first + 3))
    }
    const usual = tapes({})
    expect(tapes({ date: '2026-04-20' })).toEqual(usual)
    expect(tapes({ seed: 2 })).not.toEqual(usual)
  })

  it('are lively: strong days on much volume, rests after them, falls, and buyers on strong days', () => {
    const { market } = standing(demoMarket())
    const count = { strong: 0, limit: 0, fall: 0, rests: 0, bought: 0 }
    for (const paper of market.papers) {
      if (paper.kind !== 'common' || paper.halted) continue
      const path = market.path(paper)
      const change = (at: number): number => (path.close[at] ?? 0) / (path.base[at] ?? 1) - 1
      const busy = (at: number): number => (path.volume[at] ?? 0) / paper.usualVolume
      for (let at = market.first; at < market.first + 10; at++) {
        if (change(at) < -0.04) count.fall++
        if (change(at) < 0.05 || busy(at) < 2.5) continue
        count.strong++
        if (change(at) > 0.29) count.limit++
        if (busy(at + 1) < busy(at) && change(at + 1) < 0.03) count.rests++
        const { foreign, institution } = market.parties(paper, at)
        if (foreign + institution > 0) count.bought++
      }
    }
    // Of 240 stocks in ten sessions, of one seed.
    expect(count.strong).toBeGreaterThan(80)
    expect(count.strong).toBeLessThan(300)
    expect(count.limit).toBeGreaterThan(0)
    expect(count.fall).toBeGreaterThan(20)
    expect(count.rests / count.strong).toBeGreaterThan(0.6)
    expect(count.bought / count.strong).toBeGreaterThan(0.6)
  })

  it('go on for a year', () => {
    const { market } = standing(demoMarket({ stocks: 2, sessions: 5 }))
    expect(fromDayNumber(market.days[market.first] ?? 0)).toBe('2026-04-01')
    expect(market.days.length - market.first).toBeGreaterThan(240)
  })
})

describe('a given past', () => {
  it('may hold real codes, unknown facts, halts, young stocks and days of a few shares', async () => {
    const rows = Array.from({ length: 30 }, (_, at) => {
      const price = 10_000 + 50 * at
      if (at === 10) return [0, 0, 0, price - 50, 0] as const
      return [price, price + 100, price - 100, price, at === 12 ? 3 : 900 + at] as const
    })
    const simulator = standing(marketOf(rows), { clock: manualClock(Date.UTC(2026, 1, 20, 9)) })
    const { market } = simulator
    const [paper] = market.papers
    if (paper === undefined) throw new Error('a market has papers')
    expect(paper).toMatchObject({ code: '005930', kind: 'common', listCount: null, halted: false })
    expect(violations(simulator, paper, 20)).toEqual([])
    for (let at = 0; at < market.first; at++) {
      const tape = market.tape(paper, 'KRX', at)
      expect(tape.volume.at(-1) ?? 0).toBe(market.path(paper).volume[at])
    }
    // Without flows in the past, those of the sessions to come are invented.
    expect(market.net(paper, market.first - 1, 'value')).toBeNull()
    expect(market.net(paper, market.first, 'value')).not.toBeNull()
  })

  it('keeps a stock halted that was not traded at its end', () => {
    const rows = Array.from({ length: 8 }, (_, at) =>
      at === 7 ? ([0, 0, 0, 5000, 0] as const) : ([5000, 5000, 5000, 5000, 100] as const),
    )
    const simulator = standing(marketOf(rows))
    const [paper] = simulator.market.papers
    if (paper === undefined) throw new Error('a market has papers')
    expect(paper.halted).toBe(true)
    expect(violations(simulator, paper, 5)).toEqual([])
    expect(simulator.market.net(paper, simulator.market.first, 'shares')).toBeNull()
  })

  it('must hold a stock with bars, and end before the clock begins', () => {
    const past = demoMarket({ stocks: 2, sessions: 5 })
    const range = expect.objectContaining({ code: 'E_PARAM_RANGE' })
    expect(() => standing({ ...past, bars: null })).toThrow(range)
    expect(() => standing({ ...past, stocks: [] })).toThrow(range)
    for (const date of ['2026-03-31', '2025-01-02'])
      expect(() => standing(past, { date })).toThrow(range)
    expect(standing(past, { date: '2026-04-04' }).market.first).toBe(5)
    expect(() => standing(demoMarket({ stocks: 2, sessions: 5, lastDate: '2027-12-31' }))).toThrow(
      expect.objectContaining({ code: 'E_SESSION_NONE' }),
    )
  })
})
