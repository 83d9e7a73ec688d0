import { request } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { arrive, connect, type Service, startService } from './support.js'

let service: Service
const ORIGIN = 'http://127.0.0.1:5111'

beforeAll(async () => {
  service = await startService(
    {},
    {
      origins: [ORIGIN],
      missingOrigin: 'loopback-or-key',
      authorize: async (_request, key) => {
        if (key === 'broken') throw new Error('no store')
        return key === 'good-key' ? { id: 1 } : null
      },
    },
  )
})
afterAll(() => service.close())

/** The status that an upgrade is refused with. */
function refusal(path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(service.url.replace('/ws', path), { headers })
    ws.once('unexpected-response', (sent, response) => {
      resolve(response.statusCode ?? 0)
      response.resume()
      sent.destroy()
    })
    ws.once('open', () => reject(new Error('it was taken')))
    ws.on('error', () => {})
  })
}

describe('the door', () => {
  it('takes a key from each place that a client can put one', async () => {
    const headers = { authorization: 'Bearer good-key' }
    const clients = [
      await connect(service.url, { headers }),
      await connect(`${service.url}?key=good-key`),
      await connect(service.url, { origin: ORIGIN }, ['ralph-stock', 'key.good-key']),
    ]
    for (const client of clients) {
      await client.until('connected')
      client.ws.close()
      await client.closed
    }
    expect(clients[2]?.ws.protocol).toBe('ralph-stock')
  })

  it('refuses before the upgrade: no key, a wrong one, a foreign page', async () => {
    expect(await refusal('/ws')).toBe(401)
    expect(await refusal('/ws?key=bad')).toBe(401)
    expect(await refusal('/ws', { authorization: 'Basic good-key' })).toBe(401)
    expect(await refusal('/ws?key=broken')).toBe(500)
    const authorization = 'Bearer good-key'
    for (const origin of [
      'http://evil.example',
      'http://127.0.0.1',
      'http://localhost:5111',
      'http://192.168.0.5:5111',
      `${ORIGIN}.evil.example`,
      'null',
    ]) {
      expect(await refusal('/ws', { authorization, origin }), origin).toBe(403)
    }
    const forwarded = { 'x-forwarded-for': '127.0.0.1', origin: 'null', authorization }
    expect(await refusal('/ws', forwarded)).toBe(403)
    expect(service.hub.stats().clients).toBe(0)
  })

  it('answers an upgrade of any other path as a plain request, and ends the connection', async () => {
    expect(await refusal('/other')).toBe(200)
    expect(await refusal('/nowhere')).toBe(404)
    expect(await refusal('/ws/stats?key=good-key')).toBe(200)
    const socket = connectTcp({ port: service.port, host: '127.0.0.1' })
    const ended = new Promise((resolve) => socket.once('close', resolve))
    let text = ''
    socket.on('data', (part) => {
      text += String(part)
    })
    socket.write(
      'GET /other HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n',
    )
    await ended
    expect(text).toContain('{"plain":true}')
  })

  it('says in plain HTTP that it speaks WebSocket, and tells its counts', async () => {
    const headers = { authorization: 'Bearer good-key' }
    const { app } = service
    const plain = await app.inject({ url: '/ws', headers })
    expect(plain.statusCode).toBe(426)
    expect(plain.json()).toMatchObject({ success: false, error: { code: 'E_UPGRADE_NEEDED' } })
    expect((await app.inject({ url: '/ws' })).json()).toMatchObject({
      success: false,
      error: { code: 'E_KEY_MISSING' },
    })
    expect((await app.inject({ url: '/ws/stats' })).statusCode).toBe(401)
    const client = await connect(`${service.url}?key=good-key&subscribe=signals`)
    await client.until('snapshot')
    const stats = await app.inject({ url: '/ws/stats', headers })
    expect(stats.json()).toMatchObject({
      success: true,
      data: {
        epoch: service.hub.epoch,
        clients: 1,
        topics: 1,
        busiest: [{ topic: 'signals', subscribers: 1, seq: 0 }],
      },
    })
    client.ws.close()
    await client.closed
  })

  it('takes its own pages where the app looks at the host, and no others', async () => {
    const own = await startService({}, { ownPages: true })
    const page = await connect(own.url, { origin: `http://127.0.0.1:${own.port}` })
    await page.until('connected')
    for (const origin of [`http://localhost:${own.port}`, 'http://127.0.0.1', 'http://undefined']) {
      await expect(connect(own.url, { origin })).rejects.toThrow('403')
    }
    await own.close()
    await page.closed
  })

  it('closes its connections when the app closes', async () => {
    const own = await startService()
    const client = await arrive(own.url)
    await own.close()
    expect(await client.closed).toBe(1001)
    await expect(
      new Promise((_, reject) => {
        request({ port: own.port, host: '127.0.0.1' }).once('error', reject).end()
      }),
    ).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})
