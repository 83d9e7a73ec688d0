import { RalphError, type ScoreCard } from '@ralph-stock/core'
import { beforeEach, describe, expect, it } from 'vitest'
import type { LiveDesk } from './index.js'
import { at, flatMarket, riser, TODAY, tick, YESTERDAY } from './testing-desk.js'
import { day, index, marketScene, SECTORS, sectorMarket } from './testing-scenes.js'

let { clock, deskOf } = marketScene()
/** Falls of both indexes and of every stock. */
const fall = (desk: LiveDesk): void => {
  index(desk, 'KOSPI', 2400)
  index(desk, 'KOSDAQ', 760)
  for (const ticker of Object.keys(SECTORS)) desk.update(tick(ticker, '09:00', 9_500, 10))
}

beforeEach(() => {
  ;({ clock, deskOf } = marketScene())
})

describe('cards', () => {
  it('are told once per cadence, and only when they say something else', async () => {
    const desk = deskOf()
    const told: string[] = []
    desk.events.on('card', ({ ticker, strategyId, card }) =>
      told.push(`${ticker} ${strategyId} ${card.score}`),
    )
    desk.update(tick('000010', '09:00', 10_300, 5))
    desk.update(tick('000010', '09:00:01', 10_100, 6))
    expect(told).toEqual([])
    await clock.advance(250)
    expect(told).toEqual(['000010 daytrade 0', '000010 closing-bet 0'])
    desk.update(tick('000010', '09:00:02', 10_110, 7))
    await clock.advance(250)
    expect(told).toHaveLength(2)
    desk.update(tick('000010', '09:00:03', 10_400, 8))
    await clock.advance(249)
    expect(told).toHaveLength(2)
    await clock.advance(1)
    expect(told.slice(2)).toEqual(['000010 daytrade 10', '000010 closing-bet 10'])
  })

  it('cost no timer while nobody listens', () => {
    const desk = deskOf()
    desk.update(tick('000010', '09:00', 10_300, 5))
    expect(clock.waiting()).toBe(0)
    expect(desk.cards('000010').map(({ score }) => score)).toEqual([10, 10])
    expect(() => desk.cards('999999')).toThrow(RalphError)
  })

  it('of the day trade read the projected volume until the session is over', async () => {
    const desk = deskOf({ volumeShare: () => 0.25 })
    desk.update(tick('000010', '10:00', 10_100, 5))
    const volumes = (): unknown[] =>
      desk.cards('000010').map(({ criteria }) => criteria[0]?.evidence['volume'])
    expect(volumes()).toEqual([20, 5])
    const scanned = desk.scan(['daytrade'], { all: true }).results[0]?.entries[0]
    expect(scanned?.card.criteria[0]?.evidence['volume']).toBe(20)
    await desk.endSession(TODAY)
    expect(volumes()).toEqual([5, 5])
    const plain = deskOf({ volumeShare: null })
    plain.update(tick('000010', '10:00', 10_100, 5))
    expect(plain.cards('000010')[0]?.criteria[0]?.evidence['volume']).toBe(5)
  })

  it('stop with the desk', async () => {
    const desk = deskOf()
    let told = 0
    desk.events.on('*', () => told++)
    desk.update(tick('000010', '09:00', 10_100, 5))
    const before = told
    desk.close()
    await clock.advance(10_000)
    expect(told).toBe(before)
    await desk.flush()
    await desk.endSession(TODAY)
  })
})

