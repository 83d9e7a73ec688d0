import { RalphError, type TickRefusal } from '@ralph-stock/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { at, manualClock, TODAY, tick, YESTERDAY } from './testing-desk.js'
import { index, marketScene, SECTORS, sectorMarket } from './testing-scenes.js'

let { deskOf } = marketScene()
beforeEach(() => {
  ;({ deskOf } = marketScene())
})

describe('prices', () => {
  it('are those of the history until a tick comes', () => {
    const desk = deskOf()
    expect(desk.date).toBe(YESTERDAY)
    const quote = { date: YESTERDAY, price: 10_000, change: 0, volume: 1000, at: null }
    expect(desk.price('000010')).toMatchObject(quote)
    desk.update(tick('000010', '09:00', 10_100, 5, { tradedValue: 50_400 }))
    expect(desk.date).toBe(TODAY)
    expect(desk.price('000010')).toEqual({
      ticker: '000010',
      date: TODAY,
      price: 10_100,
      change: 10_100 / 10_000 - 1,
      previousClose: 10_000,
      open: 10_100,
      high: 10_100,
      low: 10_100,
      volume: 5,
      tradedValue: 50_400,
      at: at('09:00'),
    })
    expect(desk.prices().map(({ ticker }) => ticker)).toEqual(Object.keys(SECTORS))
    expect(() => desk.price('999999')).toThrow(RalphError)
    expect(() => desk.flows('999999', { provisional: true })).toThrow(RalphError)
  })

  it('are told with every tick that is taken', () => {
    const desk = deskOf()
    const told: Array<number | null> = []
    const refused: TickRefusal[] = []
    desk.events.on('price', ({ price }) => told.push(price))
    desk.events.on('refused', ({ code }) => refused.push(code))
    desk.update(tick('000010', '09:00', 10_100, 5))
    desk.update(tick('000010', '09:00', 10_100, 5))
    desk.update(tick('000010', '09:01', 10_100, 0))
    desk.update(tick('999999', '09:01', 10_100, 5))
    expect(told).toEqual([10_100])
    expect(refused).toEqual(['E_TICK_DUPLICATE', 'E_TICK_VALUE', 'E_TICK_UNKNOWN_STOCK'])
    expect(desk.refused()).toEqual({
      E_TICK_DUPLICATE: 1,
      E_TICK_VALUE: 1,
      E_TICK_UNKNOWN_STOCK: 1,
    })
  })
})

describe('indexes', () => {
  it('follow their values, with the session’s range', () => {
    const desk = deskOf()
    const told: number[] = []
    expect(desk.indexes()).toMatchObject([
      { name: 'KOSPI', date: YESTERDAY, value: 2500, change: 0, at: null },
      { name: 'KOSDAQ', date: YESTERDAY, value: 800 },
    ])
    desk.events.on('index', ({ value }) => told.push(value))
    expect(index(desk, 'KOSPI', 2510)).toBe(true)
    expect(index(desk, 'KOSPI', 2490, '09:01')).toBe(true)
    desk.index({ name: 'KOSPI', at: at('09:02'), value: 2525, volume: 7, tradedValue: 9 })
    expect(desk.indexes()[0]).toEqual({
      name: 'KOSPI',
      date: TODAY,
      value: 2525,
      change: 2525 / 2500 - 1,
      open: 2510,
      high: 2525,
      low: 2490,
      volume: 7,
      tradedValue: 9,
      at: at('09:02'),
    })
    expect(told).toEqual([2510, 2490, 2525])
    const bar = desk.market().indexes['KOSPI']
    expect(bar?.columns['bars.close']?.at(-1)).toBe(2525)
    expect(bar?.length).toBe(31)
  })

  it('refuse what cannot be', () => {
    const desk = deskOf()
    index(desk, 'KOSPI', 2510)
    expect(index(desk, 'KOSPI200', 300)).toBe(false)
    expect(index(desk, 'KOSPI', 0, '09:01')).toBe(false)
    expect(index(desk, 'KOSPI', 2500, '08:59')).toBe(false)
    expect(desk.index({ name: 'KOSPI', at: at('09:00', '2026-02-14'), value: 2500 })).toBe(false)
    expect(desk.index({ name: 'KOSPI', at: Number.NaN, value: 2500 })).toBe(false)
    expect(desk.refused()).toEqual({
      E_TICK_UNKNOWN_STOCK: 1,
      E_TICK_VALUE: 1,
      E_TICK_OUT_OF_ORDER: 2,
      E_TICK_NO_SESSION: 1,
    })
  })

  it('without a history have no change', () => {
    const empty = { ...sectorMarket(), indexes: {} }
    const desk = deskOf({ market: empty })
    expect(desk.indexes()).toEqual([])
    index(desk, 'KOSPI', 2510)
    expect(desk.indexes()).toMatchObject([{ value: 2510, change: null, volume: null }])
    expect(desk.gate()?.grade).toBe('UNKNOWN')
  })
})

describe('flows', () => {
  it('that come before the first trade wait for it', () => {
    const desk = deskOf({ clock: manualClock(at('09:30')) })
    const flow = (name: string): number | undefined =>
      desk.market().member('000010')?.series.columns[`flows.${name}`]?.at(-1)
    desk.flows('000010', { foreign: 5e9, provisional: true })
    desk.flows('000010', { institution: -1e9, provisional: true })
    expect(flow('foreign')).toBeUndefined()
    desk.update(tick('000010', '09:31', 10_100, 5))
    expect([flow('foreign'), flow('institution')]).toEqual([5e9, -1e9])
    desk.flows('000010', { foreign: 7e9, provisional: false })
    expect([flow('foreign'), flow('institution')]).toEqual([7e9, -1e9])
  })
})
