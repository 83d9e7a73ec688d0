import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { envelope } from '../../src/api/index.js'
import { type AppOptions, buildApp } from '../../src/app.js'
import type { AppRoutes } from '../../src/mount.js'
import type { Api } from '../../src/plugins/api.js'
import { errorResponses, ok } from '../../src/plugins/index.js'
import type { Routes } from '../../src/routes/index.js'
import { openContext, type TestContext } from './support/context.js'
import { onlyRoutes } from './support/routes.js'

let given: TestContext
const open: Array<() => Promise<unknown>> = []
const SILENT = { level: 'silent' }

beforeAll(async () => {
  given = await openContext()
})
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})
afterAll(() => given.close())

/** Routes of a service that count what they are given. */
const counting: Routes = async (app, { context }) => {
  app.route({
    method: 'POST',
    url: '/count',
    config: { scope: 'scan' },
    schema: {
      tags: ['test'],
      summary: 'Counts letters',
      querystring: z.object({ times: z.coerce.number().int().max(9).default(1) }),
      body: z.object({ text: z.string() }),
      response: {
        200: envelope(z.object({ letters: z.number(), text: z.string() })),
        ...errorResponses(),
      },
    },
    handler: async ({ body: { text }, query: { times } }) =>
      ok(context, { letters: text.length * times, text }),
  })
}
const named: Routes = async (app, options) => {
  await app.register(counting, { ...options, prefix: '/api/letters' })
}
const none = onlyRoutes(async () => {})
const routes: AppRoutes = {
  ...none,
  services: { ...none.services, 'vcp-scanner': { own: counting, gateway: named } },
}

async function start(options: Partial<AppOptions>): Promise<{ app: Api; url: string }> {
  const app = await buildApp({ context: given.context, logger: SILENT, routes, ...options })
  open.push(() => app.close())
  await app.listen({ host: '127.0.0.1', port: 0 })
  return { app, url: app.listeningOrigin }
}

async function stub(answer: RequestListener, port = 0): Promise<{ server: Server; url: string }> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  open.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const gatewayTo = (url: string, more: Partial<AppOptions> = {}) =>
  start({ service: 'gateway', upstreams: { 'vcp-scanner': url }, ...more })

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

describe('a gateway', () => {
  it('gives the answers of the service, letter for letter', async () => {
    const service = await start({ service: 'vcp-scanner' })
    const gateway = await gatewayTo(service.url)
    const together = await start({ service: 'all' })
    const cases: Array<[path: string, body: unknown]> = [
      ['/api/letters/count?times=3', { text: '삼성전자 & "co" %2F' }],
      ['/services/vcp-scanner/count', { text: 'x'.repeat(60_000) }],
      ['/api/letters/count', { text: 5 }],
      ['/api/letters/count?times=99', { text: 'x' }],
      ['/api/letters/count', '{"text":'],
      ['/api/letters/count', { text: 'x'.repeat(70_000) }],
    ]
    const statuses = new Set<number>()
    for (const [path, body] of cases) {
      const [here, forwarded] = [
        await post(`${together.url}${path}`, body),
        await post(`${gateway.url}${path}`, body),
      ]
      statuses.add(here.status)
      expect([path, forwarded.status]).toEqual([path, here.status])
      const [one, other] = [await here.text(), await forwarded.text()]
      expect(other).toBe(one)
      expect(forwarded.headers.get('content-type')).toBe(here.headers.get('content-type'))
    }
    expect([...statuses].sort()).toEqual([200, 400, 413])
  })

  it('documents what it passes on as if it were here', async () => {
    const { app } = await gatewayTo('http://127.0.0.1:9')
    const { paths } = (await app.inject('/docs/json')).json()
    expect(Object.keys(paths)).toContain('/api/letters/count')
    expect(paths['/api/letters/count'].post.requestBody).toBeDefined()
  })

  it('passes key, request id and what was asked on, and not the page or proxy before it', async () => {
    const seen: Array<{ url: string; headers: Record<string, unknown> }> = []
    const { url } = await stub((request, response) => {
      seen.push({ url: request.url ?? '', headers: request.headers })
      response.end('{}')
    })
    const gateway = await gatewayTo(url, { origins: ['https://allowed.example'] })
    await post(`${gateway.url}/services/vcp-scanner/count?times=2`, '{}', {
      'x-request-id': 'from-outside-1',
      origin: 'https://allowed.example',
    })
    expect(seen[0]?.url).toBe('/count?times=2')
    expect(seen[0]?.headers).toMatchObject({ 'x-request-id': 'from-outside-1' })
    for (const name of ['origin', 'x-forwarded-for', 'x-forwarded-host']) {
      expect(seen[0]?.headers).not.toHaveProperty(name)
    }
  })

  it('lets an answer through while it is still being made', async () => {
    let finish: () => void = () => {}
    const { url } = await stub((_request, response) => {
      response.write('first ')
      finish = () => response.end('second')
    })
    const gateway = await gatewayTo(url)
    const answer = await post(`${gateway.url}/api/letters/count`, {})
    const reader = answer.body?.getReader()
    const first = await reader?.read()
    expect(new TextDecoder().decode(first?.value)).toBe('first ')
    finish()
    const second = await reader?.read()
    expect(new TextDecoder().decode(second?.value)).toBe('second')
  })

  it('lets a request through while it is still being sent', async () => {
    let heard: (text: string) => void = () => {}
    const first = new Promise<string>((resolve) => {
      heard = resolve
    })
    const { url } = await stub((request, response) => {
      request.once('data', (piece) => heard(String(piece)))
      request.on('end', () => response.end('done'))
    })
    const gateway = await gatewayTo(url)
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = httpRequest(`${gateway.url}/api/letters/count`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      })
      sent.on('response', (response) => resolve(response.statusCode))
      sent.on('error', reject)
      sent.write('{"text":')
      first.then((text) => {
        expect(text).toBe('{"text":')
        sent.end('"x"}')
      }, reject)
    })
    expect(status).toBe(200)
  })

  it('gives a service up that does not answer in time', async () => {
    const { url } = await stub(() => {})
    const gateway = await gatewayTo(url, { limits: { upstreamTimeoutMs: 100 } })
    const answer = await post(`${gateway.url}/api/letters/count`, {})
    expect(answer.status).toBe(504)
    expect(await answer.json()).toMatchObject({
      success: false,
      error: { code: 'E_UPSTREAM_TIMEOUT', details: { service: 'vcp-scanner' } },
    })
  })
})

