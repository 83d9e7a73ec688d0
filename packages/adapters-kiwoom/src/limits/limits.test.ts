import { describe, expect, it } from 'vitest'
import { manualClock } from '../simulator/manual-clock.js'
import { backOffMs, rateLimitWaitMs, SOCKET_BACK_OFF } from './back-off.js'
import { createScheduler } from './scheduler.js'
import { shareSlots } from './subscription-budget.js'

describe('the scheduler', () => {
  it('spaces the turns of a TR and keeps TRs apart', async () => {
    const clock = manualClock(0)
    const scheduler = createScheduler(clock, { perSecond: 2 })
    const at: Array<readonly [string, number]> = []
    for (const api of ['a', 'a', 'b', 'a']) {
      void scheduler.turn(api, 'normal').then((done) => {
        at.push([api, clock.now()])
        done()
      })
    }
    await clock.advance(3000)
    expect(at).toEqual([
      ['a', 0],
      ['b', 0],
      ['a', 510],
      ['a', 1020],
    ])
  })

  it('lets the highest priority go first, also after a pause', async () => {
    const clock = manualClock(0)
    const scheduler = createScheduler(clock, { perSecond: 1 })
    const order: string[] = []
    const ask = (name: string, priority: 'high' | 'normal' | 'low'): void => {
      void scheduler.turn('a', priority).then((done) => {
        order.push(`${name}@${clock.now()}`)
        done()
      })
    }
    ask('first', 'low')
    ask('low', 'low')
    scheduler.pause('a', 5000)
    ask('normal', 'normal')
    ask('high', 'high')
    await clock.advance(10_000)
    expect(order).toEqual(['first@0', 'high@5000', 'normal@6020', 'low@7040'])
    expect(scheduler.counts()).toMatchObject({ started: 4, waiting: 0, underWay: 0, pauses: 1 })
  })

  it('holds a total, a bound on what is under way, and what the broker stated', async () => {
    const clock = manualClock(0)
    const scheduler = createScheduler(clock, { perSecond: 1, totalPerSecond: 4, concurrent: 2 })
    scheduler.learn('a', 10)
    scheduler.learn('a', 0)
    const begun: number[] = []
    const ends: Array<() => void> = []
    for (let i = 0; i < 4; i++) {
      void scheduler.turn('a', 'normal').then((done) => {
        begun.push(clock.now())
        ends.push(done)
      })
    }
    await clock.advance(5000)
    expect(begun).toEqual([0, 255])
    ends[0]?.()
    ends[0]?.()
    await clock.advance(1)
    expect(begun.length).toBe(3)
    scheduler.pause(null, 1000)
    ends[1]?.()
    await clock.advance(999)
    expect(begun.length).toBe(3)
    await clock.advance(500)
    expect(begun.length).toBe(4)
  })

  it('refuses those who give up or come too late', async () => {
    const clock = manualClock(0)
    const scheduler = createScheduler(clock, { perSecond: 1 })
    ;(await scheduler.turn('a', 'normal'))()
    const giver = new AbortController()
    const given = scheduler.turn('a', 'normal', giver.signal)
    const waiting = scheduler.turn('a', 'normal', new AbortController().signal)
    giver.abort()
    await expect(given).rejects.toMatchObject({ code: 'E_BROKER_CLOSED' })
    await expect(scheduler.turn('a', 'low', giver.signal)).rejects.toMatchObject({
      code: 'E_BROKER_CLOSED',
    })
    scheduler.close()
    await expect(waiting).rejects.toMatchObject({ code: 'E_BROKER_CLOSED' })
    await expect(scheduler.turn('a', 'high')).rejects.toMatchObject({ code: 'E_BROKER_CLOSED' })
  })
})

describe('waits', () => {
  it('double up to a cap, between half and all of it', () => {
    expect(backOffMs(SOCKET_BACK_OFF, 1, () => 0)).toBe(500)
    expect(backOffMs(SOCKET_BACK_OFF, 3, () => 0.999999)).toBe(4000)
    expect(backOffMs(SOCKET_BACK_OFF, 99, () => 1)).toBe(60_000)
    expect(rateLimitWaitMs(1, () => 0)).toBe(1300)
    expect(rateLimitWaitMs(3, () => 0)).toBe(3900)
  })
})

describe('the subscription budget', () => {
  const names = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, i) => `s${from + i}`)

  it('gives the slots to the best', () => {
    const change = shareSlots([...names(0, 5), 's0'], new Set(), { slots: 3 })
    expect(change.add).toEqual(['s0', 's1', 's2'])
    expect(change.remove).toEqual([])
  })

  it('is patient with holders at the edge, not beyond it', () => {
    const holders = new Set(names(0, 10))
    const swapped = [...names(0, 9), 's10', 's9', ...names(11, 30)]
    expect(shareSlots(swapped, holders, { slots: 10 })).toMatchObject({ add: [], remove: [] })
    const fallen = [...names(1, 30), 's0']
    const change = shareSlots(fallen, holders, { slots: 10 })
    expect(change.remove).toEqual(['s0'])
    expect(change.add).toEqual(['s10'])
  })

  it('lets the very best in at once', () => {
    const holders = new Set(names(0, 10))
    const ranked = ['new', ...names(0, 10)]
    const change = shareSlots(ranked, holders, { slots: 10 })
    expect(change.add).toEqual(['new'])
    expect(change.remove).toEqual(['s9'])
    expect(change.holders.size).toBe(10)
  })
})
