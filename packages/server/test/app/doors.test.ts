import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppOptions, buildApp } from '../../src/app.js'
import type { Api } from '../../src/plugins/api.js'
import { openContext, type TestContext } from './support/context.js'

let given: TestContext
const apps: Api[] = []

beforeAll(async () => {
  given = await openContext()
})
afterAll(async () => {
  for (const app of apps) await app.close()
  await given.close()
})

async function open(more: Partial<AppOptions>): Promise<Api> {
  const app = await buildApp({ context: given.context, logger: { level: 'silent' }, ...more })
  apps.push(app)
  return app
}

async function ask(app: Api, url: string, headers: Record<string, string> = {}, more: object = {}) {
  const answer = await app.inject({ url, headers, ...more })
  return { status: answer.statusCode, headers: answer.headers, body: answer }
}

describe('the Host header', () => {
  it.each([
    ['localhost', 200],
    ['localhost:5111', 200],
    ['LOCALHOST', 200],
    ['127.0.0.1:5111', 200],
    ['[::1]:5111', 200],
    ['ralph.localhost', 200],
    ['stock.example.com', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example:5111', 403],
  ])('%s, asked on this machine, gives %i', async (host, status) => {
    const app = apps[0] ?? (await open({ hosts: ['stock.example.com'] }))
    const answer = await ask(app, '/api/system/feeds', { host })
    expect(answer.status).toBe(status)
    if (status === 403) expect(answer.body.json().error.code).toBe('E_HOST_REFUSED')
  })
})

describe('a page of another origin', () => {
  const OTHER = 'https://page.example'
  let app: Api
  beforeAll(async () => {
    app = await open({ origins: ['https://allowed.example'] })
  })

  it('may not change anything, whether or not it could read the answer', async () => {
    for (const origin of [OTHER, 'null', 'http://localhost:9999', 'https://allowed.example.evil']) {
      const { status, body } = await ask(app, '/api/metrics/reset', { origin }, { method: 'POST' })
      expect([origin, status, body.json().error.code]).toEqual([origin, 403, 'E_ORIGIN_REFUSED'])
    }
  })

  it('may not open the socket', async () => {
    const headers = { origin: OTHER, upgrade: 'websocket', connection: 'upgrade' }
    expect((await ask(app, '/ws', headers)).status).toBe(403)
  })

  it('may, where its origin is allowed or that of the service itself', async () => {
    const allowed = { origin: 'https://allowed.example' }
    const own = { origin: 'http://localhost:80', host: 'localhost:80' }
    for (const headers of [allowed, own]) {
      const answer = await ask(app, '/api/metrics/reset', headers, { method: 'POST' })
      expect(answer.status).toBe(200)
    }
    const answer = await ask(app, '/api/system/feeds', allowed)
    expect(answer.headers['access-control-allow-origin']).toBe(allowed.origin)
  })

  it('is told by no header that it may read', async () => {
    const { headers } = await ask(app, '/api/system/feeds', { origin: OTHER })
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  it('is answered before it asks, without a key', async () => {
    const headers = {
      origin: 'https://allowed.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    }
    const answer = await ask(app, '/api/kr/scan/vcp', headers, {
      method: 'OPTIONS',
      remoteAddress: '203.0.113.7',
    })
    expect(answer.status).toBe(204)
    expect(answer.headers['access-control-allow-headers']).toContain('authorization')
  })
})

describe('limits', () => {
  it('are counted by address, and told of', async () => {
    const app = await open({ limits: { requestsPerMinute: 5 } })
    const seen: number[] = []
    for (let k = 0; k < 7; k++) seen.push((await ask(app, '/api/system/feeds')).status)
    expect(seen).toEqual([200, 200, 200, 200, 200, 429, 429])
    const { body, headers } = await ask(app, '/api/system/feeds')
    expect(body.json().error).toMatchObject({ code: 'E_RATE_LIMIT', details: { limit: 5 } })
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    const other = await ask(app, '/health', {}, { remoteAddress: '203.0.113.9' })
    expect([other.status, other.headers['ratelimit-remaining']]).toEqual([200, '4'])
  })

  it('are not escaped by naming another address', async () => {
    const app = await open({ limits: { requestsPerMinute: 2 } })
    const statuses: number[] = []
    for (let k = 0; k < 4; k++) {
      statuses.push((await ask(app, '/health', { 'x-forwarded-for': `10.0.0.${k}` })).status)
    }
    expect(statuses).toEqual([200, 200, 429, 429])
  })

  it('count guessed keys against the address', async () => {
    const app = await open({ limits: { requestsPerMinute: 3 } })
    const statuses: number[] = []
    for (let k = 0; k < 5; k++) {
      const key = `rs_${String(k).padStart(43, 'x')}`
      statuses.push((await ask(app, '/api/system/feeds', { 'x-api-key': key })).status)
    }
    expect(statuses).toEqual([401, 401, 401, 429, 429])
  })

  it('are stricter for scans', async () => {
    const app = await open({ limits: { costlyPerMinute: 2 } })
    const scan = async (): Promise<number> =>
      (await ask(app, '/api/kr/scan/vcp', {}, { method: 'POST' })).status
    const statuses = [await scan(), await scan(), await scan()]
    expect(statuses.map((status) => status === 429)).toEqual([false, false, true])
    expect((await ask(app, '/api/system/feeds')).status).toBe(200)
  })
})

describe('a trusted proxy', () => {
  it('is believed when it names who asks', async () => {
    const app = await open({ trustProxy: true, limits: { requestsPerMinute: 1 } })
    const from = (address: string) => ask(app, '/health', { 'x-forwarded-for': address })
    expect([(await from('203.0.113.1')).status, (await from('203.0.113.2')).status]).toEqual([
      200, 200,
    ])
    expect((await from('203.0.113.1')).status).toBe(429)
    const { status } = await ask(app, '/api/system/feeds', { 'x-forwarded-for': '203.0.113.3' })
    expect(status).toBe(401)
  })
})
