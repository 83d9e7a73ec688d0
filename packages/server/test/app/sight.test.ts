import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { envelope } from '../../src/api/index.js'
import { buildApp } from '../../src/app.js'
import type { LiveMarket, ServerContext } from '../../src/context.js'
import { createMetrics } from '../../src/observability/metrics.js'
import { createTracing } from '../../src/observability/tracing.js'
import type { Api } from '../../src/plugins/api.js'
import { errorResponses, ok } from '../../src/plugins/index.js'
import { pingStore } from '../../src/system/readiness.js'
import { openContext, type TestContext } from './support/context.js'
import { onlyRoutes } from './support/routes.js'

const exporter = new InMemorySpanExporter()
const processor = new SimpleSpanProcessor(exporter)
const tracing = createTracing({ service: 'test', version: '0', processor })
const metrics = createMetrics()
let given: TestContext
let context: ServerContext
let app: Api
let broker = { ok: true, state: 'connected', message: null as string | null }
let feeds: ReturnType<LiveMarket['feeds']> = []

/** A market that is followed, as far as sight goes. */
const live = {
  broker: () => broker,
  feeds: () => feeds,
} as unknown as LiveMarket

beforeAll(async () => {
  given = await openContext({ market: true, onStatement: tracing.onStatement })
  context = { ...given.context, live, engine: tracing.engine(given.context.engine) }
  app = await buildApp({
    context,
    metrics,
    tracing,
    logger: { level: 'silent' },
    routes: onlyRoutes(async (app) => {
      app.route({
        method: 'POST',
        url: '/best/:strategy',
        config: { scope: 'scan' },
        schema: {
          params: z.object({ strategy: z.string() }),
          body: z.object({ date: z.string() }),
          response: { 200: envelope(z.object({ entries: z.number() })), ...errorResponses() },
        },
        handler: async ({ params: { strategy }, body: { date } }) => {
          const { results } = await context.engine.scan({ strategies: [strategy], date })
          return ok(context, { entries: results[0]?.entries.length ?? 0 })
        },
      })
    }),
  })
})
afterAll(async () => {
  await app.close()
  await given.close()
  await tracing.close()
})

function spansOf(id: string): readonly ReadableSpan[] {
  return exporter.getFinishedSpans().filter((span) => span.spanContext().traceId === id)
}

describe('traces', () => {
  it('follow a request through the engine to the store, from where the caller began', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
    context.engine.refresh()
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/best/vcp?key=rs_secret',
      payload: { date: '2026-03-30' },
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    })
    expect(statusCode).toBe(200)
    const spans = spansOf(traceId)
    const chain: string[] = []
    let at = spans.find(({ name }) => name.startsWith('sql '))
    while (at !== undefined) {
      chain.push(at.name.replace(/^sql .*/, 'sql'))
      const parent = at.parentSpanContext?.spanId
      at = spans.find((span) => span.spanContext().spanId === parent)
    }
    expect([chain[0], chain[1], chain.at(-1)]).toEqual([
      'sql',
      'engine.scan',
      'POST /best/:strategy',
    ])
    const root = spans.find(({ name }) => name === 'POST /best/:strategy')
    expect(root?.parentSpanContext?.spanId).toBe('00f067aa0ba902b7')
    expect(root?.attributes).toMatchObject({
      'url.path': '/best/vcp',
      'http.response.status_code': 200,
    })
    const scan = spans.find(({ name }) => name === 'engine.scan')
    expect(scan?.attributes).toEqual({ 'ralph.strategies': 'vcp', 'ralph.date': '2026-03-30' })
    for (const span of spans) expect(span.duration[0] * 1e9 + span.duration[1]).toBeGreaterThan(0)
  })

  it('say what failed', async () => {
    exporter.reset()
    await app.inject({ method: 'POST', url: '/best/none', payload: { date: '2026-03-30' } })
    const failed = exporter.getFinishedSpans().find(({ name }) => name === 'engine.scan')
    expect(failed?.status).toMatchObject({ code: 2, message: expect.stringContaining('none') })
  })
})

async function metricLines(name: string): Promise<string[]> {
  const { body } = await app.inject('/metrics')
  return body.split('\n').filter((line) => line.startsWith(name))
}