describe('the market gate', () => {
  it('follows indexes and sectors, and is told when it changes', async () => {
    const desk = deskOf({ gateCadenceMs: 1000 })
    const told: string[] = []
    desk.events.on('gate', ({ grade, score }) => told.push(`${grade} ${score}`))
    expect(desk.gate()).toMatchObject({ asOf: YESTERDAY, grade: 'YELLOW' })
    fall(desk)
    await clock.advance(1000)
    expect(told).toEqual(['RED 0'])
    desk.update(tick('000010', '09:01', 9_510, 20))
    await clock.advance(1000)
    expect(told).toEqual(['RED 0'])
    index(desk, 'KOSPI', 2600, '09:02')
    await clock.advance(1000)
    expect(told).toEqual(['RED 0', 'YELLOW 40'])
  })

  it('that is RED marks new signals, or holds them back', async () => {
    const marked = deskOf()
    await marked.loadSignals()
    fall(marked)
    marked.update(tick('000010', '09:30', 10_300, 20))
    await marked.flush()
    expect(marked.signals()[0]?.card.flags).toEqual(['market-gate-red'])
    const [added] = await marked.runClosingBet(at('15:12'))
    expect(added?.card.flags).toEqual(['market-gate-red'])
    const held = deskOf({ holdUnderRed: true })
    await held.loadSignals()
    fall(held)
    held.update(tick('000010', '09:30', 10_300, 20))
    await held.flush()
    expect(await held.runClosingBet(at('15:12'))).toEqual([])
    expect(held.signals()).toEqual([])
  })

  it('is unknown without indexes, which is not RED', async () => {
    const desk = deskOf({ market: { ...sectorMarket(), indexes: {} } })
    await desk.loadSignals()
    desk.update(tick('000010', '09:30', 10_300, 20))
    await desk.flush()
    expect(desk.signals()[0]?.card.flags).toEqual([])
    expect(deskOf({ strategies: [day] }).gate()).toBeNull()
  })
})

describe('candidates', () => {
  it('begin with open signals, then the best cards, then the most traded', async () => {
    const desk = deskOf()
    await desk.loadSignals()
    expect(desk.candidates(2)).toEqual(['000010', '000110'])
    desk.update(tick('000910', '09:00', 10_100, 9_000_000))
    desk.update(tick('000510', '09:00', 10_300, 20))
    desk.update(tick('000610', '15:25', 10_300, 30))
    // The first was opened as a signal, the second only scores.
    expect(desk.candidates(3)).toEqual(['000510', '000610', '000910'])
    expect(desk.candidates(100)).toHaveLength(10)
  })

  it('leave out what the universe never holds', () => {
    const desk = deskOf({ market: flatMarket({ '000010': 100, '000015': 100 }) })
    expect(desk.candidates(5)).toEqual(['000010'])
    const none = deskOf({ market: flatMarket({}) })
    expect(none.candidates(5)).toEqual([])
  })
})

describe('rollTo', () => {
  it('goes on from a fresh history, with the signals that are open', async () => {
    const desk = deskOf()
    await desk.loadSignals()
    desk.update(tick('000010', '15:10', 10_300, 20))
    await desk.runClosingBet(at('15:12'))
    await desk.endSession(TODAY)
    expect(desk.signals().map(({ strategyId }) => strategyId)).toEqual(['closing-bet'])
    desk.rollTo(desk.market())
    await clock.moveTo(at('08:50', '2026-02-12'))
    await desk.loadSignals()
    desk.update(tick('000010', '09:00', 9_000, 5, { at: at('09:00', '2026-02-12') }))
    await desk.flush()
    expect(desk.signals()).toEqual([])
  })
})

describe('options', () => {
  it('are checked', () => {
    expect(() => deskOf({ cardCadenceMs: 0 })).toThrow('cardCadenceMs')
    expect(() => deskOf({ strategies: [day, day] })).toThrow('two strategies have the id daytrade')
  })

  it('find the strategies of the roles by their ids', async () => {
    const other = riser('scalp', { fill: 'next-open', holdingBars: 1 })
    const desk = deskOf({ strategies: [other], roles: { dayTrade: 'scalp' } })
    await desk.loadSignals()
    desk.update(tick('000010', '09:30', 10_300, 20))
    await desk.flush()
    const card: ScoreCard | undefined = desk.signals()[0]?.card
    expect(card?.strategyId).toBe('scalp')
  })
})
