import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { KeyScope } from '../../src/api/index.js'
import { buildApp } from '../../src/app.js'
import { assertMayListen, createKey } from '../../src/keys/index.js'
import { KEY_CACHE_MS } from '../../src/keys/key-ring.js'
import type { Api } from '../../src/plugins/api.js'
import type { Route } from '../../src/plugins/route-table.js'
import { openContext, type TestContext } from './support/context.js'

const BEYOND = '203.0.113.7'
const START = Date.UTC(2026, 3, 1)

let given: TestContext
let app: Api
let now = START
let statements = 0
const keys: Record<KeyScope | 'expired' | 'revoked', string> = {
  read: '',
  scan: '',
  admin: '',
  expired: '',
  revoked: '',
}

beforeAll(async () => {
  given = await openContext({ onStatement: () => statements++ })
  const { store } = given.context
  const make = async (scope: KeyScope, expiresAt?: Date): Promise<string> =>
    (
      await createKey(store, {
        name: scope,
        scope,
        ...(expiresAt === undefined ? {} : { expiresAt }),
      })
    ).text
  keys.read = await make('read')
  keys.scan = await make('scan')
  keys.admin = await make('admin')
  keys.expired = await make('admin', new Date(START - 1))
  const revoked = await createKey(store, { name: 'revoked', scope: 'admin' })
  keys.revoked = revoked.text
  await store.repositories.apiKeys.setActive(revoked.key.id, false)
  app = await open({})
})
afterAll(async () => {
  await app.close()
  await given.close()
})

function open(more: object): Promise<Api> {
  const { context } = given
  const none = Number.POSITIVE_INFINITY
  return buildApp({
    context,
    logger: { level: 'silent' },
    limits: { requestsPerMinute: none, costlyPerMinute: none },
    now: () => now,
    ...more,
  })
}

type Ask = { readonly key?: string; readonly from?: string; readonly headers?: object }

