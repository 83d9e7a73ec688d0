import { manualClock } from '@ralph-stock/adapters-kiwoom/simulator'
import { afterEach, describe, expect, it } from 'vitest'
import { arrive, event, eventually, rawSocket, type Service, startService } from './support.js'

let service: Service
afterEach(() => service.close())

describe('the heartbeat', () => {
  it('ends who does not answer, and keeps who does', async () => {
    const clock = manualClock(0)
    service = await startService({
      clock,
      limits: { pingEveryMs: 30_000, silenceMs: 75_000, closeMs: 1 },
    })
    const alive = await arrive(service.url)
    const dead = await rawSocket(service.port)
    let pings = 0
    alive.ws.on('ping', () => pings++)
    const ended = new Promise((resolve) => dead.once('close', resolve))
    for (let beat = 1; beat <= 3; beat++) {
      await clock.advance(30_000)
      expect(await alive.until('ping')).toMatchObject({
        timestamp: new Date(30_000 * beat).toISOString(),
      })
      await eventually(() => pings === beat)
      // The answer of the one that lives has been heard when what it sends after it is answered.
      alive.send({ type: 'ping' })
      await alive.until('pong')
      expect(service.hub.stats()).toMatchObject({ clients: 2, dead: 0 })
    }
    await clock.advance(30_000)
    await ended
    expect(service.hub.stats()).toMatchObject({ clients: 1, dead: 1 })
    alive.ws.close()
    await alive.closed
  })

  it('takes any word of a client as a sign of life', async () => {
    const clock = manualClock(0)
    service = await startService({ clock, limits: { pingEveryMs: 1000, silenceMs: 2000 } })
    const client = await arrive(service.url)
    // Answers no ping of the protocol.
    client.ws.pong = () => {}
    for (let beat = 0; beat < 10; beat++) {
      await clock.advance(1000)
      await client.until('ping')
      client.send({ type: 'pong' })
      client.send({ type: 'ping' })
      await client.until('pong')
    }
    expect(service.hub.stats()).toMatchObject({ clients: 1, dead: 0 })
    client.ws.close()
    await client.closed
  })

  it('forgets the messages of old jobs, and never takes one number for two messages', async () => {
    const clock = manualClock(0)
    service = await startService({ clock, limits: { idleTopicMs: 60_000, pingEveryMs: 30_000 } })
    const { hub } = service
    for (let id = 1; id <= 5; id++) hub.publish('job:a', event(id))
    await clock.advance(120_000)
    const client = await arrive(service.url)
    client.send({ type: 'subscribe', topic: 'job:a', seq: 3, epoch: hub.epoch })
    expect(await client.next()).toMatchObject({ type: 'subscribed', seq: 5, resumed: false })
    expect(await client.next()).toMatchObject({ type: 'resync', reason: 'gap' })
    await client.until('snapshot')
    hub.publish('job:a', event(6))
    expect(await client.next()).toMatchObject({ type: 'job_update', seq: 6 })
    client.ws.close()
    await client.closed
  })
})
