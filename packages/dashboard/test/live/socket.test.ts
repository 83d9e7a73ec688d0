import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLiveClient } from '../../src/live/socket.js'
import type { TopicEvent } from '../../src/live/topic-book.js'
import { type FakeService, fakeService, fakeTimers } from './fake-service.js'

function connect() {
  const timers = fakeTimers()
  const service = fakeService()
  const client = createLiveClient({ open: service.open, timers, random: () => 0.5 })
  // As the page does: what happens is added; what may have been missed is read again, all of it.
  let seen: number[] = []
  let reads = 0
  let twice = 0
  const told = new Set<number>()
  const listen = (event: TopicEvent): void => {
    if (event.kind === 'stale') {
      seen = [...service.published]
      reads++
    } else if (event.update.type === 'job_update') {
      const value = Number(event.update.data.id)
      if (told.has(value)) twice++
      told.add(value)
      // What was read may still be under way as a message.
      if (!seen.includes(value)) seen.push(value)
    }
  }
  return {
    timers,
    service,
    client,
    listen,
    settle: () => settle(service, timers),
    seen: () => seen,
    reads: () => reads,
    twice: () => twice,
  }
}

// Long enough for every back-off, short of the silence that ends a connection.
function settle(service: FakeService, timers: ReturnType<typeof fakeTimers>): void {
  for (let round = 0; round < 12; round++) {
    service.deliver()
    timers.pass(2000)
  }
  service.deliver()
}

describe('the socket of the page', () => {
  it('reads a topic once however many listen, and leaves it a while after the last', () => {
    const { client, service, timers, listen, settle } = connect()
    client.start()
    const leaveOne = client.subscribe('signals', listen)
    const leaveTwo = client.subscribe('signals', () => {})
    settle()
    const joins = () => service.said.filter(({ type }) => type === 'subscribe')
    const leaves = () => service.said.filter(({ type }) => type === 'unsubscribe')
    expect(joins()).toHaveLength(1)
    leaveOne()
    timers.pass(10_000)
    expect(leaves()).toHaveLength(0)
    leaveTwo()
    timers.pass(1000)
    const leaveThree = client.subscribe('signals', () => {})
    timers.pass(10_000)
    expect([joins().length, leaves().length]).toEqual([1, 0])
    leaveThree()
    timers.pass(10_000)
    expect(leaves()).toEqual([{ type: 'unsubscribe', topic: 'signals' }])
  })

  it('resumes where it was, and hears what it missed without reading all again', () => {
    const { client, service, listen, settle, seen, reads } = connect()
    client.start()
    client.subscribe('signals', listen)
    settle()
    service.publish(1)
    settle()
    service.drop()
    service.publish(2)
    service.publish(3)
    settle()
    expect(seen()).toEqual([1, 2, 3])
    expect(reads()).toBe(1)
  })

  it('reads again after a restart, whose numbers say nothing about the old ones', () => {
    const { client, service, listen, settle, seen, reads } = connect()
    client.start()
    client.subscribe('signals', listen)
    settle()
    service.publish(1)
    settle()
    service.restart()
    service.publish(2)
    settle()
    service.publish(3)
    settle()
    expect(seen()).toEqual([1, 2, 3])
    expect(reads()).toBeGreaterThan(1)
  })

  it('takes a connection for dead that says nothing, and opens another', () => {
    const { client, service, timers } = connect()
    service.refuse(true)
    client.start()
    timers.pass(60_000)
    expect(service.sockets).toBe(1)
    timers.pass(20_000)
    expect(service.sockets).toBe(2)
    expect(client.connection.get().state).toBe('connecting')
  })

  it('waits longer from try to try, up to a quarter of a minute', () => {
    const { client, service, timers } = connect()
    client.start()
    const waits: number[] = []
    for (let attempt = 0; attempt < 8; attempt++) {
      service.drop()
      const before = service.sockets
      const at = timers.now()
      while (service.sockets === before) timers.pass(25)
      waits.push(timers.now() - at)
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect(waits.at(-1)).toBeLessThanOrEqual(15_000)
    expect(waits.at(-1)).toBeGreaterThan(10_000)
  })

  it('tries at once when it is nudged, and only while it waits', () => {
    const { client, service } = connect()
    client.nudge()
    expect(service.sockets).toBe(0)
    client.start()
    service.deliver()
    client.nudge()
    expect(service.sockets).toBe(1)
    service.drop()
    expect(client.connection.get()).toMatchObject({ state: 'waiting', wasLive: true })
    client.nudge()
    expect(service.sockets).toBe(2)
  })

  it('stops for good', () => {
    const { client, service, timers } = connect()
    client.start()
    service.deliver()
    client.stop()
    timers.pass(100_000)
    expect([service.sockets, client.connection.get().state]).toEqual([1, 'stopped'])
  })

  it('tells everything once and misses nothing, however often the connection breaks', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.constant('publish' as const) },
      { weight: 4, arbitrary: fc.constant('deliver' as const) },
      { weight: 2, arbitrary: fc.constant('drop' as const) },
      { weight: 1, arbitrary: fc.constant('restart' as const) },
      { weight: 3, arbitrary: fc.integer({ min: 1, max: 20_000 }) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { client, service, timers, listen, settle, seen, twice } = connect()
        client.start()
        client.subscribe('signals', listen)
        let value = 0
        for (const one of steps) {
          if (typeof one === 'number') timers.pass(one)
          else if (one === 'publish') service.publish(value++)
          else service[one]()
        }
        settle()
        service.publish(value++)
        settle()
        expect(seen()).toEqual(service.published)
        expect(twice()).toBe(0)
      }),
    )
  })
})
