import type { FinishedScan, Market, StoredSignal, Strategy } from '@ralph-stock/core'
import { scanMarket } from '@ralph-stock/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { at, flatMarket, TODAY, tick, YESTERDAY } from './testing-desk.js'
import { bet, signalScene, swing } from './testing-scenes.js'

const PRICES = { '000100': 10_000, '000200': 20_000, '000300': 2_000_000 }

let { store, news, kinds, deskOf } = signalScene()
const closed = async (): Promise<StoredSignal[]> => await store.findSignals({ status: 'CLOSED' })

/** A signal of yesterday, saved as a scan after the close would. */
async function saved(strategy: Strategy, market: Market, ticker = '000100'): Promise<void> {
  const card = scanMarket(market, [strategy], YESTERDAY)
    .cards.get(strategy.id)
    ?.find((one) => one.ticker === ticker)
  const scan: FinishedScan = {
    asOf: card?.asOf as FinishedScan['asOf'],
    strategies: [strategy.id],
    eligible: 1,
    cards: card === undefined ? [] : [card],
    fills: { [strategy.id]: strategy.plan?.fill ?? 'close' },
  }
  await store.saveScan(scan)
}

beforeEach(() => {
  ;({ store, news, kinds, deskOf } = signalScene())
})

describe('a day trade', () => {
  it('opens with the tick that makes its card pass, at the price shown', async () => {
    const desk = deskOf(flatMarket(PRICES))
    await desk.loadSignals()
    desk.update(tick('000100', '09:00', 10_100, 10))
    desk.update(tick('000100', '09:01', 10_210, 20))
    await desk.flush()
    expect(kinds()).toEqual(['opened 000100'])
    expect(desk.signals()).toMatchObject([
      {
        strategyId: 'daytrade',
        signalDate: TODAY,
        entry: { date: TODAY, price: 10_210, at: at('09:01') },
        // 105 % and 97 % of 10,210 on the grid of 10 won.
        target: 10_720,
        stop: 9_910,
      },
    ])
  })

  it('is not opened twice, neither while it is open nor after it ended', async () => {
    const desk = deskOf(flatMarket(PRICES))
    await desk.loadSignals()
    desk.update(tick('000100', '09:01', 10_210, 20))
    desk.update(tick('000100', '09:02', 10_300, 30))
    desk.update(tick('000100', '09:03', 10_720, 40))
    desk.update(tick('000100', '09:04', 10_730, 50))
    await desk.flush()
    desk.update(tick('000100', '09:05', 10_740, 60))
    await desk.flush()
    expect(kinds()).toEqual(['opened 000100', 'closed 000100'])
    expect((await closed())[0]?.exit).toMatchObject({
      exitDate: TODAY,
      exitPrice: 10_720,
      reason: 'target',
      at: at('09:03'),
    })
  })

  it('is left alone outside the regular session, above the budget and at the upper limit', async () => {
    const desk = deskOf(flatMarket(PRICES))
    await desk.loadSignals()
    desk.update(tick('000100', '08:59:59', 10_300, 10))
    desk.update(tick('000200', '15:20', 20_500, 10))
    desk.update(tick('000300', '10:00', 2_050_000, 10))
    expect(desk.cards('000300')[0]).toMatchObject({ screen: { passed: true } })
    await desk.flush()
    expect(kinds()).toEqual([])
    const locked = deskOf(flatMarket({ '000100': 10_000 }))
    await locked.loadSignals()
    locked.update(tick('000100', '10:00', 13_000, 10))
    expect(locked.cards('000100')[0]?.flags).toEqual(['locked-at-limit'])
    await locked.flush()
    expect(kinds()).toEqual([])
  })

  it('is not opened for a stock that the universe leaves out', async () => {
    const desk = deskOf(flatMarket(PRICES, { '000100': { department: '관리종목(소속부없음)' } }))
    await desk.loadSignals()
    desk.update(tick('000100', '10:00', 10_300, 10))
    await desk.flush()
    expect(kinds()).toEqual([])
  })

  it('ends at its session’s close, at the closing price', async () => {
    const desk = deskOf(flatMarket(PRICES))
    await desk.loadSignals()
    desk.update(tick('000100', '09:01', 10_300, 20))
    desk.update(tick('000100', '15:30', 10_400, 30))
    await desk.endSession(TODAY)
    expect(kinds()).toEqual(['opened 000100', 'closed 000100'])
    const [one] = await closed()
    expect(one?.exit).toMatchObject({ exitPrice: 10_400, reason: 'expired', at: at('15:30') })
    // 0.015 % on each side and 0.20 % of tax on the sale.
    const paid = 10_300 * 1.00015
    expect(one?.exit?.returnRate).toBeCloseTo((10_400 * (1 - 0.00015 - 0.002)) / paid - 1, 12)
  })

  it('ends at its stop when a price between two ticks reached it', async () => {
    const desk = deskOf(flatMarket(PRICES))
    await desk.loadSignals()
    const open = { open: 9_700, high: 10_300, low: 9_700 }
    desk.update(tick('000100', '09:01', 10_300, 20, open))
    desk.update(tick('000100', '09:02', 10_290, 30, open))
    await desk.flush()
    expect(kinds()).toEqual(['opened 000100'])
    desk.update(tick('000100', '09:03', 10_290, 40, { ...open, low: 9_690 }))
    await desk.flush()
    expect((await closed())[0]?.exit).toMatchObject({ exitPrice: 10_000, reason: 'stop' })
  })
})