describe('metrics', () => {
  it('time requests by the pattern of their route', async () => {
    metrics.reset()
    for (const id of ['a', 'b', 'c']) await app.inject(`/api/system/jobs/${id}`)
    await app.inject('/nowhere/1')
    const counts = await metricLines('ralph_http_request_duration_seconds_count')
    expect(counts).toContain(
      'ralph_http_request_duration_seconds_count{route="/api/system/jobs/:id",method="GET",status="404"} 3',
    )
    expect(counts.join()).toContain('route="unknown"')
    expect(counts.join()).not.toContain('/nowhere')
  })

  it('count what others tell', async () => {
    metrics.reset()
    metrics.scan('vcp', 0.2)
    metrics.hub.latency?.(7, { family: 'price' } as never)
    metrics.hub.delivered?.(30)
    metrics.hub.conflated?.(4)
    const text = (await app.inject('/metrics')).body
    expect(text).toContain('ralph_scan_duration_seconds_count{strategy="vcp"} 1')
    expect(text).toContain('ralph_socket_latency_seconds_bucket{le="0.01",topic="price"} 1')
    expect(text).toContain('ralph_socket_latency_seconds_bucket{le="0.005",topic="price"} 0')
    expect(text).toContain('ralph_socket_delivered_total 30')
    expect(text).toContain('ralph_socket_conflated_total 4')
    expect(text).toContain('ralph_jobs_running 0')
    expect(text).toContain('ralph_socket_clients 0')
    if (context.store.kind !== 'pglite') {
      expect(text).toMatch(/ralph_store_connections\{state="idle"\} [1-9]/)
    }
  })

  it('show the broker and the age of its data', async () => {
    feeds = [{ name: 'ticks', state: 'ok', last_at: null, age_ms: 1500, detail: '' }]
    expect(await metricLines('ralph_feed_age_seconds')).toEqual([
      'ralph_feed_age_seconds{feed="ticks"} 1.5',
    ])
    expect(await metricLines('ralph_broker_up')).toEqual(['ralph_broker_up 1'])
    feeds = []
    expect(await metricLines('ralph_feed_age_seconds')).toEqual([])
  })

  it('come as data too, and begin again when that is asked for', async () => {
    metrics.scan('vcp', 0.2)
    const read = async () => (await app.inject('/api/metrics?metric_type=histogram')).json().data
    const scanned = async (): Promise<unknown> => {
      const { metrics } = await read()
      const scan = metrics.find(({ name }: { name: string }) => /scan_duration/.test(name))
      return scan.values.find(({ name }: { name: string }) => /_count$/.test(name))?.value ?? 0
    }
    expect(await scanned()).toBeGreaterThan(0)
    const { total, filtered } = await read()
    expect(total).toBeGreaterThan(filtered)
    const reset = await app.inject({ method: 'POST', url: '/api/metrics/reset' })
    expect(reset.json().data).toEqual({ reset: true })
    expect(await scanned()).toBe(0)
    metrics.scan('vcp', 0.2)
    expect(await scanned()).toBe(1)
  })

  it('are each app’s own', async () => {
    const other = createMetrics()
    other.scan('vcp', 1)
    other.scan('vcp', 1)
    expect(await other.text()).toContain('ralph_scan_duration_seconds_count{strategy="vcp"} 2')
    expect(await metricLines('ralph_scan_duration_seconds_count')).not.toContain(
      'ralph_scan_duration_seconds_count{strategy="vcp"} 2',
    )
  })
})

describe('readiness', () => {
  it('is there when store, broker and feeds are well', async () => {
    const { statusCode, body } = await app.inject('/ready')
    expect(statusCode).toBe(200)
    expect(JSON.parse(body).data).toMatchObject({ ready: true, store: { ok: true } })
  })

  it('ends with the broker or with the age of its data, which it tells', async () => {
    broker = { ok: false, state: 'reconnecting', message: 'since 09:01' }
    const gone = await app.inject('/ready')
    expect(gone.statusCode).toBe(503)
    expect(gone.json().data).toMatchObject({ ready: false, broker: { state: 'reconnecting' } })
    broker = { ok: true, state: 'connected', message: null }
    feeds = [{ name: 'ticks', state: 'stale', last_at: null, age_ms: 90_000, detail: '' }]
    expect((await app.inject('/ready')).json().data).toMatchObject({ ready: false, feeds })
    feeds = []
    expect((await app.inject('/ready')).statusCode).toBe(200)
  })

  it('ends with a store that fails or does not answer', async () => {
    const store = (exists: () => Promise<boolean>) => ({
      store: { kind: 'postgres', repositories: { jobs: { exists } } } as never,
    })
    const late = await pingStore(
      store(() => new Promise(() => {})),
      20,
    )
    expect(late).toMatchObject({ ok: false, message: expect.stringContaining('20 ms') })
    const broken = await pingStore(store(() => Promise.reject(new Error('host db.example'))))
    expect(broken).toEqual({ ok: false, kind: 'postgres', message: 'E_INTERNAL' })
  })
})
