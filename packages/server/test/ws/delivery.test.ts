import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { systemClock } from '@ralph-stock/adapters-kiwoom'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { createHub, type Hub, type HubOptions } from '../../src/ws/hub.js'
import { MOST_JOINED_BYTES } from '../../src/ws/joiner.js'
import type { Publication } from '../../src/ws/protocol.js'
import { arrive, type Client, event, eventually, price } from './support.js'

const PADDING = 'x'.repeat(20_000)
let server: Server
let hub: Hub
/** The server's ends of the connections, in their order. */
let ends: Socket[] = []

/** The hub without a framework, where the test can see the sockets. */
async function start(options: Partial<HubOptions>): Promise<string> {
  hub = createHub({ clock: systemClock, ...options })
  ends = []
  server = createServer()
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (ws, { socket }) => {
    ends.push(socket)
    hub.attach(ws, { socket, address: '127.0.0.1' })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Sound: a server that listens on a port has such an address.
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
}

afterEach(async () => {
  await hub.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function large(value: number): Publication {
  return { ...price('005930', value), source: PADDING }
}

async function reader(url: string, ...topics: string[]): Promise<Client> {
  const client = await arrive(url)
  client.send({ type: 'subscribe', topics })
  for (const _ of topics) await client.until('snapshot')
  return client
}

function pricesOf(client: Client, topic: string): number[] {
  return client.got.flatMap((one) =>
    one.type === 'price_update' && one.topic === topic ? [one.data.price] : [],
  )
}

describe('delivery', () => {
  it('gives every event in order, however they are published', async () => {
    const url = await start({})
    const clients = [await reader(url, 'jobs', 'job:a'), await reader(url, 'jobs')]
    for (let id = 1; id <= 1500; id++) {
      hub.publish('jobs', event(id))
      if (id % 7 === 0) hub.publish('job:a', event(id))
      if (id % 50 === 0) await new Promise(setImmediate)
    }
    for (const client of clients) {
      await eventually(() =>
        client.got.some((one) => one.type === 'job_update' && one.seq === 1500),
      )
      const seqs = client.got.flatMap((one) =>
        one.type === 'job_update' && one.topic === 'jobs' ? [one.seq] : [],
      )
      expect(seqs).toEqual(Array.from({ length: 1500 }, (_, k) => k + 1))
    }
    expect(hub.stats()).toMatchObject({ clients: 2, topics: 2, subscriptions: 3, slow: 0 })
  })

  it('carries a burst of one moment that is longer than a client may lag', async () => {
    const url = await start({ limits: { eventLag: 50, eventsKept: 60 } })
    const client = await reader(url, 'jobs')
    for (let id = 1; id <= 1000; id++) hub.publish('jobs', event(id))
    await eventually(() => client.got.filter((one) => one.type === 'job_update').length === 1000)
  })

  it('joins the states of one moment, and ends with the last of each', async () => {
    const latencies: number[] = []
    let delivered = 0
    let conflated = 0
    const url = await start({
      observe: {
        latency: (ms) => latencies.push(ms),
        delivered: (count) => {
          delivered += count
        },
        conflated: (count) => {
          conflated += count
        },
      },
    })
    const client = await reader(url, 'price:005930', 'price:000660')
    for (let value = 1; value <= 100; value++) {
      hub.publish('price:005930', price('005930', value), { at: Date.now() - 5 })
      hub.publish('price:000660', price('000660', value))
    }
    await eventually(() => client.got.filter((one) => one.type === 'price_update').length === 2)
    expect(client.got.slice(-2)).toMatchObject([
      { topic: 'price:005930', seq: 100, data: { price: 100 } },
      { topic: 'price:000660', seq: 100, data: { price: 100 } },
    ])
    expect(hub.stats()).toMatchObject({ published: 200, delivered: 2, conflated: 198 })
    expect([delivered, conflated, latencies.length]).toEqual([2, 198, 1])
    expect(latencies[0]).toBeGreaterThanOrEqual(5)
  })

  it('lets a stalled client cost nobody anything, and gives it the last states in the end', async () => {
    const url = await start({ limits: { flushMs: 1 } })
    const tickers = Array.from({ length: 10 }, (_, k) => `00000${k}`)
    const topics = tickers.map((ticker) => `price:${ticker}`)
    const [stalled, awake] = [await reader(url, ...topics), await reader(url, ...topics)]
    const [end] = ends
    stalled.ws.pause()
    let value = 0
    const round = async (): Promise<void> => {
      value++
      for (const topic of topics) hub.publish(topic, large(value))
      const seen = value
      await eventually(() => pricesOf(awake, topics.at(-1) ?? '').at(-1) === seen)
    }
    // What the system takes for a peer that does not read is megabytes.
    while (hub.stats().behind === 0) await round()
    const before = hub.stats()
    for (let k = 0; k < 30; k++) await round()
    expect(hub.stats()).toMatchObject({ clients: 2, behind: 1, slow: 0 })
    expect(end?.writableLength).toBeLessThanOrEqual(MOST_JOINED_BYTES)
    expect(hub.stats().delivered - before.delivered).toBe(30 * topics.length)
    stalled.ws.resume()
    for (const topic of topics) await eventually(() => pricesOf(stalled, topic).at(-1) === value)
    const seen = pricesOf(stalled, topics[0] ?? '')
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.length).toBeLessThan(value)
  })

  it('closes a client that is too far behind for events, which then gets them all the same', async () => {
    const url = await start({ limits: { eventLag: 20, eventsKept: 2000 } })
    const client = await reader(url, 'jobs')
    const { epoch } = hub
    client.ws.pause()
    let id = 0
    while (hub.stats().slow === 0) {
      hub.publish('jobs', event(++id, 20_000))
      await new Promise(setImmediate)
    }
    client.ws.resume()
    expect(await client.closed).toBe(1013)
    const seqsOf = (one: Client): number[] =>
      one.got.flatMap((message) => (message.type === 'job_update' ? [message.seq] : []))
    const seen = seqsOf(client)
    const back = await arrive(url)
    back.send({ type: 'subscribe', topic: 'jobs', seq: seen.at(-1) ?? 0, epoch })
    expect(await back.next()).toMatchObject({ type: 'subscribed', resumed: true })
    await eventually(() => seqsOf(back).at(-1) === id)
    expect([...seen, ...seqsOf(back)]).toEqual(Array.from({ length: id }, (_, k) => k + 1))
  })

  it("never puts the protocol's own frames inside a message", async () => {
    const url = await start({ limits: { flushMs: 1, messages: { burst: 1e6, perSecond: 1e6 } } })
    const client = await reader(url, 'price:005930', 'price:000660', 'jobs')
    let failed: unknown = null
    let pongs = 0
    client.ws.on('error', (error) => {
      failed = error
    })
    client.ws.on('pong', () => pongs++)
    let pings = 0
    for (let k = 1; k <= 100; k++) {
      if (k % 40 === 10) client.ws.pause()
      if (k % 40 === 30) client.ws.resume()
      for (const topic of ['price:005930', 'price:000660']) hub.publish(topic, large(k))
      hub.publish('jobs', event(k, (k % 5) * 30_000))
      client.ws.ping()
      pings++
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    client.ws.resume()
    await eventually(() => client.got.some((one) => one.type === 'job_update' && one.seq === 100))
    await eventually(() => pricesOf(client, 'price:000660').at(-1) === 100)
    await eventually(() => pongs === pings)
    expect(failed).toBe(null)
  })

  it('bounds the answers that a client leaves unread', async () => {
    const url = await start({
      limits: { replyBytes: 300_000, messages: { burst: 1e6, perSecond: 1e6 } },
    })
    hub.publish('price:005930', large(1))
    const client = await arrive(url)
    client.ws.pause()
    while (hub.stats().clients === 1) {
      client.send({ type: 'subscribe', topic: 'price:005930' })
      await new Promise(setImmediate)
    }
    client.ws.resume()
    expect(await client.closed).toBe(1013)
  })

  it('publishes while clients come and go', async () => {
    const url = await start({ limits: { flushMs: 1 } })
    const topics = ['jobs', 'price:005930', 'signals']
    let running = true
    let value = 0
    const publisher = (async () => {
      while (running) {
        hub.publish('jobs', event(++value))
        hub.publish('price:005930', price('005930', value))
        await new Promise(setImmediate)
      }
    })()
    const steady = await reader(url, ...topics)
    for (let k = 0; k < 30; k++) {
      const client = await arrive(url)
      client.send({ type: 'subscribe', topics })
      if (k % 3 > 0) await client.until('job_update')
      if (k % 2 === 0) client.ws.terminate()
      else client.ws.close()
    }
    running = false
    await publisher
    await eventually(() => pricesOf(steady, 'price:005930').at(-1) === value)
    const jobs = steady.got.flatMap((one) => (one.type === 'job_update' ? [one.seq] : []))
    expect(jobs).toEqual(jobs.map((_, k) => (jobs[0] ?? 0) + k))
    await eventually(() => hub.stats().clients === 1)
  })

  it('gives what is pending when it closes, then says that it goes', async () => {
    const url = await start({ limits: { flushMs: 60_000 } })
    const client = await reader(url, 'price:005930', 'price:000660', 'jobs')
    // The first goes at once; the next would wait for a minute.
    hub.publish('price:005930', price('005930', 1))
    await client.until('price_update')
    hub.publish('price:000660', price('000660', 2))
    hub.publish('jobs', event(3))
    await hub.close()
    expect(await client.closed).toBe(1001)
    expect(client.got.slice(-2)).toMatchObject([{ data: { id: '3' } }, { data: { price: 2 } }])
    hub.publish('jobs', event(4))
    const late = await arrive(url).catch((error: unknown) => error)
    expect(late).toMatchObject({ message: 'closed before the message came' })
  })
})