describe('signals of earlier sessions', () => {
  const risen = (): Market => {
    const market = flatMarket({ '000100': 10_000 })
    const close = market.member('000100')?.series.columns['bars.close'] as Float64Array
    close[close.length - 2] = 9_800
    return market
  }

  it('that wait are entered at the first trade, with levels of the fill', async () => {
    await saved(swing, risen())
    const desk = deskOf(risen())
    await desk.loadSignals()
    expect(desk.signals()).toMatchObject([{ strategyId: 'swing', entry: null }])
    desk.update(tick('000100', '09:00', 10_050, 10))
    desk.update(tick('000100', '09:01', 10_060, 20))
    await desk.flush()
    expect(kinds()).toEqual(['entered 000100'])
    expect(desk.signals()).toMatchObject([
      { entry: { date: TODAY, price: 10_050, at: null }, target: 10_550, stop: 9_750 },
    ])
    desk.update(tick('000100', '09:02', 9_750, 30))
    await desk.flush()
    expect(kinds()).toEqual(['entered 000100', 'closed 000100'])
  })

  it('are not bought at the upper limit', async () => {
    await saved(swing, risen())
    const desk = deskOf(risen())
    await desk.loadSignals()
    desk.update(tick('000100', '09:00', 13_000, 10))
    await desk.flush()
    expect((await closed())[0]?.exit).toMatchObject({ reason: 'unfilled', exitPrice: null })
  })

  it.each([
    ['open through the stop', 9_600, 9_600, 'stop'],
    ['open through the target', 10_600, 10_600, 'target'],
  ])('%s are sold at the open', async (_, open, price, reason) => {
    await saved(bet, risen())
    const desk = deskOf(risen())
    await desk.loadSignals()
    desk.update(tick('000100', '09:00', open, 10))
    await desk.flush()
    expect((await closed())[0]?.exit).toMatchObject({ exitPrice: price, reason })
  })

  it('are sold at their level when a later tick passes it', async () => {
    await saved(bet, risen())
    const desk = deskOf(risen())
    await desk.loadSignals()
    desk.update(tick('000100', '09:00', 9_900, 10))
    desk.update(tick('000100', '09:01', 9_500, 20))
    await desk.flush()
    expect((await closed())[0]?.exit).toMatchObject({ exitPrice: 9_700, reason: 'stop' })
  })

  it('that nobody buys at a locked lower limit wait until it opens', async () => {
    await saved(bet, risen())
    const desk = deskOf(risen())
    await desk.loadSignals()
    desk.update(tick('000100', '09:00', 7_000, 10))
    desk.update(tick('000100', '10:00', 7_000, 20))
    await desk.flush()
    expect(kinds()).toEqual([])
    desk.update(tick('000100', '11:00', 7_100, 30))
    await desk.flush()
    expect((await closed())[0]?.exit).toMatchObject({ exitPrice: 7_000, reason: 'stop' })
  })

  it('locked to the end are sold at the next open', async () => {
    await saved(bet, risen())
    const desk = deskOf(risen())
    await desk.loadSignals()
    desk.update(tick('000100', '09:00', 7_000, 10))
    await desk.endSession(TODAY)
    expect(kinds()).toEqual([])
    desk.rollTo(desk.market())
    desk.update(tick('000100', '09:00', 6_900, 10, { at: at('09:00', '2026-02-12') }))
    await desk.flush()
    expect((await closed())[0]?.exit).toMatchObject({ exitPrice: 6_900, reason: 'stop' })
  })

  it('end with their holding limit, counted by bars of the stock', async () => {
    await saved(bet, risen())
    await saved(swing, risen())
    const desk = deskOf(risen())
    await desk.loadSignals()
    desk.update(tick('000100', '09:00', 10_010, 10))
    await desk.endSession(TODAY)
    // The bet's one bar is today's; the swing, bought today, has two more.
    expect(news.map(({ kind, signal }) => `${kind} ${signal.strategyId}`)).toEqual([
      'entered swing',
      'closed closing-bet',
    ])
    await desk.endSession(TODAY)
    expect(news).toHaveLength(2)
  })

  it('known only in the session are judged by all of it', async () => {
    const desk = deskOf(risen())
    desk.update(tick('000100', '09:00', 9_900, 10, { low: 9_600 }))
    await saved(bet, risen())
    await desk.loadSignals()
    await desk.flush()
    expect((await closed())[0]?.exit).toMatchObject({ exitPrice: 9_700, reason: 'stop' })
  })
})
