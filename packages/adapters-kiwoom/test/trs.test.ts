import { dayNumber, tradeDate } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { during, pair } from './support.js'

const to = tradeDate('2026-03-31')

describe('every TR against the simulator', () => {
  it('lists and classifies all papers', async () => {
    const { clock, source, simulator } = pair({ stocks: 120, at: '10:00' })
    const list = await during(clock, source.listStocks())
    expect(list.length).toBe(120)
    const kinds = new Map(list.map((stock) => [stock.ticker, stock.kind]))
    for (const paper of simulator.market.papers) expect(kinds.get(paper.code)).toBe(paper.kind)
    for (const paper of simulator.market.papers) {
      const listed = list.find((stock) => stock.ticker === paper.code)
      expect(listed?.halted).toBe(paper.halted)
      expect(listed?.market).toBe(paper.market)
      expect(listed?.administrative).toBe(paper.audit === '관리종목')
      expect(listed?.caution).toBe(paper.audit === '투자주의환기종목')
      expect(listed?.nxt).toBe(paper.nxt)
    }
    expect(list.some((stock) => stock.warning === 'warning')).toBe(true)
    expect(source.counts().refusals).toEqual({})
  })

  it('reads daily bars of finished sessions over many pages', async () => {
    const { clock, source, simulator } = pair({ stocks: 30, history: 1300, at: '10:00' })
    const paper = simulator.market.papers[0]
    if (paper === undefined) throw new Error('a market has papers')
    const bars = await during(clock, source.dailyBars({ ticker: paper.code, to }))
    const path = simulator.market.path(paper)
    // Today is not over.
    expect(bars.length).toBe(1300)
    expect(bars.day[1299]).toBe(simulator.market.days[1299])
    expect([...bars.close]).toEqual([...path.close.slice(0, 1300)])
    expect([...bars.volume]).toEqual([...path.volume.slice(0, 1300)])
    expect(simulator.counts().requests).toBe(1 + 3)
    const from = tradeDate('2026-03-02')
    const few = await during(clock, source.dailyBars({ ticker: paper.code, from, to }))
    expect(few.day[0]).toBeGreaterThanOrEqual(dayNumber(from))
    expect(simulator.counts().requests).toBe(1 + 3 + 1)
  })

  it('has the day of today after the close, and tells the venues apart', async () => {
    const { clock, source, simulator } = pair({ stocks: 30, history: 10, at: '15:45' })
    const paper = simulator.market.papers.find((one) => one.nxt)
    if (paper === undefined) throw new Error('some paper is traded on Nextrade')
    const ticker = paper.code
    const krx = await during(clock, source.dailyBars({ ticker, to }))
    expect(krx.day[krx.length - 1]).toBe(dayNumber(to))
    const [nxt, all] = await during(
      clock,
      Promise.all([
        source.weeklyBars({ ticker, to, venue: 'NXT' }),
        source.weeklyBars({ ticker, to, venue: 'unified' }),
      ]),
    )
    const last = all.at(-1)?.volume ?? 0
    const week = await during(clock, source.weeklyBars({ ticker, to }))
    expect(last).toBeGreaterThan(nxt.at(-1)?.volume ?? 0)
    expect(last).toBe((week.at(-1)?.volume ?? 0) + (nxt.at(-1)?.volume ?? 0))
    expect(week.at(-1)?.tradedValue).toBeGreaterThan(0)
    await clock.advance(3600_000 * 5)
    const minutes = await during(clock, source.minuteBars({ ticker, to }))
    expect([...minutes.volume].reduce((a, b) => a + b, 0)).toBe(
      simulator.truth(ticker).reduce((sum, bar) => sum + bar.volume, 0),
    )
    expect(minutes.length).toBe(simulator.truth(ticker).length)
    const ticks = await during(clock, source.ticks({ ticker, pages: 9 }))
    const { market } = simulator
    const tape = market.quote(paper, 'KRX', market.moment(clock.now()))
    expect(ticks.length).toBe(tape.made)
  })

  it('reads flows, provisional before the evening, and what foreigners hold', async () => {
    const { clock, source, simulator } = pair({ stocks: 30, history: 230, at: '14:00' })
    const paper = simulator.market.papers[1]
    if (paper === undefined) throw new Error('a market has papers')
    const ticker = paper.code
    const flows = await during(clock, source.flows({ ticker, to }))
    expect(flows.length).toBe(231)
    expect(flows.provisional?.[230]).toBe(1)
    expect(flows.provisional?.[229]).toBe(0)
    const { foreign } = simulator.market.parties(paper, 229)
    const close = simulator.market.path(paper).close[229] ?? 0
    expect(flows.foreignNetValue[229]).toBe(Math.round((foreign * close) / 1e6) * 1e6)
    const chart = await during(
      clock,
      source.flowChart({ ticker, to, from: tradeDate('2026-03-30') }),
    )
    expect(chart.length).toBe(2)
    expect(chart.foreignNetValue[0]).toBe(flows.foreignNetValue[229])
    const held = await during(clock, source.foreignHoldings({ ticker, pages: 2 }))
    expect(held.length).toBe(100)
    const trend = await during(
      clock,
      source.institutionTrend({ ticker, from: tradeDate('2026-03-02'), to }),
    )
    expect(trend.days.at(-2)?.foreignNet).toBe(foreign)
    const streaks = await during(clock, source.buyingStreaks({ market: 'KOSPI' }))
    expect(streaks.some(({ foreignNetValue }) => (foreignNetValue ?? 0) < 0)).toBe(true)
    expect(source.counts().refusals).toEqual({})
  })

  it('reads indexes, rankings, themes, the book and one stock', async () => {
    const { clock, source, simulator } = pair({ stocks: 120, history: 30, at: '16:00' })
    const index = await during(clock, source.indexBars({ ticker: 'KOSPI', to }))
    expect(index.length).toBe(31)
    expect(index.close[30]).toBeGreaterThan(100)
    const now = await during(clock, source.indexNow('001'))
    expect(now.value).toBeCloseTo(index.close[30] ?? 0, 0)
    // The two rows of closing sums have no time.
    expect(now.steps.length).toBe(18)
    expect((await during(clock, source.industryIndexes('KOSDAQ')))[0]?.code).toBe('101')
    await expect(during(clock, source.indexBars({ ticker: 'NASDAQ', to }))).rejects.toMatchObject({
      code: 'E_PARAM_RANGE',
    })
    for (const name of ['volume', 'value', 'rise', 'fall', 'volume-surge'] as const) {
      const ranked = await during(clock, source.ranking({ ranking: name }))
      expect(ranked.length, name).toBeGreaterThan(5)
      expect(ranked[0]?.rank).toBe(1)
    }
    const unified = await during(
      clock,
      source.ranking({ ranking: 'value', venue: 'unified', market: 'KOSDAQ' }),
    )
    expect(unified[0]?.venue).toBe('unified')
    const values = unified.map(({ tradedValue }) => tradedValue ?? 0)
    expect(values).toEqual([...values].sort((a, b) => b - a))
    const [theme] = await during(clock, source.themes())
    expect(theme?.leaders.length).toBe(2)
    const members = await during(clock, source.themeStocks(theme?.code ?? ''))
    expect(members.length).toBe(theme?.stocks)
    expect(await during(clock, source.themeStocks('999'))).toEqual([])
    const ticker = members[0]?.ticker ?? ''
    expect((await during(clock, source.themes({ ticker }))).length).toBe(1)
    const info = await during(clock, source.basicInfo(ticker))
    expect(info.price).toBe(simulator.truth(ticker).at(-1)?.close)
    expect(info.upperLimit).toBeGreaterThan(info.lowerLimit ?? 0)
    const book = await during(clock, source.orderBook(ticker))
    expect(book.asks[0]?.price).toBeGreaterThan(book.bids[0]?.price ?? 0)
    expect(book.asks.length).toBe(10)
    await expect(
      during(clock, source.orderBook(ticker, { venue: 'unified' })),
    ).rejects.toMatchObject({ code: 'E_PARAM_RANGE' })
    await expect(during(clock, source.basicInfo('000000'))).rejects.toMatchObject({
      code: 'E_BROKER_NOT_FOUND',
    })
    await expect(during(clock, source.weeklyBars({ ticker: 'nothing', to }))).rejects.toMatchObject(
      { code: 'E_PARAM_RANGE' },
    )
  })
})
