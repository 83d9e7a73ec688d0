import { RalphError } from '@ralph-stock/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { envelope, errorEnvelope } from '../../src/api/index.js'
import { buildApp } from '../../src/app.js'
import type { Api } from '../../src/plugins/api.js'
import { errorResponses, ok } from '../../src/plugins/index.js'
import { NOW, openContext, type TestContext } from './support/context.js'
import { onlyRoutes } from './support/routes.js'

let given: TestContext
let app: Api
let wrong = false

beforeAll(async () => {
  given = await openContext()
  const { context } = given
  const answer = envelope(z.object({ count: z.number() }).meta({ id: 'Count' }))
  app = await buildApp({
    context,
    logger: { level: 'silent' },
    limits: { bodyBytes: 2000, requestTimeoutMs: 300 },
    routes: onlyRoutes(async (app) => {
      const response = { 200: answer, ...errorResponses() }
      app.route({
        method: 'POST',
        url: '/echo/:part',
        config: { scope: 'scan' },
        schema: {
          params: z.object({ part: z.enum(['a', 'b']) }),
          querystring: z.object({ limit: z.coerce.number().int().max(10).default(1) }),
          body: z.object({ deep: z.object({ count: z.number() }) }).optional(),
          response,
        },
        handler: async ({ body }) => ok(context, { count: body?.deep.count ?? 0 }),
      })
      app.get('/throws/:kind', { schema: { response } }, async ({ params }) => {
        const { kind } = params as { kind: string }
        if (kind === 'plain') throw new TypeError('the password of /home/x is hunter2')
        if (kind === 'store') throw new RalphError('E_STORE_CONNECTION', 'store db.example/x', {})
        if (kind === 'plugin') throw new RalphError('X_MINE', 'of a plugin: hunter2')
        if (kind === 'query') throw new RalphError('E_STORE_QUERY', 'select hunter2')
        throw new RalphError('E_STOCK_UNKNOWN', 'no stock "x"', { ticker: 'x' })
      })
      app.get('/wrong', { schema: { response } }, async () => {
        // Sound: it is not, which is what the test is about.
        return ok(context, { count: (wrong ? 'three' : 3) as number })
      })
      app.get('/hangs', { schema: { response } }, () => new Promise<never>(() => {}))
    }),
  })
})
afterAll(async () => {
  await app.close()
  await given.close()
})

async function ask(method: 'GET' | 'POST' | 'DELETE' | 'OPTIONS', url: string, more: object = {}) {
  const answer = await app.inject({ method, url, ...more })
  return { answer, status: answer.statusCode, body: answer.json() }
}

describe('an answer', () => {
  it('carries its data in the envelope', async () => {
    const { status, body, answer } = await ask('POST', '/echo/a', {
      payload: { deep: { count: 7 } },
    })
    expect(status).toBe(200)
    expect(body).toEqual({
      success: true,
      data: { count: 7 },
      error: null,
      timestamp: new Date(NOW).toISOString(),
    })
    expect(answer.headers['content-type']).toMatch(/^application\/json/)
  })

  it('needs no body where none is needed, whatever type it is said to have', async () => {
    for (const headers of [{}, { 'content-type': 'application/json' }]) {
      expect((await ask('POST', '/echo/a', { headers })).body.data).toEqual({ count: 0 })
    }
  })

  it('is an error when it does not match its schema', async () => {
    wrong = true
    const { status, body } = await ask('GET', '/wrong')
    wrong = false
    expect(status).toBe(500)
    expect(body.error.code).toBe('E_INTERNAL')
    expect((await ask('GET', '/wrong')).body.data).toEqual({ count: 3 })
  })
})

