import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import {
  arrive,
  connect,
  errorOf,
  eventually,
  price,
  rawSocket,
  type Service,
  startService,
} from './support.js'

let service: Service
afterEach(() => service.close())

const patient = { limits: { messages: { burst: 1e6, perSecond: 1e6 } } }

/** A masked frame as a client sends it, with a mask of zeros. */
function frame(opcode: number, body: Buffer, final = true): Buffer {
  const head = Buffer.alloc(8)
  head[0] = (final ? 0x80 : 0) | opcode
  head[1] = 0xfe
  head.writeUInt16BE(body.length, 2)
  return Buffer.concat([head, body])
}

describe('abuse', () => {
  it('answers what is no message of the protocol with one error, and goes on', async () => {
    service = await startService(patient)
    const client = await arrive(service.url)
    const wrong = [
      '',
      'subscribe',
      '{',
      'null',
      '1e999',
      '[]',
      '[{"type":"ping"}]',
      '{}',
      '{"type":null}',
      '{"type":"publish","topic":"signals"}',
      '{"type":"__proto__"}',
      '{"type":"subscribe","topic":5}',
      '{"type":"subscribe","topic":""}',
      `{"type":"subscribe","topic":"${'x'.repeat(129)}"}`,
      '{"type":"subscribe","topic":"signals","seq":-1}',
      '{"type":"subscribe","topic":"signals","seq":1.5}',
      '{"type":"subscribe","topic":"signals","seq":1e999}',
      '{"type":"subscribe","topic":"signals","seq":99999999999999999999}',
      '{"type":"subscribe","topics":{"length":3}}',
      `{"type":"subscribe","topics":[${'"signals",'.repeat(1000)}"signals"]}`,
      '{"type":"subscribe","topics":[{"topic":["signals"]}]}',
      '['.repeat(60_000),
      `{"type":"ping","a":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
      `{"type":"subscribe","topics":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    ]
    for (const text of wrong) {
      client.send(text)
      const { code, message } = await errorOf(client)
      expect(code, text.slice(0, 80)).toBe('E_SOCKET_MESSAGE')
      expect(message.length).toBeLessThanOrEqual(200)
    }
    client.send('{"type":"ping","constructor":{"prototype":1},"__proto__":{"type":"subscribe"}}')
    expect(await client.next()).toMatchObject({ type: 'pong' })
    expect(Object.hasOwn(Object.prototype, 'type')).toBe(false)
  })

  it('survives any text', async () => {
    service = await startService(patient)
    const client = await arrive(service.url)
    const piece = fc.oneof(
      fc.constantFrom('"type"', '"subscribe"', '"topic"', '"signals"', ':', ',', '{', '}', '"seq"'),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.json({ maxDepth: 2 }),
    )
    const text = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc
        .record({
          type: fc.constantFrom('subscribe', 'unsubscribe', 'pong', 'error'),
          topic: fc.anything(),
          topics: fc.anything(),
          seq: fc.anything(),
          epoch: fc.anything(),
        })
        .map((one) =>
          JSON.stringify(one, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
        ),
    )
    await fc.assert(
      fc.asyncProperty(text, async (given) => {
        client.send(given)
        client.send({ type: 'ping' })
        await client.until('pong')
      }),
      { numRuns: 100 },
    )
    expect(service.hub.stats().clients).toBe(1)
  })

  it('closes on binary, on what is too large, and on what breaks the protocol below', async () => {
    service = await startService(patient)
    const binary = await arrive(service.url)
    binary.ws.send(Buffer.from('{"type":"ping"}'))
    expect(await errorOf(binary)).toMatchObject({ code: 'E_SOCKET_MESSAGE' })
    expect(await binary.closed).toBe(1003)
    const huge = await arrive(service.url)
    huge.send(`{"type":"ping","a":"${'x'.repeat(70_000)}"}`)
    expect(await huge.closed).toBe(1009)
    const broken = [
      frame(1, Buffer.from([0xff, 0xfe])),
      frame(3, Buffer.from('x')),
      frame(0, Buffer.from('x')),
      Buffer.from([0x81, 0x01, 0x78]),
      frame(9, Buffer.alloc(126)),
      Buffer.concat(
        Array.from({ length: 9 }, (_, k) =>
          frame(k === 0 ? 1 : 0, Buffer.alloc(60_000, 'x'), false),
        ),
      ),
    ]
    for (const bytes of broken) {
      const socket = await rawSocket(service.port)
      const ended = new Promise((resolve) => socket.once('close', resolve))
      socket.resume()
      socket.write(bytes)
      await ended
    }
    await eventually(() => service.hub.stats().clients === 0)
    expect(service.hub.stats().connected).toBe(2 + broken.length)
  })

  it('closes on a flood, of messages and of pings alike', async () => {
    service = await startService({ limits: { messages: { burst: 20, perSecond: 0.001 } } })
    const talker = await arrive(service.url)
    for (let k = 0; k < 100; k++) talker.send({ type: 'pong' })
    expect(await talker.until('error')).toMatchObject({ code: 'E_RATE_LIMIT' })
    expect(await talker.closed).toBe(1008)
    const pinger = await arrive(service.url)
    for (let k = 0; k < 100; k++) pinger.ws.ping()
    expect(await pinger.closed).toBe(1008)
    const lister = await arrive(service.url)
    const topics = Array.from({ length: 450 }, (_, k) => `job:${k}`)
    lister.send({ type: 'subscribe', topics })
    expect(await lister.closed).toBe(1008)
    expect(service.hub.stats().topics).toBe(0)
  })

  it('takes no more connections than it may, in all and of one address', async () => {
    service = await startService({ limits: { clients: 3, clientsPerAddress: 2 } })
    const clients = [await arrive(service.url), await arrive(service.url)]
    const third = await connect(service.url)
    expect(await third.closed).toBe(1013)
    expect(service.hub.stats()).toMatchObject({ clients: 2, refused: 1 })
    clients[0]?.ws.close()
    await clients[0]?.closed
    await eventually(() => service.hub.stats().clients === 1)
    const fourth = await arrive(service.url)
    expect(fourth.epoch).toBe(service.hub.epoch)
  })

  it('goes on for the others when clients vanish without a word', async () => {
    service = await startService({ limits: { flushMs: 1 } })
    const { hub, url, port } = service
    const steady = await arrive(url)
    steady.send({ type: 'subscribe', topic: 'price:005930' })
    await steady.until('snapshot')
    const subscribe = frame(1, Buffer.from('{"type":"subscribe","topic":"price:005930"}'))
    for (let k = 0; k < 20; k++) {
      const socket = await rawSocket(port)
      socket.write(k % 2 === 0 ? subscribe : subscribe.subarray(0, 20))
      hub.publish('price:005930', price('005930', k))
      socket.resetAndDestroy()
    }
    hub.publish('price:005930', price('005930', 777))
    await eventually(() =>
      steady.got.some((one) => one.type === 'price_update' && one.data.price === 777),
    )
    await eventually(() => hub.stats().clients === 1)
  })
})
