import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSeries } from '../bars/index.js'
import { acrossSectors, bars, flows, kernelColumn, rankWithin } from '../columns/index.js'
import { epochMsOfKst, tradeDate } from '../krx/index.js'
import { scoreStock } from '../scoring/index.js'
import { criterion } from '../strategy/index.js'
import {
  LAST,
  madeBars,
  madeCriterion,
  madeMarket,
  madeSeries,
  madeStock,
  madeStrategy,
  rising,
} from '../testing-market.js'
import { createMarket } from '../universe/index.js'
import { liveScorer, type Tick, U_SHAPED_VOLUME, volumeShare } from './index.js'

const TEXT = { ko: '가', en: 'a' }
const NEXT = '2026-02-11'
const at = (date: string, time: string): number => epochMsOfKst(tradeDate(date), time)
const tick = (price: number, more: Partial<Tick> = {}): Tick => {
  return { ticker: '000100', at: at(NEXT, '09:00'), price, volume: 10, ...more }
}
const rise = criterion({
  id: 'rise',
  maxPoints: 10,
  label: TEXT,
  inputs: {
    close: bars.close,
    open: bars.open,
    high: bars.high,
    low: bars.low,
    volume: bars.volume,
  },
  score: ({ close, open }) => (close > open ? 10 : 0),
})
const strategy = madeStrategy([rise])
const evidenceOf = (scorer: ReturnType<typeof liveScorer>, ticker = '000100') =>
  scorer.cards(ticker)[0]?.criteria[0]?.evidence
const market = () => madeMarket({ '000100': rising(30), '000200': rising(25) })