describe('an error', () => {
  it.each([
    ['/throws/known', 404, 'E_STOCK_UNKNOWN', { ticker: 'x' }],
    ['/throws/store', 503, 'E_STORE_CONNECTION', { request_id: expect.any(String) }],
    ['/throws/query', 500, 'E_INTERNAL', { request_id: expect.any(String) }],
    ['/throws/plugin', 500, 'E_INTERNAL', { request_id: expect.any(String) }],
    ['/throws/plain', 500, 'E_INTERNAL', { request_id: expect.any(String) }],
    ['/nowhere', 404, 'E_ROUTE_UNKNOWN', {}],
    ['/hangs', 503, 'E_REQUEST_TIMEOUT', {}],
  ])('of %s is told in the envelope', async (url, status, code, details) => {
    const { body, answer } = await ask('GET', url)
    expect(answer.statusCode).toBe(status)
    expect(body).toEqual({
      success: false,
      data: null,
      error: { code, message: expect.any(String), details },
      timestamp: new Date(NOW).toISOString(),
    })
    expect(errorEnvelope.safeParse(body).success).toBe(true)
    expect(answer.body).not.toMatch(/hunter2|home|db\.example|select/)
  })

  it('names the request under which it is logged', async () => {
    const { body, answer } = await ask('GET', '/throws/plain')
    expect(body.error.details.request_id).toBe(answer.headers['x-request-id'])
  })

  it('of a request says what is wrong, field by field', async () => {
    const { status, body } = await ask('POST', '/echo/c?limit=11', {
      payload: { deep: { count: 1 } },
    })
    expect([status, body.error.code]).toEqual([400, 'E_REQUEST_INVALID'])
    expect(body.error.details.fields).toEqual([
      { field: 'params/part', message: expect.stringContaining('"a"') },
    ])
    const deep = await ask('POST', '/echo/a', { payload: { deep: { count: 'x' } } })
    expect(deep.body.error.details.fields[0].field).toBe('body/deep/count')
    const query = await ask('POST', '/echo/a?limit=11')
    expect(query.body.error.details.fields[0].field).toBe('querystring/limit')
  })

  it.each([
    ['text/plain', 'hello', 415, 'E_MEDIA_TYPE'],
    ['application/xml', '<a/>', 415, 'E_MEDIA_TYPE'],
    ['application/json', '{"deep":', 400, 'E_REQUEST_INVALID'],
    ['application/json', '{"__proto__":{"admin":true}}', 400, 'E_REQUEST_INVALID'],
    ['application/json', `{"deep":"${'x'.repeat(3000)}"}`, 413, 'E_BODY_TOO_LARGE'],
    ['application/json', `${'['.repeat(900)}${']'.repeat(900)}`, 400, 'E_REQUEST_INVALID'],
  ])('of a body of %s is told (%#)', async (type, payload, status, code) => {
    const { answer, body } = await ask('POST', '/echo/a', {
      headers: { 'content-type': type },
      payload,
    })
    expect([answer.statusCode, body.error.code]).toEqual([status, code])
  })

  it('of a wrong method says which are right', async () => {
    const { status, body, answer } = await ask('DELETE', '/echo/a')
    expect([status, body.error.code]).toEqual([405, 'E_METHOD_NOT_ALLOWED'])
    expect(answer.headers['allow']).toBe('POST')
    expect(body.error.details.allowed).toEqual(['POST'])
  })

  it.each(['/%', '/echo/%ff', '/echo/%00', `/echo/${'x'.repeat(500)}`, '/echo/..%2f..%2fetc'])(
    'of the path %.20s is told in the envelope',
    async (url) => {
      const { status, body } = await ask('POST', url)
      expect([400, 404]).toContain(status)
      expect(errorEnvelope.safeParse(body).success).toBe(true)
    },
  )
})

describe('a request id', () => {
  it('is the caller’s own when it is sane', async () => {
    const headers = { 'x-request-id': 'from-the-caller.1' }
    expect((await ask('GET', '/health', { headers })).answer.headers['x-request-id']).toBe(
      'from-the-caller.1',
    )
  })

  it.each(['short', 'x'.repeat(101), 'has spaces in it', 'quote"quote"'])(
    'is made when the caller’s is %j',
    async (given) => {
      const headers = { 'x-request-id': given }
      expect((await ask('GET', '/health', { headers })).answer.headers['x-request-id']).toMatch(
        /^[0-9a-f-]{36}$/,
      )
    },
  )
})
