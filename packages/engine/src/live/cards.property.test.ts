import {
  dayNumber,
  epochMsOfKst,
  type Market,
  type ScoreCard,
  type Strategy,
  scanMarket,
  type Tick,
} from '@ralph-stock/core'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { daytrade } from '@ralph-stock/strategies-daytrade'
import { marketGate } from '@ralph-stock/strategies-market-gate'
import { vcp } from '@ralph-stock/strategies-vcp'
import {
  LAST_SESSION,
  type MarketRows,
  marketArbitrary,
  marketOf,
  memorySignalStore,
  through,
  ticksArbitrary,
  ticksOf,
} from '@ralph-stock/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { summarize } from '../scan-result.js'
import { createLiveDesk, type LiveDesk } from './index.js'
import { manualClock } from './testing-desk.js'

const SHIPPED: readonly Strategy[] = [vcp(), closingBet(), daytrade(), marketGate()]
const NEWS = ['news.positive', 'news.negative', 'news.meanSentiment']

/** A feed tells one price, not an adjusted and a printed one. */
function withoutRaw(rows: MarketRows): MarketRows {
  const stocks = rows.stocks.map((one) => {
    return { ...one, bars: one.bars.map((bar) => ({ ...bar, rawClose: null })) }
  })
  return { ...rows, stocks }
}

function plain(card: ScoreCard | undefined): unknown {
  if (card === undefined) return undefined
  const { crossSectionAgeMs: _, ...rest } = JSON.parse(JSON.stringify(card))
  return rest
}

/** Gives a desk the last session of a market: ticks, flows before or after them, indexes. */
function feed(desk: LiveDesk, whole: Market, ticks: readonly Tick[]): void {
  const day = dayNumber(LAST_SESSION)
  const flowsOf = (position: number): void => {
    const member = whole.members[position] as Market['members'][number]
    const bar = member.series.days.indexOf(day)
    const [foreign = Number.NaN, institution = Number.NaN] = ['foreign', 'institution'].map(
      (name) => member.series.columns[`flows.${name}`]?.[bar] ?? Number.NaN,
    )
    desk.flows(member.stock.ticker, {
      ...(Number.isNaN(foreign) ? {} : { foreign }),
      ...(Number.isNaN(institution) ? {} : { institution }),
      provisional: member.series.provisionalFlows?.[bar] === 1,
    })
  }
  const all = whole.members.map((_, position) => position)
  for (const position of all) if (position % 2 === 0) flowsOf(position)
  for (const tick of ticks) desk.update(tick)
  for (const position of all) if (position % 2 === 1) flowsOf(position)
  for (const [name, series] of Object.entries(whole.indexes)) {
    const bar = series.days.indexOf(day)
    if (bar < 0) continue
    const value = (field: string): number => series.columns[`bars.${field}`]?.[bar] as number
    desk.index({
      name,
      at: epochMsOfKst(LAST_SESSION, '15:30'),
      value: value('close'),
      open: value('open'),
      high: value('high'),
      low: value('low'),
      volume: value('volume'),
    })
  }
}

/** The last tick of a stock tells its whole bar, as a feed's does. */
function withBars(whole: Market, ticks: readonly Tick[]): Tick[] {
  const day = dayNumber(LAST_SESSION)
  return ticks.map((tick) => {
    const series = whole.member(tick.ticker)?.series
    const bar = series?.days.indexOf(day) ?? -1
    const value = (name: string): number => series?.columns[`bars.${name}`]?.[bar] as number
    if (series === undefined || tick.columns === undefined) return tick
    return { ...tick, open: value('open'), high: value('high'), low: value('low') }
  })
}

const splitless = marketArbitrary({
  bars: 60,
  kinds: ['walk', 'flat', 'round', 'rise', 'fall', 'limit-up', 'limit-down', 'halt', 'gap'],
})

describe('a live desk', () => {
  it('ends any session with the cards of a scan of the same bars', async () => {
    await fc.assert(
      fc.asyncProperty(splitless, async (made) => {
        const rows = withoutRaw(made)
        const whole = marketOf(rows)
        const before = rows.sessions.at(-2) as (typeof rows.sessions)[number]
        const { ticks, tickers } = ticksOf(whole, LAST_SESSION, NEWS)
        fc.pre(tickers.length > 0)
        const clock = manualClock(epochMsOfKst(LAST_SESSION, '08:30'))
        const desk = createLiveDesk({
          market: marketOf(through(rows, before)),
          strategies: SHIPPED,
          signals: memorySignalStore(),
          clock,
        })
        feed(desk, whole, withBars(whole, ticks))
        // A first session after a row that was dropped has another base than the feed's.
        fc.pre(desk.refused().E_TICK_BEYOND_LIMIT === undefined)
        await desk.endSession(LAST_SESSION)
        expect(desk.date).toBe(LAST_SESSION)
        const truth = scanMarket(whole, SHIPPED, LAST_SESSION)
        const ours = scanMarket(desk.market(), SHIPPED, LAST_SESSION)
        for (const { id } of SHIPPED) {
          expect(ours.cards.get(id)?.map(plain)).toEqual(truth.cards.get(id)?.map(plain))
        }
        for (const ticker of tickers) {
          for (const card of desk.cards(ticker)) {
            const listed = truth.cards.get(card.strategyId)?.find((one) => one.ticker === ticker)
            if (listed !== undefined) expect(plain(card)).toEqual(plain(listed))
          }
        }
        expect(plain(desk.gate() ?? undefined)).toEqual(plain(truth.cards.get('market-gate')?.[0]))
        const filter = { all: true }
        const scan = summarize(whole, truth, SHIPPED, filter)
        expect(JSON.stringify(desk.scan(undefined, filter).results)).toBe(
          JSON.stringify(scan.results),
        )
      }),
      { numRuns: 20 },
    )
  })

  it('counts what it refuses, and goes on as if it had never come', async () => {
    const feeds = splitless.chain((made) => {
      const whole = marketOf(withoutRaw(made))
      return fc.tuple(fc.constant(withoutRaw(made)), ticksArbitrary(whole, LAST_SESSION))
    })
    await fc.assert(
      fc.asyncProperty(feeds, async ([rows, ticks]) => {
        const before = rows.sessions.at(-2) as (typeof rows.sessions)[number]
        const deskOf = (): LiveDesk =>
          createLiveDesk({
            market: marketOf(through(rows, before)),
            strategies: SHIPPED,
            signals: memorySignalStore(),
            clock: manualClock(epochMsOfKst(LAST_SESSION, '08:30')),
          })
        const [all, good] = [deskOf(), deskOf()]
        let refused = 0
        for (const tick of ticks) {
          if (all.update(tick).accepted) expect(good.update(tick).accepted).toBe(true)
          else refused++
        }
        expect(Object.values(all.refused()).reduce((sum, count) => sum + count, 0)).toBe(refused)
        expect(all.prices()).toEqual(good.prices())
        for (const { ticker, date } of all.prices()) {
          if (date !== null) {
            expect(all.cards(ticker).map(plain)).toEqual(good.cards(ticker).map(plain))
          }
        }
      }),
      { numRuns: 10 },
    )
  })
})
