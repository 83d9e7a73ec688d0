import { describe, expect, it } from 'vitest'
import { createSeries } from '../bars/index.js'
import { bars, rankWithin } from '../columns/index.js'
import { epochMsOfKst, tradeDate } from '../krx/index.js'
import { scanMarket } from '../scoring/index.js'
import { criterion } from '../strategy/index.js'
import { madeBars, madeMarket, madeStrategy, rising } from '../testing-market.js'
import { createMarket } from '../universe/index.js'
import { liveScorer, type Tick } from './index.js'

const TEXT = { ko: '가', en: 'a' }
const NEXT = '2026-02-11'
const at = (date: string, time: string): number => epochMsOfKst(tradeDate(date), time)
const tick = (price: number, more: Partial<Tick> = {}): Tick => {
  return { ticker: '000100', at: at(NEXT, '09:00'), price, volume: 10, ...more }
}
const evidenceOf = (scorer: ReturnType<typeof liveScorer>, ticker = '000100') =>
  scorer.cards(ticker)[0]?.criteria[0]?.evidence

describe('live peers', () => {
  const ranked = criterion({
    id: 'rank',
    maxPoints: 10,
    label: TEXT,
    inputs: { rank: rankWithin('sector', bars.close), all: rankWithin('universe', bars.close) },
    score: ({ rank }) => Math.max(0, 11 - rank),
  })
  const peers = madeStrategy([ranked])
  const sector = { sector: '반도체' }
  const make = () =>
    madeMarket(
      {
        '000100': rising(30),
        '000200': rising(30, 1100),
        '000300': rising(5, 3000),
        '000400': rising(30, 10),
      },
      { '000100': sector, '000200': sector, '000300': sector },
    )

  it('are compared anew when the comparison is older than the cadence', () => {
    const scorer = liveScorer(make(), [peers], { crossSectionCadenceMs: 60_000 })
    const rank = (): unknown => evidenceOf(scorer)?.['rank']
    expect(rank()).toBe(2)
    scorer.update(tick(1000))
    scorer.update(tick(1200, { ticker: '000200', at: at(NEXT, '09:00') }))
    expect(rank()).toBe(1)
    scorer.update(tick(1010, { at: at(NEXT, '09:00:59'), volume: 11 }))
    expect(scorer.cards('000100')[0]?.crossSectionAgeMs).toBe(59_000)
    expect(rank()).toBe(1)
    scorer.update(tick(1020, { at: at(NEXT, '09:01'), volume: 12 }))
    expect(rank()).toBe(2)
    expect(scorer.cards('000100')[0]?.crossSectionAgeMs).toBe(0)
  })

  it('are those of the scan once they are compared', () => {
    const scorer = liveScorer(make(), [peers])
    for (const [ticker, price] of [
      ['000100', 1200],
      ['000200', 1300],
      ['000300', 3100],
      ['000400', 45],
    ] as const) {
      scorer.update(tick(price, { ticker }))
    }
    scorer.refresh(at(NEXT, '15:30'))
    const bar = (price: number) => {
      return { date: NEXT, open: price, high: price, low: price, close: price, volume: 10 }
    }
    const whole = createMarket({
      stocks: make().members.map(({ stock, series }, m) => ({
        stock,
        series: createSeries({
          ticker: stock.ticker,
          bars: [
            ...madeBars([...(series.columns['bars.close'] as Float64Array)]),
            bar([1200, 1300, 3100, 45][m] as number),
          ],
        }),
      })),
    })
    for (const card of scanMarket(whole, [peers], NEXT).cards.get('made') ?? []) {
      const [live] = scorer.cards(card.ticker)
      expect({ ...live, crossSectionAgeMs: undefined }).toEqual({
        ...card,
        crossSectionAgeMs: undefined,
      })
    }
    expect(evidenceOf(scorer, '000300')).toEqual({ rank: null, all: null })
    expect(evidenceOf(scorer, '000400')).toEqual({ rank: null, all: 3 })
  })
})
