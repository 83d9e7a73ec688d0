import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import type { DocumentedRoute, Operation } from './openapi.js'
import { accepted, trickyJson, trickyText } from './schema-values.js'

/** A request to a route: some that it takes, more that it does not. */
export function requestsTo(route: DocumentedRoute): fc.Arbitrary<InjectOptions> {
  const { method, operation, path } = route
  const parameters = operation.parameters ?? []
  const named = (place: string) => parameters.filter((one) => one.in === place)
  const bodySchema = operation.requestBody?.content['application/json']?.schema
  return fc
    .record({
      path: fc.tuple(...named('path').map((one) => mostly(accepted(one.schema).map(String)))),
      query: fc.tuple(...named('query').map((one) => maybe(queryValue(one)))),
      stray: fc.option(fc.tuple(trickyText, trickyText), { freq: 6 }),
      body: bodySchema === undefined ? strayBody(method) : bodyOf(accepted(bodySchema)),
      headers: oddHeaders,
    })
    .map(({ path: parts, query, stray, body, headers }) => {
      const names = named('query').map(({ name }) => name)
      const pairs = query.flatMap((value, k) =>
        value === null ? [] : [[names[k] ?? '', String(value)] as const],
      )
      if (stray !== null) pairs.push(stray)
      let next = 0
      const url = path.replace(/\{\w+\}/g, () => encoded(parts[next++] ?? ''))
      const search = pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
      return {
        // Sound: methods of the document are of HTTP.
        method: method as 'GET',
        url: search === '' ? url : `${url}?${search}`,
        headers: { ...headers, ...body.headers },
        ...(body.payload === null ? {} : { payload: body.payload }),
      }
    })
}

function mostly(arbitrary: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof({ weight: 2, arbitrary }, { weight: 1, arbitrary: trickyText })
}

function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(arbitrary, { freq: 2 })
}

function queryValue({ schema }: NonNullable<Operation['parameters']>[number]) {
  return fc.oneof(
    { weight: 3, arbitrary: accepted(schema).map(String) },
    { weight: 1, arbitrary: trickyText },
  )
}

type Body = { readonly headers: Record<string, string>; readonly payload: string | null }

const JSON_TYPE = { 'content-type': 'application/json' }
const NO_BODY: Body = { headers: {}, payload: null }

function bodyOf(good: fc.Arbitrary<unknown>): fc.Arbitrary<Body> {
  const asJson = (value: unknown): Body => ({ headers: JSON_TYPE, payload: JSON.stringify(value) })
  return fc.oneof(
    { weight: 6, arbitrary: good.map(asJson) },
    { weight: 3, arbitrary: trickyJson.map(asJson) },
    { weight: 1, arbitrary: fc.constant(NO_BODY) },
    { weight: 1, arbitrary: brokenBody },
  )
}

const brokenBody: fc.Arbitrary<Body> = fc.oneof(
  trickyText.map((payload) => ({ headers: JSON_TYPE, payload })),
  trickyText.map((payload) => ({ headers: { 'content-type': 'text/plain' }, payload })),
  fc.constantFrom(
    { headers: { 'content-type': 'multipart/form-data; boundary=x' }, payload: '--x--' },
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'a=1&b[]=2' },
    { headers: JSON_TYPE, payload: '{"__proto__":{"a":1}}' },
    { headers: JSON_TYPE, payload: '{"constructor":{"prototype":{}}}' },
    { headers: JSON_TYPE, payload: `${'['.repeat(9000)}${']'.repeat(9000)}` },
    { headers: JSON_TYPE, payload: `{"a":"${'x'.repeat(70_000)}"}` },
  ),
)

function strayBody(method: string): fc.Arbitrary<Body> {
  if (method === 'GET') return fc.constant(NO_BODY)
  return fc.oneof({ weight: 4, arbitrary: fc.constant(NO_BODY) }, bodyOf(trickyJson))
}

// What a client or a proxy may set; a header that HTTP itself cannot carry never arrives.
const oddHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.dictionary(
      fc.constantFrom('accept', 'accept-language', 'if-none-match', 'range', 'x-request-id'),
      fc.constantFrom('*/*', 'text/html', 'x'.repeat(200), "'; --", 'bytes=0-', 'W/"x"', ''),
      { maxKeys: 3 },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Record<string, string>>(
      { authorization: 'Bearer rs_x' },
      { authorization: "Bearer '; drop table api_keys; --" },
      { 'x-api-key': `rs_${'x'.repeat(43)}` },
      { origin: 'https://evil.example' },
      { host: 'evil.example' },
      { 'x-forwarded-for': '10.0.0.1' },
    ),
  },
)

// Lone surrogates are no text that a URL can hold.
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString())
}
