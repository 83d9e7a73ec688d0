import {
  classifyBar,
  criterion,
  defineStrategy,
  isOnTick,
  liveScorer,
  bars as sources,
  tradeDate,
  unlistedStock,
} from '@ralph-stock/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  barsArbitrary,
  flowsArbitrary,
  marketArbitrary,
  newsArbitrary,
  sessionOf,
  universeArbitrary,
} from './arbitraries.js'
import { buildBars } from './build-bars.js'
import { marketOf, through } from './market-rows.js'
import { ticksArbitrary, ticksOf } from './ticks.js'

const strategy = defineStrategy({
  id: 'made',
  version: '1.0.0',
  maxScore: 1,
  lookback: 1,
  criteria: [
    criterion({
      id: 'close',
      maxPoints: 1,
      label: { ko: '종가', en: 'Close' },
      inputs: { ...sources },
      score: ({ close }) => (close > 0 ? 1 : 0),
    }),
  ],
  grades: { S: 1 },
})

describe('generated rows', () => {
  it('ascend, in whole won on the tick grid where nothing was split or broken', () => {
    const kinds = ['walk', 'flat', 'round', 'rise', 'fall', 'limit-up', 'limit-down'] as const
    fc.assert(
      fc.property(barsArbitrary({ kinds }), (rows) => {
        rows.forEach((bar, i) => {
          const { open, high, low, close, volume } = bar
          const date = tradeDate(bar.date)
          if (i > 0) expect(date > (rows[i - 1]?.date ?? '')).toBe(true)
          expect(classifyBar(open, high, low, close, volume)).toBe('bar')
          if (i > 0) expect(isOnTick(close, { date, market: 'KOSPI' })).toBe(true)
        })
      }),
      { numRuns: 30 },
    )
  })

  it('begin on the tick grid where a flat stretch repeats the first price', () => {
    const script = {
      stock: unlistedStock('000010'),
      price: 31_351,
      volume: 100_000,
      segments: [{ kind: 'flat', sessions: 2, seed: 0 }],
      flows: 'none',
      articles: null,
    } as const
    const rows = buildBars(script, ['2026-02-09', '2026-02-10'].map(tradeDate))
    expect(rows.map(({ open, close }) => [open, close])).toEqual([
      [31_350, 31_350],
      [31_350, 31_350],
    ])
  })

  it('hold flows, news and odd listings now and then', () => {
    // That rare things exist at all is one fact, not one of every seed.
    const some = <T>(arbitrary: fc.Arbitrary<T>): T[] =>
      fc.sample(arbitrary, { numRuns: 200, seed: 5116 })
    const flows = some(flowsArbitrary())
    expect(flows.includes(undefined) && flows.some((list) => (list?.length ?? 0) > 0)).toBe(true)
    const news = some(newsArbitrary())
    expect(news.includes(undefined) && news.some((list) => (list?.length ?? 0) > 0)).toBe(true)
    const markets = some(universeArbitrary()).flatMap((list) => list.map(({ market }) => market))
    expect(new Set(markets)).toEqual(new Set(['KOSPI', 'KOSDAQ', 'KONEX']))
  })
})

describe('a bad feed', () => {
  it('leaves a live market as a good one does', () => {
    fc.assert(
      fc.property(
        marketArbitrary({ stocks: 3, kinds: ['walk', 'flat', 'halt'] }).chain((rows) => {
          const date = sessionOf(rows, 0)
          return fc.record({
            rows: fc.constant(rows),
            feed: ticksArbitrary(marketOf(rows), date),
          })
        }),
        ({ rows, feed }) => {
          const date = sessionOf(rows, 0)
          const before = through(rows, sessionOf(rows, 1))
          const [clean, spoiled] = [0, 1].map(() => liveScorer(marketOf(before), [strategy]))
          for (const tick of feed) spoiled?.update(tick)
          const { ticks, tickers } = ticksOf(marketOf(rows), date, [])
          for (const tick of ticks) clean?.update(tick)
          const known = marketOf(before)
          for (const ticker of tickers) {
            // The first bar ever has no limits, so that nothing is beyond them.
            if (known.member(ticker)?.series.length === 0) continue
            const [left, right] = [clean?.cards(ticker)[0], spoiled?.cards(ticker)[0]]
            expect(right?.criteria[0]?.evidence).toEqual(left?.criteria[0]?.evidence)
          }
        },
      ),
      { numRuns: 25 },
    )
  })
})