describe('the circuit to a service', () => {
  it('opens when it fails often, is told of, and closes when it is back', async () => {
    const answer: RequestListener = (_request, response) => void response.end('{}')
    const { server, url } = await stub(answer)
    const gateway = await gatewayTo(url, { limits: { upstreamRestMs: 300 } })
    const ask = async (): Promise<[number, string | undefined, string | null]> => {
      const response = await post(`${gateway.url}/api/letters/count`, {})
      const body = (await response.json()) as { error?: { code: string } }
      return [response.status, body.error?.code, response.headers.get('retry-after')]
    }
    const circuit = async (): Promise<unknown> => {
      const { data } = (await gateway.app.inject('/api/system/health')).json()
      return data.services.find(({ name }: { name: string }) => name === 'vcp-scanner')
    }
    expect(await ask()).toEqual([200, undefined, null])
    expect(await circuit()).toMatchObject({ where: 'forwarded', status: 'up', circuit: 'closed' })

    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    const failures = [await ask(), await ask(), await ask(), await ask(), await ask()]
    expect(failures[0]).toEqual([502, 'E_UPSTREAM_UNAVAILABLE', null])
    expect(await ask()).toEqual([503, 'E_UPSTREAM_OPEN', expect.stringMatching(/^[1-9]\d*$/)])
    expect(await circuit()).toMatchObject({ status: 'down' })
    const metrics = (await gateway.app.inject('/metrics')).body
    expect(metrics).toMatch(/ralph_forwarded_requests_total\{[^}]*outcome="refused"[^}]*\} [1-9]/)

    await stub(answer, Number(new URL(url).port))
    await expect.poll(ask, { timeout: 20_000 }).toEqual([200, undefined, null])
    expect(await circuit()).toMatchObject({ status: 'up', circuit: 'closed' })
    expect((await gateway.app.inject('/metrics')).body).toContain(
      'ralph_circuit_state{service="vcp-scanner"} 0',
    )
  })
})

describe('a service alone', () => {
  it('has its own names at the root, those of the gateway, and no other service', async () => {
    const { app } = await start({ service: 'vcp-scanner' })
    const payload = { text: 'abc' }
    const ask = async (url: string): Promise<number> =>
      (await app.inject({ method: 'POST', url, payload })).statusCode
    expect(await ask('/count')).toBe(200)
    expect(await ask('/api/letters/count')).toBe(200)
    expect(await ask('/services/vcp-scanner/count')).toBe(404)
    for (const url of ['/health', '/ready', '/metrics', '/docs/json']) {
      expect([url, (await app.inject(url)).statusCode]).toEqual([url, 200])
    }
    expect((await app.inject('/health')).json().data.service).toBe('vcp-scanner')
  })
})
