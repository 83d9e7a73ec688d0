import { beforeEach, describe, expect, it } from 'vitest'
import type { LiveDesk } from './index.js'
import { at, flatMarket, TODAY, tick } from './testing-desk.js'
import { bet, day, signalScene } from './testing-scenes.js'

const PRICES = { '000100': 10_000, '000200': 20_000, '000300': 2_000_000 }

let { kinds, deskOf } = signalScene()
beforeEach(() => {
  ;({ kinds, deskOf } = signalScene())
})

describe('the closing bet', () => {
  const atClose = async (desk: LiveDesk): Promise<void> => {
    await desk.loadSignals()
    desk.update(tick('000100', '15:10', 10_400, 10))
    desk.update(tick('000200', '15:10', 20_100, 10))
  }

  it('keeps the cards that pass, entered at the close', async () => {
    const desk = deskOf(flatMarket(PRICES), { strategies: [bet] })
    await atClose(desk)
    const added = await desk.runClosingBet(at('15:12'))
    expect(added).toMatchObject([
      { ticker: '000100', entry: { date: TODAY, price: 10_400, at: null }, target: 10_920 },
    ])
    expect(kinds()).toEqual(['opened 000100'])
    // Prices of the session in which it is bought at the close do not touch it.
    desk.update(tick('000100', '15:19', 10_000, 20))
    await desk.endSession(TODAY)
    expect(desk.signals()).toHaveLength(1)
  })

  it('run again adds what is new and corrects what changed', async () => {
    const desk = deskOf(flatMarket(PRICES), { strategies: [bet] })
    await atClose(desk)
    await desk.runClosingBet(at('15:12'))
    expect(await desk.runClosingBet(at('15:13'))).toEqual([])
    desk.update(tick('000100', '15:15', 10_500, 20))
    desk.update(tick('000200', '15:15', 20_500, 20))
    const added = await desk.runClosingBet(at('15:18'))
    expect(added.map(({ ticker }) => ticker)).toEqual(['000200'])
    expect(kinds()).toEqual(['opened 000100', 'opened 000200', 'updated 000100'])
    expect(
      desk
        .signals()
        .map(({ entry }) => entry?.price)
        .sort(),
    ).toEqual([10_500, 20_500])
  })

  it('does nothing on another day, or without such a strategy', async () => {
    const desk = deskOf(flatMarket(PRICES))
    await desk.loadSignals()
    expect(await desk.runClosingBet(at('15:12'))).toEqual([])
    expect(await deskOf(flatMarket(PRICES), { strategies: [day] }).runClosingBet(0)).toEqual([])
  })
})
