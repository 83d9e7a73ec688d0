import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@ralph-stock/adapters-kiwoom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { envelope } from '../../src/api/index.js'
import { type AppOptions, buildApp } from '../../src/app.js'
import { createKey } from '../../src/keys/index.js'
import type { Api } from '../../src/plugins/api.js'
import { errorResponses, ok } from '../../src/plugins/index.js'
import { createHub } from '../../src/ws/hub.js'
import { openContext, type TestContext } from './support/context.js'
import { onlyRoutes } from './support/routes.js'

let given: TestContext
let folder: string

beforeAll(async () => {
  given = await openContext()
  folder = mkdtempSync(join(tmpdir(), 'ralph-page-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(folder, 'assets', 'main.js'), 'export {}')
})
afterAll(async () => {
  await given.close()
  rmSync(folder, { recursive: true, force: true })
})

/** An app with a hub of its own, which ends with it. */
function open(more: Partial<AppOptions> = {}): Promise<Api> {
  const context = { ...given.context, hub: createHub({ clock: systemClock }) }
  return buildApp({ context, logger: { level: 'silent' }, ...more })
}

describe('the page', () => {
  let app: Api
  beforeAll(async () => {
    app = await open({ dashboard: folder, requireKey: true })
  })
  afterAll(() => app.close())

  const ask = (url: string, accept = 'text/html,*/*') =>
    app.inject({ url, headers: { accept }, remoteAddress: '203.0.113.7' })

  it('is there without a key, with its files', async () => {
    const page = await ask('/')
    expect([page.statusCode, page.body]).toEqual([200, '<!doctype html><title>page</title>'])
    expect(page.headers['cache-control']).toBe('no-cache')
    expect(page.headers['content-security-policy']).toContain("connect-src 'self'")
    const script = await ask('/assets/main.js', '*/*')
    expect([script.statusCode, script.headers['content-type']]).toEqual([
      200,
      expect.stringContaining('javascript'),
    ])
  })

  it('is there at the paths that only it knows', async () => {
    expect((await ask('/stocks/005930')).body).toContain('<title>page</title>')
    expect((await ask('/signals?tab=open')).statusCode).toBe(200)
  })

  it('is not there where the service speaks, nor for who wants no page', async () => {
    for (const url of ['/api/nothing', '/services/x', '/metrics/x', '/docs/nothing']) {
      expect([url, (await ask(url)).json().error.code]).toEqual([url, 'E_ROUTE_UNKNOWN'])
    }
    expect((await ask('/stocks/005930', 'application/json')).statusCode).toBe(404)
    expect((await ask('/assets/none.js', '*/*')).statusCode).toBe(404)
  })

  it('lets nobody out of its folder', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/..%2f..%2fpackage.json',
    ]) {
      const { body } = await ask(path, '*/*')
      expect(JSON.parse(body).success).toBe(false)
    }
  })
})

describe('without a page', () => {
  it('the root tells what is here', async () => {
    const app = await open()
    const { data } = (await app.inject('/')).json()
    expect(data).toMatchObject({ docs: '/docs', socket: '/ws', version: '0.1.0' })
    for (const url of [data.docs, '/docs/json']) {
      expect((await app.inject(url)).statusCode).toBeLessThan(400)
    }
    await app.close()
  })
})

async function listen(app: Api): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  return app.listeningOrigin.replace('http', 'ws')
}

function connect(url: string, options: object = {}): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options)
    socket.once('open', () => resolve(socket))
    socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0))
    socket.once('error', reject)
  })
}

describe('the socket', () => {
  it('opens for programs and pages of this machine, and for no other page', async () => {
    const app = await open()
    const url = await listen(app)
    const own = url.replace('ws', 'http')
    for (const options of [{}, { origin: own }]) {
      expect(await connect(`${url}/ws`, options)).toBeInstanceOf(WebSocket)
    }
    expect(await connect(`${url}/ws`, { origin: 'https://evil.example' })).toBe(403)
    expect(await connect(`${url}/ws`, { headers: { host: 'evil.example' } })).toBe(403)
    await app.close()
  })

  it('opens for who shows a key where one is needed', async () => {
    const { text } = await createKey(given.context.store, { name: 'socket', scope: 'read' })
    const app = await open({ requireKey: true })
    const url = await listen(app)
    expect(await connect(`${url}/ws`)).toBe(401)
    expect(await connect(`${url}/ws?key=rs_${'x'.repeat(43)}`)).toBe(401)
    expect(await connect(`${url}/ws?key=${text}`)).toBeInstanceOf(WebSocket)
    const headers = { authorization: `Bearer ${text}` }
    expect(await connect(`${url}/ws`, { headers })).toBeInstanceOf(WebSocket)
    await app.close()
  })
})

describe('closing', () => {
  it('ends sockets with 1001, finishes what runs and takes nothing new', async () => {
    let entered: () => void = () => {}
    let finish: () => void = () => {}
    const running = new Promise<void>((resolve) => {
      entered = resolve
    })
    const app = await open({
      routes: onlyRoutes(async (app, { context }) => {
        const response = { 200: envelope(z.object({ done: z.boolean() })), ...errorResponses() }
        app.get('/slow', { schema: { response } }, async () => {
          entered()
          await new Promise<void>((resolve) => {
            finish = resolve
          })
          return ok(context, { done: true })
        })
      }),
    })
    const url = await listen(app)
    const socket = await connect(`${url}/ws`)
    if (!(socket instanceof WebSocket)) throw new Error('no socket')
    const ended = new Promise<number>((resolve) => socket.once('close', resolve))
    const slow = fetch(`${url.replace('ws', 'http')}/slow`)
    await running
    const closed = app.close()
    expect(await ended).toBe(1001)
    await expect
      .poll(() => fetch(`${url.replace('ws', 'http')}/health`).catch(() => null))
      .toBeNull()
    finish()
    expect(await (await slow).json()).toMatchObject({ data: { done: true } })
    await closed
  })

  it('cuts off what does not end in its time', async () => {
    const app = await open({
      limits: { closeMs: 50 },
      routes: onlyRoutes(async (app) => {
        app.get('/never', () => new Promise<never>(() => {}))
      }),
    })
    const url = (await listen(app)).replace('ws', 'http')
    const asked = new Promise<void>((resolve) => app.server.once('request', () => resolve()))
    const never = fetch(`${url}/never`).catch(() => 'cut off')
    await asked
    await app.close()
    expect(await never).toBe('cut off')
  })
})
