import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import {
  arrive,
  type Client,
  connect,
  event,
  eventually,
  price,
  type Service,
  startService,
} from './support.js'

let service: Service
afterEach(() => service.close())

async function gone(client: Client): Promise<void> {
  client.ws.close()
  await client.closed
}

describe('coming back', () => {
  it('gives exactly what was missed of events, and no snapshot', async () => {
    service = await startService()
    const { hub, url } = service
    for (let id = 1; id <= 10; id++) hub.publish('jobs', event(id))
    const client = await arrive(url)
    client.send({ type: 'subscribe', epoch: hub.epoch, topics: [{ topic: 'jobs', seq: 7 }] })
    expect(await client.next()).toEqual({
      type: 'subscribed',
      topic: 'jobs',
      seq: 7,
      resumed: true,
    })
    for (const seq of [8, 9, 10]) expect(await client.next()).toMatchObject({ seq })
    client.send({ type: 'subscribe', topic: 'jobs', seq: 10, epoch: hub.epoch })
    expect(await client.next()).toMatchObject({ type: 'subscribed', resumed: true, seq: 10 })
    hub.publish('jobs', event(11))
    expect(await client.next()).toMatchObject({ type: 'job_update', seq: 11 })
    await gone(client)
  })

  it('says that it cannot where the numbers are of another run, too old or too new', async () => {
    service = await startService({
      limits: { eventLag: 3, eventsKept: 4 },
      snapshot: () => ['what there is'],
    })
    const { hub, url } = service
    for (let id = 1; id <= 10; id++) hub.publish('jobs', event(id))
    const client = await arrive(url)
    const cases = [
      { seq: 10, epoch: 'another', reason: 'epoch' },
      { seq: 10, epoch: undefined, reason: 'epoch' },
      { seq: 5, epoch: hub.epoch, reason: 'gap' },
      { seq: 11, epoch: hub.epoch, reason: 'gap' },
    ]
    for (const { seq, epoch, reason } of cases) {
      client.send({ type: 'subscribe', topic: 'jobs', seq, epoch })
      expect(await client.next()).toMatchObject({ type: 'subscribed', resumed: false, seq: 10 })
      expect(await client.next()).toMatchObject({ type: 'resync', reason, seq: 10 })
      expect(await client.next()).toMatchObject({ type: 'snapshot', data: ['what there is'] })
    }
    await gone(client)
  })

  it('gives of a state its last message, unless that was seen', async () => {
    service = await startService()
    const { hub, url } = service
    for (let value = 1; value <= 5; value++) hub.publish('price:005930', price('005930', value))
    const client = await arrive(url)
    client.send({ type: 'subscribe', topic: 'price:005930', seq: 2, epoch: hub.epoch })
    expect(await client.next()).toMatchObject({ type: 'subscribed', resumed: false, seq: 5 })
    expect(await client.next()).toMatchObject({ type: 'snapshot', data: { data: { price: 5 } } })
    client.send({ type: 'subscribe', topic: 'price:005930', seq: 5, epoch: hub.epoch })
    expect(await client.next()).toMatchObject({ type: 'subscribed', resumed: true, seq: 5 })
    client.send({ type: 'ping' })
    expect(await client.next()).toMatchObject({ type: 'pong' })
    await gone(client)
  })

  it('holds what is published while a snapshot is fetched, and fetches once for all', async () => {
    let release = (_: unknown): void => {}
    let fetched = 0
    service = await startService({
      snapshot: () => {
        fetched++
        return new Promise((resolve) => {
          release = resolve
        })
      },
    })
    const { hub, url } = service
    hub.publish('jobs', event(1))
    const first = await arrive(url)
    first.send({ type: 'subscribe', topics: ['jobs', 'price:005930'] })
    await first.until('subscribed')
    await first.until('subscribed')
    const releasePrice = release
    hub.publish('jobs', event(2))
    hub.publish('price:005930', price('005930', 9))
    const second = await arrive(url)
    second.send({ type: 'subscribe', topic: 'jobs' })
    expect(await second.next()).toMatchObject({ type: 'subscribed', seq: 1 })
    releasePrice(price('005930', 3))
    expect(await first.next()).toMatchObject({
      type: 'snapshot',
      seq: 1,
      data: { data: { price: 9 } },
    })
    expect(fetched).toBe(2)
    await Promise.all([gone(first), gone(second)])
  })

  it('loses and repeats nothing, wherever connections break', async () => {
    service = await startService()
    const { hub, url } = service
    const run = fc.record({
      bursts: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 20, maxLength: 40 }),
      lives: fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 12 }),
      abrupt: fc.boolean(),
      bytes: fc.constantFrom(0, 200, 70_000),
    })
    let topic = 0
    await fc.assert(
      fc.asyncProperty(run, async ({ bursts, lives, abrupt, bytes }) => {
        const name = `job:run-${topic++}`
        const total = bursts.reduce((sum, count) => sum + count, 0)
        const publisher = (async () => {
          let id = 0
          for (const burst of bursts) {
            for (let k = 0; k < burst; k++) hub.publish(name, event(++id, bytes))
            await new Promise(setImmediate)
          }
        })()
        const seen: string[] = []
        let seq = 0
        for (const life of [...lives, Number.POSITIVE_INFINITY]) {
          const client = await connect(url)
          client.send({ type: 'subscribe', topic: name, seq, epoch: hub.epoch })
          for (let k = 0; k < life && seq < total; ) {
            const message = await client.next()
            if (message.type !== 'job_update') continue
            seen.push(message.data.id)
            seq = message.seq
            k++
          }
          if (abrupt) client.ws.terminate()
          else client.ws.close()
        }
        await publisher
        expect(seen).toEqual(Array.from({ length: total }, (_, k) => String(k + 1)))
      }),
      { numRuns: 8 },
    )
    await eventually(() => hub.stats().clients === 0)
  })

  it('comes to the same in the end where too much was missed, by snapshots', async () => {
    let total = 0
    service = await startService({
      limits: { eventLag: 5, eventsKept: 8 },
      snapshot: async () => {
        const now = total
        await new Promise(setImmediate)
        return now
      },
    })
    const { hub, url } = service
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 20 })), {
          minLength: 1,
          maxLength: 10,
        }),
        async (steps) => {
          let mine = 0
          let seq: number | undefined
          const read = async (client: Client): Promise<void> => {
            client.send({ type: 'subscribe', topic: 'jobs', seq, epoch: hub.epoch })
            const { resumed } = await client.until('subscribed')
            if (!resumed) {
              const snapshot = await client.until('snapshot')
              seq = snapshot.seq
              mine = Number(snapshot.data)
            }
            while (seq === undefined || seq < total) {
              const message = await client.until('job_update')
              expect(message.seq).toBe((seq ?? 0) + 1)
              seq = message.seq
              // What was told while the snapshot was made may be in it already.
              mine = Math.max(mine, Number(message.data.id))
            }
          }
          for (const [online, offline] of steps) {
            const client = await connect(url)
            await read(client)
            for (let k = 0; k < online; k++) hub.publish('jobs', event(++total))
            await gone(client)
            for (let k = 0; k < offline; k++) hub.publish('jobs', event(++total))
          }
          const client = await connect(url)
          await read(client)
          expect(mine).toBe(total)
          await gone(client)
        },
      ),
      { numRuns: 8 },
    )
  })
})