async function ask(
  route: Pick<Route, 'method' | 'url'>,
  { key, from = BEYOND, headers }: Ask = {},
) {
  const { statusCode, body } = await app.inject({
    method: route.method as 'GET',
    url: route.url.replace(/:ticker/g, '005930').replace(/:\w+/g, 'x'),
    remoteAddress: from,
    headers: { ...headers, ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
  })
  const code = route.method === 'HEAD' ? null : (JSON.parse(body).error?.code ?? null)
  return [statusCode, code]
}

const PUBLIC = /^(?:\/|\/health|\/api\/health|\/ready|\/docs(?:\/.*)?|\*)$/

/** Every route that is not for everybody. */
function closedRoutes(): Route[] {
  return app.routeTable.filter(({ url, method }) => !PUBLIC.test(url) && method !== 'HEAD')
}

function scopeOf({ options }: Route): KeyScope {
  const scope = options.config?.scope ?? 'read'
  if (scope === 'open') throw new Error(`${options.url} is open`)
  return scope
}

describe('every route', () => {
  it('refuses who has no key, a wrong, an expired or a revoked one', async () => {
    expect(closedRoutes().length).toBeGreaterThan(60)
    const wrong = `rs_${'x'.repeat(43)}`
    for (const route of closedRoutes()) {
      expect([route.url, ...(await ask(route))]).toEqual([route.url, 401, 'E_KEY_MISSING'])
      for (const key of [wrong, 'rs_short', keys.expired, keys.revoked]) {
        for (const from of [BEYOND, '127.0.0.1']) {
          const answer = await ask(route, { key, from })
          expect([route.url, ...answer]).toEqual([route.url, 401, 'E_KEY_INVALID'])
        }
      }
    }
  })

  it('refuses a key that does not reach as far, and no other', async () => {
    const scopes = new Set<KeyScope>()
    for (const route of closedRoutes()) {
      const needed = scopeOf(route)
      scopes.add(needed)
      const under = { read: [], scan: ['read'], admin: ['read', 'scan'] } as const
      for (const scope of under[needed]) {
        const answer = await ask(route, { key: keys[scope] })
        expect([route.url, ...answer]).toEqual([route.url, 403, 'E_KEY_SCOPE'])
      }
    }
    expect([...scopes].sort()).toEqual(['admin', 'read', 'scan'])
  })

  it('is for everybody when it tells only that the service lives, or how it is used', async () => {
    for (const url of ['/health', '/api/health', '/docs/json', '/']) {
      expect(await ask({ method: 'GET', url })).toEqual([200, null])
    }
    expect((await ask({ method: 'GET', url: '/nowhere' }))[0]).toBe(404)
  })
})

const FEEDS = { method: 'GET', url: '/api/system/feeds' }
const KEYS = { method: 'GET', url: '/api/system/keys' }

describe('a key', () => {
  it('lets its holder in, as a bearer token or in a header of its own', async () => {
    expect(await ask(FEEDS, { key: keys.read })).toEqual([200, null])
    expect(await ask(FEEDS, { headers: { 'x-api-key': keys.scan } })).toEqual([200, null])
    expect(await ask(KEYS, { key: keys.admin })).toEqual([200, null])
    expect(await ask(FEEDS, { headers: { authorization: 'Basic eDp5' } })).toEqual([
      401,
      'E_KEY_INVALID',
    ])
  })

  it('is looked up once in a while, not at every request', async () => {
    now += KEY_CACHE_MS
    await ask(FEEDS, { key: keys.read })
    statements = 0
    for (let k = 0; k < 20; k++) await ask(FEEDS, { key: keys.read })
    expect(statements).toBe(0)
    now += KEY_CACHE_MS
    await Promise.all(Array.from({ length: 20 }, () => ask(FEEDS, { key: keys.read })))
    expect(statements).toBe(1)
  })

  it('ends when it is revoked, seconds later at the most', async () => {
    const { store } = given.context
    const { text, key } = await createKey(store, { name: 'short', scope: 'read' })
    expect(await ask(FEEDS, { key: text })).toEqual([200, null])
    await store.repositories.apiKeys.setActive(key.id, false)
    now += KEY_CACHE_MS
    expect(await ask(FEEDS, { key: text })).toEqual([401, 'E_KEY_INVALID'])
  })

  it('ends at its time, also while it is remembered', async () => {
    const expiresAt = new Date(now + 1000)
    const { text } = await createKey(given.context.store, {
      name: 'soon',
      scope: 'read',
      expiresAt,
    })
    expect(await ask(FEEDS, { key: text })).toEqual([200, null])
    now += 1000
    expect(await ask(FEEDS, { key: text })).toEqual([401, 'E_KEY_INVALID'])
  })

  it('is kept by nobody as text', async () => {
    const { body } = await app.inject({ url: '/api/system/keys', remoteAddress: '127.0.0.1' })
    const { data } = JSON.parse(body)
    expect(data.keys.length).toBeGreaterThan(4)
    for (const key of Object.values(keys)) expect(body).not.toContain(key.slice(3))
    expect(keys.read).toMatch(/^rs_[\w-]{43}$/)
  })
})

describe('this machine', () => {
  it('needs no key, and may do everything', async () => {
    expect(await ask(KEYS, { from: '127.0.0.1' })).toEqual([200, null])
    expect(await ask(KEYS, { from: '::1' })).toEqual([200, null])
    expect(await ask(KEYS, { from: '::ffff:127.0.0.1' })).toEqual([200, null])
  })

  it('needs one where keys are required', async () => {
    const open = app
    app = await buildApp({ context: given.context, requireKey: true, logger: { level: 'silent' } })
    expect(await ask(FEEDS, { from: '127.0.0.1' })).toEqual([401, 'E_KEY_MISSING'])
    expect(await ask(FEEDS, { from: '127.0.0.1', key: keys.read })).toEqual([200, null])
    await app.close()
    app = open
  })

  it('is not meant by a request that a proxy passed on', async () => {
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip']) {
      const answer = await ask(FEEDS, { from: '127.0.0.1', headers: { [name]: '127.0.0.1' } })
      expect(answer).toEqual([401, 'E_KEY_MISSING'])
    }
  })
})

describe('listening', () => {
  it.each([
    ['127.0.0.1', false, 0, true],
    ['::1', false, 0, true],
    ['localhost', true, 0, true],
    ['0.0.0.0', false, 3, false],
    ['0.0.0.0', true, 0, false],
    ['0.0.0.0', true, 1, true],
    ['::', true, 0, false],
    ['192.168.0.4', false, 1, false],
    ['127.evil.example', false, 0, false],
  ])('at %s with keys required: %s and %i of them', (host, requireKey, activeKeys, may) => {
    const listen = (): void => assertMayListen({ host, requireKey, activeKeys })
    if (may) expect(listen).not.toThrow()
    else expect(listen).toThrow(expect.objectContaining({ code: 'E_SERVER_EXPOSED' }))
  })
})
