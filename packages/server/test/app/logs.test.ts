import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildApp } from '../../src/app.js'
import { createKey } from '../../src/keys/index.js'
import { createLogger } from '../../src/observability/logger.js'
import type { Api } from '../../src/plugins/api.js'
import { openContext, type TestContext } from './support/context.js'
import { onlyRoutes } from './support/routes.js'

let given: TestContext
let app: Api
const lines: string[] = []
const destination = { write: (line: string) => void lines.push(line) }
let secret = ''

beforeAll(async () => {
  given = await openContext()
  secret = (await createKey(given.context.store, { name: 'mine', scope: 'admin' })).text
  app = await buildApp({
    context: given.context,
    logger: { level: 'trace', destination },
    routes: onlyRoutes(async (app) => {
      app.get('/fails', async (request) => {
        request.log.info({ headers: request.headers, apiKey: secret }, 'here')
        request.log.warn(`the key is ${secret}`)
        throw new Error(`could not use ${secret}`)
      })
    }),
  })
})
afterAll(async () => {
  await app.close()
  await given.close()
})

it('holds no key, wherever one was put', async () => {
  const headers = { authorization: `Bearer ${secret}`, 'x-api-key': secret, cookie: secret }
  await app.inject({ url: `/fails?key=${secret}&x=${encodeURIComponent(secret)}`, headers })
  await app.inject({ url: `/nowhere/${secret}`, headers })
  await app.inject({ method: 'POST', url: `/${secret}`, headers, payload: { key: secret } })
  const text = lines.join('')
  expect(text).toContain('could not use [hidden]')
  expect(text).not.toContain(secret)
  expect(text).not.toContain(secret.slice(3))
})

it('hides other secrets by their names', () => {
  const own: string[] = []
  const logger = createLogger({ destination: { write: (line) => void own.push(line) } })
  const password = 'hunter2'
  logger.info({ password, broker: { secretkey: password, deep: { token: password } } }, 'x')
  logger.info({ headers: { authorization: password, 'x-api-key': password } }, 'y')
  expect(own).toHaveLength(2)
  expect(own.join('')).not.toContain(password)
})

it('holds each request with its id, status and time, and a fault as a whole', async () => {
  lines.length = 0
  await app.inject({ url: '/fails', headers: { 'x-request-id': 'my-request-7' } })
  const records = lines.map((line) => JSON.parse(line))
  const fault = records.find(({ msg }) => msg === 'request failed')
  expect(fault).toMatchObject({ reqId: 'my-request-7', level: 50 })
  expect(fault.err.stack).toContain('logs.test')
  const done = records.find(({ msg }) => msg === 'request completed')
  expect(done).toMatchObject({
    reqId: 'my-request-7',
    req: { method: 'GET', url: '/fails', address: '127.0.0.1' },
    res: { statusCode: 500 },
  })
  expect(done.responseTime).toEqual(expect.any(Number))
})
