import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { errorEnvelope } from '../../src/api/index.js'
import { buildApp } from '../../src/app.js'
import type { Api } from '../../src/plugins/api.js'
import { openContext, type TestContext } from './support/context.js'
import {
  type DocumentedRoute,
  type JsonSchema,
  type OpenApi,
  operationsOf,
} from './support/openapi.js'
import { requestsTo } from './support/requests.js'

const REQUESTS = 20_000
/** Far more than any answer takes; a request that hangs takes for ever. */
const HUNG_MS = 20_000

let given: TestContext
let app: Api
let document: OpenApi

beforeAll(async () => {
  given = await openContext({ market: true })
  const none = Number.POSITIVE_INFINITY
  app = await buildApp({
    context: given.context,
    strict: true,
    logger: { level: 'silent' },
    limits: { requestsPerMinute: none, costlyPerMinute: none, requestTimeoutMs: HUNG_MS },
  })
  document = (await app.inject('/docs/json')).json()
})
afterAll(async () => {
  await app.close()
  await given.close()
})

/** Slots of services that are not there yet say so. */
function isAbsent(status: number, body: string): boolean {
  return status === 501 && JSON.parse(body).error.code === 'E_SERVICE_ABSENT'
}

/** Answers of each route and status by the schemas of the document. */
function checkers(): (route: DocumentedRoute, status: number, type: string) => z.ZodType | null {
  const made = new Map<JsonSchema, z.ZodType>()
  const { schemas } = document.components
  return ({ operation }, status, type) => {
    const content = operation.responses[String(status)]?.content
    const schema = content?.[type.split(';')[0] ?? '']?.schema ?? content?.[type]?.schema
    if (schema === undefined) return null
    let checker = made.get(schema)
    if (checker === undefined) {
      // References as a schema of its own has them.
      const text = JSON.stringify({ ...schema, $defs: schemas })
      checker = z.fromJSONSchema(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')))
      made.set(schema, checker)
    }
    return checker
  }
}

it('answers whatever it is asked as its documentation says, without a fault and without hanging', async () => {
  const checkerOf = checkers()
  const routes = operationsOf(document)
  const each = Math.ceil(REQUESTS / routes.length)
  const statuses = new Map<number, number>()
  let asked = 0
  for (const route of routes) {
    const property = fc.asyncProperty(requestsTo(route), async (request) => {
      const answer = await app.inject(request)
      asked++
      const { statusCode, body } = answer
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
      if (statusCode >= 500) expect(isAbsent(statusCode, body), `${statusCode} ${body}`).toBe(true)
      const type = String(answer.headers['content-type'])
      const json = type.startsWith('application/json') ? JSON.parse(body) : body
      // Tricks in the path may lead beside the route: what answers there is no less an envelope.
      if (statusCode === 404 || statusCode === 405) {
        expect(errorEnvelope.safeParse(json).success).toBe(true)
        return
      }
      const checker = checkerOf(route, statusCode, type)
      if (checker === null) throw new Error(`${statusCode} ${type} is not documented`)
      const checked = checker.safeParse(json)
      if (!checked.success) throw new Error(`${statusCode}: ${z.prettifyError(checked.error)}`)
    })
    const { failed, counterexample, errorInstance, seed } = await fc.check(property, {
      numRuns: each,
      maxSkipsPerRun: 0,
      endOnFailure: true,
    })
    if (failed) {
      const found = JSON.stringify(counterexample)
      throw new Error(`${route.method} ${route.path}, seed ${seed}: ${found}`, {
        cause: errorInstance,
      })
    }
  }
  expect(asked).toBeGreaterThanOrEqual(REQUESTS)
  // Not only refusals: what lies behind the checks was reached as well.
  expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 10)
  expect(statuses.get(400) ?? 0).toBeGreaterThan(REQUESTS / 20)
}, 600_000)
