import { describe, expect, it } from 'vitest'
import { createSeries } from '../bars/index.js'
import { calendarFromSessions, dayNumber, tradeDate } from '../krx/index.js'
import { LAST, madeBars, madeMarket, madeSeries, madeStock, rising } from '../testing-market.js'
import {
  calendarOf,
  countReasons,
  createMarket,
  listingReason,
  requireSession,
  type Stock,
  selectUniverse,
  unlistedStock,
} from './index.js'

const day = (date: string): number => dayNumber(tradeDate(date))

describe('listingReason', () => {
  it.each<[string | null, Partial<Stock>]>([
    [null, {}],
    [null, { ticker: '0126Z0' }],
    ['konex', { market: 'KONEX', name: '가나스팩' }],
    ['other-market', { market: 'ETF' }],
    ['preferred', { ticker: '005935' }],
    ['preferred', { kind: 'preferred' }],
    ['exchange-traded-product', { kind: 'etn' }],
    ['investment-company', { ticker: '088980' }],
    ['investment-company', { kind: 'fund' }],
    ['reit', { name: '이리츠코크렙', sector: '부동산 임대 및 공급업' }],
    ['reit', { name: '가나리츠', sector: '신탁업 및 집합투자업', kind: 'common' }],
    ['reit', { kind: 'reit' }],
    [null, { name: '메리츠금융지주', sector: '기타 금융업' }],
    [null, { name: '블리츠웨이', sector: '영화, 비디오물 제작업' }],
    [null, { name: '가나리츠', sector: null }],
    ['spac', { name: '가나스팩1호' }],
    ['spac', { kind: 'spac', name: '가나' }],
    ['spac', { department: 'Spac(소속부없음)' }],
    ['administrative-issue', { department: '관리종목(소속부없음)' }],
    ['investment-caution', { department: '투자주의환기종목(소속부없음)' }],
  ])('is %s for %o', (reason, more) => {
    expect(listingReason(madeStock(more.ticker ?? '000100', more))).toBe(reason)
  })

  it('leaves a paper of an unknown market out', () => {
    expect(listingReason(unlistedStock('000100'))).toBe('other-market')
  })
})

describe('createMarket', () => {
  it('sorts stocks by ticker and joins the days on which anything traded', () => {
    const market = madeMarket(
      { '000200': [1, 2], '000100': [1, 2, 3] },
      {},
      { KOSPI: [1, 2, 3, 4] },
    )
    expect(market.members.map(({ stock }) => stock.ticker)).toEqual(['000100', '000200'])
    expect(market.sessions).toHaveLength(4)
    expect(market.member('000200')?.series.length).toBe(2)
    expect(market.member('999990')).toBeUndefined()
    expect(market.universeDay).toBeNull()
  })

  it('numbers the sessions, so that halts count', () => {
    const market = madeMarket({ '000100': [1, 2, 3] })
    const ordinals = market.members[0]?.series.columns['sessions.ordinal'] ?? new Float64Array(0)
    expect((ordinals[2] as number) - (ordinals[0] as number)).toBe(2)
  })

  it('refuses one ticker twice', () => {
    const one = { stock: madeStock('000100'), series: madeSeries([1]) }
    expect(() => createMarket({ stocks: [one, one] })).toThrow(
      expect.objectContaining({ code: 'E_STOCK_DUPLICATE' }),
    )
  })

  it('takes a calendar and the day of its list where they are given', () => {
    const calendar = calendarFromSessions([day(LAST)], { extend: false })
    const market = createMarket({ stocks: [], calendar, universeDay: 7 })
    expect([market.calendar, market.universeDay]).toEqual([calendar, 7])
  })

  it('keeps observed days alone where they are beyond the table of the exchange', () => {
    const old = calendarOf(Int32Array.of(day('1990-01-05'), day('1990-01-08')))
    expect([old.first, old.last]).toEqual([day('1990-01-05'), day('1990-01-08')])
    expect(calendarOf(new Int32Array(0)).isSession(day(LAST))).toBe(true)
  })
})

describe('requireSession', () => {
  it('refuses a day without a session, and names the one before', () => {
    const market = madeMarket({ '000100': [1, 2] })
    expect(() => requireSession(market, day(LAST))).not.toThrow()
    expect(() => requireSession(market, day('2026-02-11'))).toThrow(
      'no session on 2026-02-11; the last one before it is 2026-02-10',
    )
    expect(() => requireSession(market, day('2020-01-02'))).toThrow(
      'the first session is 2026-02-09',
    )
    expect(() => requireSession(madeMarket({}), day(LAST))).toThrow('the market is empty')
  })
})

describe('selectUniverse', () => {
  it('gives each stock that is left out its reason', () => {
    const halted = [...madeBars(rising(25))]
    halted[24] = { ...(halted[24] as (typeof halted)[number]), volume: 0 }
    const market = createMarket({
      stocks: [
        { stock: madeStock('000100'), series: madeSeries(rising(20)) },
        { stock: madeStock('000200'), series: madeSeries(rising(19)) },
        { stock: madeStock('000300'), series: createSeries({ ticker: '000300', bars: halted }) },
        {
          stock: madeStock('000400'),
          series: createSeries({ ticker: '000400', bars: madeBars(rising(25)).slice(0, 24) }),
        },
        { stock: madeStock('000405'), series: madeSeries(rising(25)) },
        { stock: madeStock('000500', { market: 'KONEX' }), series: madeSeries([]) },
        { stock: madeStock('000600', { market: 'KONEX' }), series: madeSeries([]) },
      ],
    })
    const universe = selectUniverse(market, day(LAST))
    expect(universe.eligible.map(({ member, bar }) => [member.stock.ticker, bar])).toEqual([
      ['000100', 19],
    ])
    expect(Object.fromEntries(universe.excluded)).toEqual({
      '000200': 'short-history',
      '000300': 'halted',
      '000400': 'no-bar',
      '000405': 'preferred',
      '000500': 'konex',
      '000600': 'konex',
    })
    expect(Object.keys(countReasons(universe))[0]).toBe('konex')
    expect(countReasons(universe)['konex']).toBe(2)
  })
})
