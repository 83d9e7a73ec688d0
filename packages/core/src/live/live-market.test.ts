import { describe, expect, it } from 'vitest'
import { createSeries } from '../bars/index.js'
import { bars, flows, index, rankWithin, sessions } from '../columns/index.js'
import { dayNumber, epochMsOfKst, fromDayNumber, tradeDate } from '../krx/index.js'
import { scanMarket } from '../scoring/index.js'
import { criterion } from '../strategy/index.js'
import { LAST, madeBars, madeMarket, madeStock, madeStrategy, rising } from '../testing-market.js'
import { createMarket, type Market } from '../universe/index.js'
import { liveScorer, type Tick } from './index.js'

const TEXT = { ko: '가', en: 'a' }
const NEXT = '2026-02-11'
const at = (date: string, time: string): number => epochMsOfKst(tradeDate(date), time)
const tick = (price: number, more: Partial<Tick> = {}): Tick => {
  return { ticker: '000100', at: at(NEXT, '09:00'), price, volume: 10, ...more }
}
const all = criterion({
  id: 'all',
  maxPoints: 10,
  label: TEXT,
  inputs: {
    close: bars.close,
    before: bars.close.shift(1),
    value: bars.tradedValue,
    foreign: flows.foreign,
    ordinal: sessions.ordinal,
    rank: rankWithin('universe', bars.close),
  },
  score: ({ rank }) => Math.max(0, 10 - rank),
})
const strategy = madeStrategy([all])
const CLOSES = { '000100': rising(30), '000200': rising(40, 500), '000300': rising(25, 2000) }
const market = (): Market => madeMarket(CLOSES)
const cardsOf = (from: Market, date: string): unknown =>
  JSON.parse(JSON.stringify(scanMarket(from, [strategy], date).cards.get('made')))

/** The same rows as a market that never was live. */
function whole(today: Readonly<Record<string, number>>, foreign?: number): Market {
  return createMarket({
    stocks: Object.entries(CLOSES).map(([ticker, closes]) => {
      const price = today[ticker]
      const bar = { date: NEXT, volume: 10 }
      const added =
        price === undefined ? [] : [{ ...bar, open: price, high: price, low: price, close: price }]
      return {
        stock: madeStock(ticker),
        series: createSeries({
          ticker,
          bars: [...madeBars(closes), ...added],
          ...(foreign === undefined
            ? {}
            : { flows: [{ date: NEXT, foreignNetValue: foreign, provisional: true }] }),
        }),
      }
    }),
  })
}

describe('market of a live scorer', () => {
  it('is its history before any tick', () => {
    const scorer = liveScorer(market(), [strategy])
    expect(cardsOf(scorer.market(), LAST)).toEqual(cardsOf(market(), LAST))
    expect(scorer.market().sessions).toBe(scorer.market().sessions)
  })

  it('gives the cards of a batch over the same bars', () => {
    const scorer = liveScorer(market(), [strategy])
    scorer.update(tick(1100))
    scorer.update(tick(610, { ticker: '000200' }))
    expect(cardsOf(scorer.market(), NEXT)).toEqual(
      cardsOf(whole({ '000100': 1100, '000200': 610 }), NEXT),
    )
    expect(scanMarket(scorer.market(), [strategy], NEXT).universe.excluded).toEqual(
      new Map([['000300', 'no-bar']]),
    )
  })

  it('does not change with later ticks', () => {
    const scorer = liveScorer(market(), [strategy])
    scorer.update(tick(1100))
    const early = scorer.market()
    const cards = cardsOf(early, NEXT)
    scorer.update(tick(1150, { at: at(NEXT, '10:00'), volume: 20 }))
    expect(cardsOf(early, NEXT)).toEqual(cards)
  })

  it('holds fewer bars and columns where no more are asked for', () => {
    const scorer = liveScorer(market(), [strategy])
    scorer.update(tick(1100))
    const small = scorer.market({ bars: 3, columns: ['bars.close', 'none'] })
    const { series } = small.member('000100') as Market['members'][number]
    expect(series.length).toBe(3)
    expect(Object.keys(series.columns)).toEqual(['bars.close'])
    expect([...(series.columns['bars.close'] as Float64Array)]).toEqual([1028, 1029, 1100])
    expect(fromDayNumber(series.days[2] as number)).toBe(NEXT)
    expect(scorer.market({ bars: 1 }).member('000100')?.series.length).toBe(1)
  })

  it('takes indexes as they stand, and their sessions', () => {
    const reads = madeStrategy([
      criterion({
        id: 'index',
        maxPoints: 10,
        label: TEXT,
        inputs: { kospi: index('KOSPI').close },
        score: () => 10,
      }),
    ])
    const scorer = liveScorer(market(), [reads])
    scorer.update(tick(1100))
    const bar = { date: NEXT, open: 2600, high: 2600, low: 2600, close: 2600, volume: 0.5 }
    const kospi = createSeries({ ticker: 'KOSPI', bars: [bar] })
    const now = scorer.market({ indexes: { KOSPI: kospi } })
    const [card] = scanMarket(now, [reads], NEXT).cards.get('made') ?? []
    expect(card?.criteria[0]?.evidence).toEqual({ kospi: 2600 })
    const alone = liveScorer(market(), [reads]).market({ indexes: { KOSPI: kospi } })
    expect(fromDayNumber(alone.sessions.at(-1) as number)).toBe(NEXT)
  })

  it('goes on over more sessions than the scorer keeps', () => {
    const scorer = liveScorer(market(), [strategy])
    let day = NEXT
    for (let k = 0; k < 60; k++) {
      scorer.update(tick(1030 + k, { at: at(day, '09:00') }))
      const now = scorer.market()
      expect(cardsOf(now, day)).toMatchObject([{ ticker: '000100', asOf: day }])
      const { calendar } = market()
      day = fromDayNumber(calendar.next(now.sessions.at(-1) as number))
    }
    const held = scorer.market().member('000100')?.series.length ?? 0
    expect(held).toBeGreaterThanOrEqual(40)
    expect(held).toBeLessThan(90)
  })
})

