import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Topic } from '../../src/ws/topics.js'
import { arrive, connect, errorOf, event, price, type Service, startService } from './support.js'

let service: Service
const fed: string[] = []

beforeAll(async () => {
  service = await startService({
    limits: { topicsPerClient: 10, flushMs: 1 },
    accepts: (topic: Topic) => topic.strategy !== 'unheard-of',
    snapshot: async (topic) => {
      if (topic.name === 'signals') return [{ id: 1 }]
      if (topic.name === 'job:broken') throw new Error('no store')
      return topic.name === 'price:000660' ? price('000660', 7) : undefined
    },
    keep: ['price:005930'],
    onFirst: ({ name }) => fed.push(`+${name}`),
    onLast: ({ name }) => fed.push(`-${name}`),
  })
})
afterAll(() => service.close())

describe('a conversation', () => {
  it('begins with who one is, a snapshot, and the messages after it', async () => {
    const client = await arrive(service.url)
    client.send({ type: 'subscribe', topic: 'price:005930' })
    expect(await client.next()).toEqual({
      type: 'subscribed',
      topic: 'price:005930',
      seq: 0,
      resumed: false,
    })
    expect(await client.next()).toEqual({
      type: 'snapshot',
      topic: 'price:005930',
      seq: 0,
      data: null,
    })
    service.hub.publish('price:005930', price('005930', 82_400))
    expect(await client.next()).toEqual({
      ...price('005930', 82_400),
      topic: 'price:005930',
      seq: 1,
    })
    const other = await arrive(service.url)
    other.send({ type: 'subscribe', topic: 'price:005930' })
    expect(await other.next()).toMatchObject({ type: 'subscribed', seq: 1 })
    expect(await other.next()).toMatchObject({
      type: 'snapshot',
      seq: 1,
      data: price('005930', 82_400),
    })
    client.ws.close()
    other.ws.close()
    await Promise.all([client.closed, other.closed])
  })

  it('takes the topics of the address, and asks the service what they are', async () => {
    const client = await connect(`${service.url}?subscribe=signals,price:000660,nonsense`)
    expect(await client.next()).toMatchObject({ type: 'connected', epoch: service.hub.epoch })
    expect(await client.next()).toMatchObject({ type: 'subscribed', topic: 'signals' })
    expect(await client.next()).toMatchObject({ type: 'subscribed', topic: 'price:000660' })
    expect(await errorOf(client)).toMatchObject({ code: 'E_TOPIC_UNKNOWN', topic: 'nonsense' })
    expect([await client.next(), await client.next()]).toEqual([
      { type: 'snapshot', topic: 'signals', seq: 0, data: [{ id: 1 }] },
      { type: 'snapshot', topic: 'price:000660', seq: 0, data: price('000660', 7) },
    ])
    client.ws.close()
    await client.closed
  })

  it('knows topics by their older names and says the one that counts', async () => {
    const client = await arrive(service.url)
    const topics = ['signal:jongga_v2', 'signal:daytrading', 'market:KOSPI']
    client.send({ type: 'subscribe', topics })
    const answers = [await client.until('subscribed'), await client.until('subscribed')]
    expect([...answers, await client.until('subscribed')]).toMatchObject([
      { topic: 'signal:closing-bet', requested: 'signal:jongga_v2' },
      { topic: 'signal:daytrade', requested: 'signal:daytrading' },
      { topic: 'market:kospi', requested: 'market:KOSPI' },
    ])
    client.ws.close()
    await client.closed
  })

  it('answers pings, and hears pongs without a word', async () => {
    const client = await arrive(service.url)
    client.send({ type: 'pong' })
    client.send({ type: 'ping' })
    expect(await client.next()).toMatchObject({ type: 'pong' })
    client.ws.close()
    await client.closed
  })

  it('sends nothing more of a topic that was left', async () => {
    const client = await arrive(service.url)
    client.send({ type: 'subscribe', topics: ['job:1', 'jobs'] })
    await client.until('snapshot')
    await client.until('snapshot')
    client.send({ type: 'unsubscribe', topic: 'job:1' })
    expect(await client.next()).toEqual({ type: 'unsubscribed', topic: 'job:1' })
    service.hub.publish('job:1', event(1))
    service.hub.publish('jobs', event(2))
    expect(await client.next()).toMatchObject({ topic: 'jobs', seq: 1, data: { id: '2' } })
    client.send({ type: 'unsubscribe', topics: ['job:1', 'job:'] })
    expect(await client.next()).toEqual({ type: 'unsubscribed', topic: 'job:1' })
    expect(await errorOf(client)).toMatchObject({ code: 'E_TOPIC_UNKNOWN', topic: 'job:' })
    client.ws.close()
    await client.closed
  })

  it('refuses unknown topics and more than a client may read, and goes on', async () => {
    const client = await arrive(service.url)
    const unknown = ['price:12345', 'price:00593a', 'signal:unheard-of', 'x'.repeat(128)]
    client.send({ type: 'subscribe', topics: unknown })
    for (const topic of unknown) {
      expect(await errorOf(client)).toMatchObject({ code: 'E_TOPIC_UNKNOWN', topic })
    }
    const many = Array.from({ length: 12 }, (_, k) => `job:many-${k}`)
    client.send({ type: 'subscribe', topics: many })
    const limited = [await client.until('error'), await client.until('error')]
    expect(limited).toMatchObject([
      { code: 'E_TOPIC_LIMIT', topic: 'job:many-10' },
      { code: 'E_TOPIC_LIMIT', topic: 'job:many-11' },
    ])
    client.ws.close()
    await client.closed
  })

  it('says so when it cannot tell what a topic is, and sends its changes', async () => {
    const client = await arrive(service.url)
    client.send({ type: 'subscribe', topic: 'job:broken' })
    await client.until('subscribed')
    expect(await errorOf(client)).toMatchObject({ code: 'E_TOPIC_SNAPSHOT', topic: 'job:broken' })
    service.hub.publish('job:broken', event(5))
    expect(await client.next()).toMatchObject({ topic: 'job:broken', seq: 1 })
    client.ws.close()
    await client.closed
  })

  it('tells the feed of the first reader and the last, but for topics that are always fed', async () => {
    fed.length = 0
    const [a, b] = [await arrive(service.url), await arrive(service.url)]
    for (const client of [a, b]) {
      client.send({ type: 'subscribe', topics: ['price:000020', 'price:005930'] })
      await client.until('snapshot')
      await client.until('snapshot')
      client.send({ type: 'subscribe', topic: 'price:000020' })
      await client.until('snapshot')
    }
    expect(fed).toEqual(['+price:000020'])
    a.send({ type: 'unsubscribe', topic: 'price:000020' })
    await a.until('unsubscribed')
    expect(fed).toEqual(['+price:000020'])
    b.ws.terminate()
    a.ws.close()
    await Promise.all([a.closed, b.closed])
    while (service.hub.stats().clients > 0) await new Promise((go) => setTimeout(go, 1))
    expect(fed).toEqual(['+price:000020', '-price:000020'])
    expect(service.hub.topics()).toEqual([])
  })

  it('goes on when the feed fails, and tells the operator', async () => {
    const failures: string[] = []
    const fails = (): never => {
      throw new Error('no feed')
    }
    const own = await startService({
      onFirst: fails,
      onLast: fails,
      snapshot: () => price('005930', 4),
      observe: { failed: (_error, what) => failures.push(what) },
    })
    const client = await arrive(own.url)
    // A state that was never published is told anew, whatever number the client knows.
    const again = { type: 'subscribe', topic: 'price:005930', seq: 0, epoch: own.hub.epoch }
    for (let k = 0; k < 2; k++) {
      client.send(again)
      expect(await client.next()).toMatchObject({ type: 'subscribed', resumed: false })
      expect(await client.next()).toMatchObject({ type: 'snapshot', data: { data: { price: 4 } } })
    }
    client.send({ type: 'unsubscribe', topic: 'price:005930' })
    await client.until('unsubscribed')
    expect(failures).toEqual(['onFirst', 'onLast'])
    await own.close()
  })

  it('refuses to publish what is no topic', () => {
    expect(() => service.hub.publish('price:1', price('005930', 1))).toThrow('a topic must be')
  })
})
