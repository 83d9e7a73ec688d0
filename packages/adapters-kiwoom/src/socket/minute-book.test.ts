import { krxCalendar } from '@ralph-stock/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf } from '../map/times.js'
import { barHours } from './day-hours.js'
import type { Trade } from './live-types.js'
import { createMinuteBook, type MinuteBook } from './minute-book.js'

const DAY = 20_543
const HOURS = { from: 540, to: 930 }

const book = (): MinuteBook =>
  createMinuteBook({ ticker: '005930', venue: 'KRX', day: DAY, hours: HOURS })

const trade = (second: number, price: number, quantity: number, volume: number): Trade => ({
  ticker: '005930',
  venue: 'KRX',
  at: instantOf(DAY, second),
  price,
  quantity,
  volume,
  session: 2,
})

/** Trades that follow each other, from 09:00 on. */
const dayOf = (parts: ReadonlyArray<readonly [number, number, number]>): Trade[] => {
  let second = 32_400
  let volume = 0
  return parts.map(([wait, price, size]) => {
    second += wait
    volume += size
    return trade(second, price, size, volume)
  })
}

const days = fc
  .array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 50 })), {
    minLength: 2,
    maxLength: 60,
  })
  .map(dayOf)

const barsOf = (trades: readonly Trade[]) => {
  const made = book()
  for (const one of trades) made.take(one)
  return made.bars()
}

describe('the minute book', () => {
  it('makes bars of trades', () => {
    const made = book()
    for (const one of dayOf([
      [0, 100, 5],
      [10, 110, 1],
      [10, 90, 2],
      [60, 95, 3],
    ])) {
      expect(made.take(one)).toBe('taken')
    }
    expect(made.bars()).toEqual([
      { openTime: instantOf(DAY, 32_400), open: 100, high: 110, low: 90, close: 90, volume: 8 },
      { openTime: instantOf(DAY, 32_460), open: 95, high: 95, low: 95, close: 95, volume: 3 },
    ])
    expect(made.whole()).toBe(true)
  })

  it('makes the same bars of doubled and moved trades', () => {
    fc.assert(
      fc.property(days, fc.infiniteStream(fc.nat(3)), (trades, chances) => {
        const moved = trades.flatMap((one) => (chances.next().value === 0 ? [one, one] : [one]))
        for (let at = 0; at + 1 < moved.length; at++) {
          if (chances.next().value !== 0) continue
          const [a, b] = [moved[at], moved[at + 1]]
          if (a !== undefined && b !== undefined) moved.splice(at, 2, b, a)
        }
        const made = book()
        for (const one of moved) made.take(one)
        expect(made.bars()).toEqual(barsOf(trades))
        expect(made.whole()).toBe(true)
      }),
    )
  })

  it('marks what was lost, and is true again once repaired', () => {
    fc.assert(
      fc.property(days, fc.infiniteStream(fc.boolean()), (trades, lost) => {
        const made = book()
        for (const one of trades.slice(0, -1)) if (lost.next().value) made.take(one)
        made.take(trades[trades.length - 1] as Trade)
        const range = made.missing(86_400)
        const truth = barsOf(trades)
        if (range !== null) made.repair(range, truth)
        expect(made.bars()).toEqual(truth)
        expect(made.whole()).toBe(true)
      }),
    )
  })

  it('does not ask for a minute before it ended, and drops a suspicion that a trade disproves', () => {
    const made = book()
    const [first, second, third, fourth] = dayOf([
      [0, 100, 5],
      [30, 100, 1],
      [40, 100, 1],
      [200, 100, 1],
    ]) as [Trade, Trade, Trade, Trade]
    made.take(first)
    made.suspectSinceLast(541)
    expect(made.whole()).toBe(false)
    made.take(second)
    expect(made.whole()).toBe(true)
    made.take(fourth)
    expect(made.missing(32_460)).toEqual({ from: 540, to: 540 })
    expect(made.missing(86_400)).toEqual({ from: 540, to: 544 })
    expect(made.take(third)).toBe('filled')
    expect(made.missing(86_400)).toBeNull()
  })

  it('recovers from a trade that lied', () => {
    const made = book()
    const trades = dayOf([
      [0, 100, 5],
      [60, 101, 5],
      [60, 102, 5],
      [60, 103, 5],
    ])
    const [first, ...others] = trades as [Trade, ...Trade[]]
    made.take(first)
    made.take(trade(32_410, 100, 5, 9_000_000))
    expect(others.map((one) => made.take(one))).toContain('contradicts')
    const range = made.missing(86_400)
    expect(range?.from).toBe(540)
    if (range !== null) made.repair(range, barsOf(trades))
    expect(made.bars()).toEqual(barsOf(trades))
  })

  it('counts trades outside of the session without a bar', () => {
    const made = book()
    expect(made.take({ ...trade(30_700, 100, 7, 7), session: 1 })).toBe('outside')
    expect(made.take(trade(32_401, 100, 1, 8))).toBe('taken')
    expect(made.take(trade(32_402, 100, 0, 8))).toBe('outside')
    expect(made.whole()).toBe(true)
    made.suspectSinceLast(500)
    expect(made.whole()).toBe(true)
  })

  it('knows the hours of each venue, and days without any', () => {
    const calendar = krxCalendar()
    expect(barHours(DAY, 'KRX', calendar)).toEqual({ from: 540, to: 930 })
    expect(barHours(DAY, 'NXT', calendar)).toEqual({ from: 480, to: 1200 })
    expect(barHours(DAY, 'unified', calendar)).toEqual({ from: 480, to: 1200 })
    expect(barHours(DAY + 4, 'KRX', calendar)).toBeNull()
    expect(barHours(99_999, 'KRX', calendar)).toBeNull()
  })
})