describe('amend', () => {
  it('writes flows without a trade, as estimates or as final', () => {
    const scorer = liveScorer(market(), [strategy])
    const amend = (foreign: number, provisional: boolean): boolean => {
      const columns = { 'flows.foreign': foreign }
      return scorer.amend('000100', { day: dayNumber(tradeDate(NEXT)), columns, provisional })
    }
    expect(amend(5, true)).toBe(false)
    scorer.update(tick(1100))
    expect(amend(5e9, true)).toBe(true)
    const cards = cardsOf(scorer.market(), NEXT)
    expect(cards).toEqual(cardsOf(whole({ '000100': 1100 }, 5e9), NEXT))
    expect(scorer.cards('000100')[0]?.flows).toBe('provisional')
    amend(6e9, false)
    expect(scorer.cards('000100')[0]).toMatchObject({ flows: 'final' })
    expect(() => scorer.amend('999999', { day: 0, columns: {}, provisional: true })).toThrow(
      'no stock has the ticker',
    )
  })

  it('keeps the estimates of a history in a snapshot', () => {
    const scorer = liveScorer(whole({ '000100': 1100 }, 5e9), [strategy])
    const before = cardsOf(whole({ '000100': 1100 }, 5e9), NEXT)
    expect(cardsOf(scorer.market(), NEXT)).toEqual(before)
  })
})

describe('settle', () => {
  const volume = criterion({
    id: 'volume',
    maxPoints: 10,
    label: TEXT,
    inputs: { volume: bars.volume },
    score: () => 10,
  })
  const evidence = (scorer: ReturnType<typeof liveScorer>, ticker: string): unknown =>
    scorer.cards(ticker)[0]?.criteria[0]?.evidence

  it('takes back the projection of the session, and projects no more in it', () => {
    const scorer = liveScorer(market(), [madeStrategy([volume])], { volumeShare: () => 0.5 })
    const untouched = evidence(scorer, '000200')
    scorer.settle(at(LAST, '15:30'))
    expect(evidence(scorer, '000200')).toEqual(untouched)
    scorer.update(tick(1100))
    expect(evidence(scorer, '000100')).toEqual({ volume: 20 })
    scorer.settle(at(NEXT, '15:30'))
    expect(evidence(scorer, '000100')).toEqual({ volume: 10 })
    const late = tick(1100, { at: at(NEXT, '15:31'), volume: 12 })
    expect(scorer.peek(late)[0]?.criteria[0]?.evidence).toEqual({ volume: 12 })
    scorer.update(late)
    expect(evidence(scorer, '000100')).toEqual({ volume: 12 })
    scorer.update(tick(1100, { at: at('2026-02-12', '09:00'), volume: 3 }))
    expect(evidence(scorer, '000100')).toEqual({ volume: 6 })
  })
})