describe('liveScorer', () => {
  it('starts with the cards of its market', () => {
    const scorer = liveScorer(market(), [strategy])
    expect(scorer.strategies).toEqual([strategy])
    expect(JSON.stringify(scorer.cards('000100'))).toBe(
      JSON.stringify([scoreStock(market(), strategy, '000100', LAST)]),
    )
  })

  it('opens a bar with the first tick of a session, and changes it in place', () => {
    const scorer = liveScorer(market(), [strategy])
    expect(scorer.update(tick(1000))).toMatchObject({ accepted: true, changed: true })
    scorer.update(tick(1100, { at: at(NEXT, '10:00'), volume: 20 }))
    const down = scorer.update(tick(990, { at: at(NEXT, '11:00'), volume: 30 }))
    expect(down).toMatchObject({ changed: true, scores: Float64Array.of(0) })
    const again = tick(990, { at: at(NEXT, '11:01'), volume: 31 })
    expect(scorer.update(again)).toMatchObject({ changed: false })
    expect(scorer.cards('000100')[0]?.asOf).toBe(NEXT)
    expect(evidenceOf(scorer)).toEqual({ close: 990, open: 1000, high: 1100, low: 990, volume: 31 })
  })

  it('goes on with the last bar of its history when ticks are of its day', () => {
    const scorer = liveScorer(market(), [strategy])
    expect(scorer.update(tick(1200, { at: at(LAST, '15:30') })).accepted).toBe(true)
    expect(scorer.cards('000100')[0]?.asOf).toBe(LAST)
    expect(evidenceOf(scorer)).toMatchObject({ close: 1200, open: 1028, high: 1200 })
    const beyond = tick(1500, { at: at(LAST, '15:30') })
    expect(scorer.update(beyond)).toMatchObject({ code: 'E_TICK_BEYOND_LIMIT' })
  })

  it('takes open, high and low of the session where a feed carries them', () => {
    const scorer = liveScorer(market(), [strategy])
    scorer.update(tick(1000, { open: 1010, high: 1050, low: 950 }))
    scorer.update(tick(1001, { at: at(NEXT, '10:00'), open: 1005, high: 1049, low: 951 }))
    expect(evidenceOf(scorer)).toMatchObject({ open: 1005, high: 1050, low: 950 })
  })

  it('takes other columns with a tick, and calls flows of the day provisional', () => {
    const scorer = liveScorer(market(), [madeStrategy([madeCriterion('flow', flows.foreign)])])
    expect(scorer.cards('000100')[0]?.flows).toBeNull()
    scorer.update(tick(1000, { columns: { 'flows.foreign': 5e9, 'my.number': 1 } }))
    expect(scorer.cards('000100')[0]).toMatchObject({ score: 10, flows: 'provisional' })
  })

  it('projects the volume by a curve where one is given', () => {
    const share = volumeShare(U_SHAPED_VOLUME)
    const scorer = liveScorer(market(), [strategy], { volumeShare: share })
    scorer.update(tick(1000, { at: at(NEXT, '10:00'), volume: 30 }))
    expect(evidenceOf(scorer)?.['volume']).toBe(100)
  })

  it.each<[string, Partial<Tick>]>([
    ['E_TICK_UNKNOWN_STOCK', { ticker: '999990' }],
    ['E_TICK_VALUE', { price: 0 }],
    ['E_TICK_VALUE', { price: -5 }],
    ['E_TICK_VALUE', { price: Number.NaN }],
    ['E_TICK_VALUE', { volume: -1 }],
    ['E_TICK_VALUE', { volume: Number.POSITIVE_INFINITY }],
    ['E_TICK_VALUE', { open: -1 }],
    ['E_TICK_VALUE', { high: Number.NaN }],
    ['E_TICK_VALUE', { low: 0 }],
    ['E_TICK_VALUE', { tradedValue: -1 }],
    ['E_TICK_VALUE', { columns: { 'bars.high': 9_999_999 } }],
    ['E_TICK_BEYOND_LIMIT', { price: 9999 }],
    ['E_TICK_BEYOND_LIMIT', { price: 100 }],
    ['E_TICK_BEYOND_LIMIT', { high: 9999 }],
    ['E_TICK_BEYOND_LIMIT', { low: 100 }],
    ['E_TICK_BEYOND_LIMIT', { open: 9999 }],
    ['E_TICK_NO_SESSION', { at: at('2026-02-14', '09:00') }],
    ['E_TICK_NO_SESSION', { at: at('2099-01-05', '09:00') }],
    ['E_TICK_OUT_OF_ORDER', { at: at(LAST, '09:00') }],
    ['E_TICK_OUT_OF_ORDER', { at: Number.NaN }],
    ['E_TICK_OUT_OF_ORDER', { at: at(NEXT, '08:59') }],
    ['E_TICK_OUT_OF_ORDER', { at: at(NEXT, '09:01'), volume: 9 }],
    ['E_TICK_DUPLICATE', {}],
  ])('refuses with %s, and changes nothing: %o', (code, more) => {
    const scorer = liveScorer(market(), [strategy])
    scorer.update(tick(1000))
    const before = JSON.stringify(scorer.cards('000100'))
    expect(scorer.update(tick(1000, more))).toMatchObject({ accepted: false, code })
    expect(JSON.stringify(scorer.cards('000100'))).toBe(before)
    if (code !== 'E_TICK_UNKNOWN_STOCK') {
      expect(() => scorer.peek(tick(1000, more))).toThrow(expect.objectContaining({ code }))
    }
  })

  it('goes on after refused ticks as if they had never come', () => {
    const good = [1000, 1100, 950].map((price, i) =>
      tick(price, { at: at(NEXT, `1${i}:00`), volume: 10 * (i + 1) }),
    )
    const bad = fc.record({
      price: fc.oneof(fc.constantFrom(-1, 0, 1e9, Number.NaN, 1010), fc.integer()),
      volume: fc.oneof(fc.constantFrom(-1, 1, Number.NaN), fc.nat()),
      at: fc.constantFrom(
        at(LAST, '10:00'),
        Number.NaN,
        at('2026-02-15', '10:00'),
        at(NEXT, '10:00'),
      ),
    })
    fc.assert(
      fc.property(fc.array(bad, { maxLength: 8 }), fc.nat({ max: 2 }), (list, place) => {
        const [clean, dirty] = [liveScorer(market(), [strategy]), liveScorer(market(), [strategy])]
        good.forEach((one, i) => {
          clean.update(one)
          dirty.update(one)
          if (i !== place) return
          for (const more of list) {
            const probe = liveScorer(market(), [strategy])
            for (const earlier of good.slice(0, i + 1)) probe.update(earlier)
            if (!probe.update(tick(more.price, more)).accepted) dirty.update(tick(more.price, more))
          }
        })
        expect(JSON.stringify(dirty.cards('000100'))).toBe(JSON.stringify(clean.cards('000100')))
      }),
      { numRuns: 40 },
    )
  })

  it('shows what a tick would give, and changes nothing', () => {
    const scorer = liveScorer(market(), [strategy])
    const before = JSON.stringify(scorer.cards('000100'))
    const [card] = scorer.peek(tick(1100, { open: 1000, columns: { 'my.number': 1 } }))
    expect(card).toMatchObject({ asOf: NEXT, score: 10 })
    expect(JSON.stringify(scorer.cards('000100'))).toBe(before)
    scorer.update(tick(1000))
    expect(scorer.peek(tick(1100, { at: at(NEXT, '10:00') }))[0]?.score).toBe(10)
    expect(evidenceOf(scorer)?.['close']).toBe(1000)
  })

  it('refuses stocks that it does not hold, stocks without a bar, and strategies about the market', () => {
    const young = madeMarket({ '000100': [], '000200': [5] })
    const scorer = liveScorer(young, [strategy])
    expect(() => scorer.cards('999990')).toThrow(
      expect.objectContaining({ code: 'E_STOCK_UNKNOWN' }),
    )
    expect(() => scorer.peek(tick(5, { ticker: '999990' }))).toThrow('no stock has the ticker')
    expect(() => scorer.cards('000100')).toThrow('000100 has no bar')
    expect(() => liveScorer(young, [madeStrategy([rise], { subject: 'market' })])).toThrow(
      expect.objectContaining({ code: 'E_MARKET_NEEDED' }),
    )
  })

  it('takes any first price of a stock without a bar, and of one with a broken won', () => {
    const scorer = liveScorer(madeMarket({ '000100': [], '000200': [500.5] }), [strategy])
    expect(scorer.update(tick(77_777)).accepted).toBe(true)
    expect(scorer.update(tick(90_000, { ticker: '000200' })).accepted).toBe(true)
    expect(scorer.cards('000100')[0]?.score).toBe(0)
  })

  it('holds no more bars than it looks back on, for as many sessions as come', () => {
    const sum = kernelColumn({
      name: 'sum3',
      inputs: [bars.close],
      reach: 3,
      kernel: (out, from, to, [x]) => {
        for (let i = from; i < to; i++)
          out[i] = [0, 1, 2].reduce((s, k) => s + (x?.[i - k] ?? 0), 0)
      },
    })
    const short = madeStrategy([madeCriterion('sum', sum)], { lookback: 3 })
    const closes = rising(40)
    const scorer = liveScorer(madeMarket({ '000100': closes.slice(0, 5) }), [short])
    let day = tradeDate(LAST)
    const calendar = market().calendar
    for (let i = 5; i < 40; i++) {
      const next = calendar.next(Math.round(at(day, '09:00') / 86_400_000))
      day = tradeDate(new Date(next * 86_400_000).toISOString().slice(0, 10))
      scorer.update(tick(closes[i] as number, { at: at(day, '09:00') }))
    }
    const last3 = closes.slice(-3).reduce((s, close) => s + close, 0)
    expect(evidenceOf(scorer)).toEqual({ value: last3 })
  })

  it('takes the plain path, whole numbers or not', () => {
    const path = kernelColumn({
      name: 'path',
      inputs: [bars.volume],
      reach: 1,
      kernel: (out, from, to) => out.fill(1, from, to),
      whole: { kernel: (out, from, to) => out.fill(2, from, to), limit: 5000 },
    })
    const ranked = criterion({
      id: 'path',
      maxPoints: 2,
      label: TEXT,
      inputs: { path, rank: rankWithin('universe', path) },
      score: ({ path: own }) => own,
    })
    const scorer = liveScorer(market(), [madeStrategy([ranked])])
    const scores = [
      tick(1000, { columns: { 'flows.foreign': 1 } }),
      tick(1000, { volume: 6000, at: at(NEXT, '10:00') }),
      tick(1000, { volume: 6000.5, at: at(NEXT, '11:00') }),
    ].map((one) => {
      const result = scorer.update(one)
      return result.accepted ? result.scores[0] : result.code
    })
    expect(scores).toEqual([1, 1, 1])
  })

  it('knows nothing of sectors, which are of the whole market', () => {
    const sectors = acrossSectors('n', bars.close, () => 1)
    const scorer = liveScorer(market(), [madeStrategy([madeCriterion('sectors', sectors)])])
    expect(scorer.cards('000100')[0]?.criteria[0]?.outcome).toBe('unknown')
  })

  it('keeps the printed close beside the adjusted one', () => {
    const printed = madeBars(rising(3)).map((bar) => ({ ...bar, rawClose: bar.close * 2 }))
    const one = createMarket({
      stocks: [
        { stock: madeStock('000100'), series: createSeries({ ticker: '000100', bars: printed }) },
      ],
    })
    const plan = {
      targetPercent: 115,
      stopPercent: 95,
      positionPercent: 10,
      capital: 10_000_000,
      fill: 'close',
      holdingBars: 5,
    } as const
    const scorer = liveScorer(one, [madeStrategy([rise], { plan })])
    expect(scorer.cards('000100')[0]?.plan?.entry).toBe(2004)
    scorer.update(tick(1005, { volume: 1_000_000.5 }))
    expect(scorer.cards('000100')[0]?.plan?.entry).toBe(1005)
  })

  it('takes history with provisional flows and annotations as they are', () => {
    const one = createMarket({
      stocks: [
        {
          stock: madeStock('000100'),
          series: madeSeries([5, 6], {
            flows: [{ date: LAST, foreignNetValue: 1, provisional: true }],
          }),
        },
      ],
    })
    const drawn = madeStrategy([madeCriterion('flow', flows.foreign)], {
      annotation: { bars: 2, draw: ({ close }) => ({ closes: [...close] }) },
    })
    const [card] = liveScorer(one, [drawn]).cards('000100')
    expect(card).toMatchObject({ flows: 'provisional', annotation: { closes: [5, 6] } })
  })
})
