import { describe, expect, it } from 'vitest'
import { bars, source } from '../columns/index.js'
import { epochMsOfKst, tradeDate } from '../krx/index.js'
import { madeCriterion, madeMarket, madeStrategy, rising } from '../testing-market.js'
import { liveScorer, type Tick } from './index.js'

const NEXT = tradeDate('2026-02-11')
const tick = (price: number, volume: number): Tick => {
  return { ticker: '000100', at: epochMsOfKst(NEXT, '09:00') + volume, price, volume }
}
const market = () => madeMarket({ '000100': rising(30) })
const lastOf = (scorer: ReturnType<typeof liveScorer>, name: string): number | undefined =>
  scorer.market().member('000100')?.series.columns[name]?.at(-1)

describe('the bar of a live stock', () => {
  it('shows the trades of columns that no strategy reads', () => {
    const scorer = liveScorer(market(), [madeStrategy([madeCriterion('close', bars.close)])])
    scorer.update(tick(1000, 10))
    scorer.update(tick(1020, 20))
    scorer.update(tick(990, 30))
    expect(
      ['open', 'high', 'low', 'close', 'volume', 'tradedValue'].map((name) =>
        lastOf(scorer, `bars.${name}`),
      ),
    ).toEqual([1000, 1020, 990, 990, 30, 29_700])
  })

  it('has the printed close at once where a strategy reads it', () => {
    const raw = madeCriterion('raw', source('bars.rawClose'))
    const scorer = liveScorer(market(), [madeStrategy([raw])])
    scorer.update(tick(1000, 10))
    expect(scorer.cards('000100')[0]?.criteria[0]?.evidence).toEqual({ value: 1000 })
  })

  it('keeps what an amendment says of the trades until the next one', () => {
    const scorer = liveScorer(market(), [madeStrategy([madeCriterion('close', bars.close)])])
    scorer.update(tick(1000, 10))
    const day = Math.floor(epochMsOfKst(NEXT, '09:00') / 86_400_000)
    const columns = { 'bars.tradedValue': 12_345 }
    expect(scorer.amend('000100', { day, columns, provisional: false })).toBe(true)
    expect(lastOf(scorer, 'bars.tradedValue')).toBe(12_345)
    scorer.update(tick(1000, 20))
    expect(lastOf(scorer, 'bars.tradedValue')).toBe(20_000)
  })
})
