import { FastifyOtelInstrumentation } from '@fastify/otel'
import { type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-node'
import type { StatementListener } from '@ralph-stock/adapters-timescale'
import type { Engine } from '@ralph-stock/engine'
import type { FastifyPluginCallback } from 'fastify'

/** Where traces go. */
export type TracingOptions = {
  readonly service: string
  readonly version: string
  /** Address of a collector; spans are posted to `/v1/traces` below it. */
  readonly url?: string
  /** Instead of an address: what takes the spans, in a test. */
  readonly processor?: SpanProcessor
}

/** Follows a request through the engine to the store. */
export interface Tracing {
  /** A span for every request; registered before everything else. */
  readonly plugin: FastifyPluginCallback
  /** A span for every call, around those of its statements. */
  engine(engine: Engine): Engine
  /** A span for every statement that a request or an engine call makes. */
  readonly onStatement: StatementListener
  /** Sends what is left. */
  close(): Promise<void>
}

const LONGEST_STATEMENT = 1000

/**
 * Begins to trace. What is asked for by the caller's `traceparent` header goes on here.
 *
 * It becomes the process's tracing: what a process needs once, as context is the process's own.
 */
export function createTracing({ service, version, url, processor }: TracingOptions): Tracing {
  const exporter = (): SpanProcessor =>
    new BatchSpanProcessor(
      new OTLPTraceExporter(url === undefined ? {} : { url: `${url}/v1/traces` }),
    )
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.version': version }),
    spanProcessors: [processor ?? exporter()],
  })
  provider.register()
  const tracer = provider.getTracer('ralph-stock', version)
  const instrumentation = new FastifyOtelInstrumentation({
    // Steps of the framework would hide those of the work.
    instrumentHooks: false,
    instrumentHandler: true,
    requestHook: (span, { method, routeOptions, url: path }) => {
      span.updateName(`${method} ${routeOptions.url ?? 'unknown'}`)
      // Without what was asked for, which may hold a key.
      span.setAttribute('url.path', path.split('?')[0] ?? '')
    },
  })
  instrumentation.setTracerProvider(provider)
  return {
    plugin: instrumentation.plugin(),
    engine: (engine) => traced(engine, tracer),
    onStatement: (statement) => {
      // Statements of nobody's request, such as a look at whether the store is there, tell nothing.
      if (trace.getActiveSpan() === undefined) return undefined
      const span = tracer.startSpan(nameOf(statement), {
        kind: SpanKind.CLIENT,
        attributes: {
          'db.system.name': 'postgresql',
          'db.query.text': statement.slice(0, LONGEST_STATEMENT),
        },
      })
      return (error?: unknown) => end(span, error)
    },
    close: () => provider.shutdown(),
  }
}

function traced(engine: Engine, tracer: Tracer): Engine {
  const within = <T>(name: string, facts: Facts, run: () => Promise<T>): Promise<T> =>
    tracer.startActiveSpan(`engine.${name}`, { attributes: attributes(facts) }, async (span) => {
      try {
        const result = await run()
        end(span)
        return result
      } catch (error) {
        end(span, error)
        throw error
      }
    })
  return {
    strategies: engine.strategies,
    events: engine.events,
    refresh: () => engine.refresh(),
    scan: (request = {}) => {
      const { strategies, date } = request
      return within('scan', { strategies: strategies?.join(), date }, () => engine.scan(request))
    },
    score: (request) => within('score', request, () => engine.score(request)),
    market: (date) => within('market', { date }, () => engine.market(date)),
    write: (batch) => within('write', { source: batch.source }, () => engine.write(batch)),
  }
}

type Facts = Readonly<Record<string, string | undefined>>

function attributes(facts: Facts): Record<string, string> {
  const given = Object.entries(facts).filter(([, value]) => value !== undefined)
  // Sound: what is left are strings.
  return Object.fromEntries(given.map(([name, value]) => [`ralph.${name}`, value as string]))
}

function end(span: Span, error?: unknown): void {
  if (error !== undefined) {
    const message = error instanceof Error ? error.message : String(error)
    span.setStatus({ code: SpanStatusCode.ERROR, message })
  }
  span.end()
}

function nameOf(statement: string): string {
  return `sql ${/^\s*(\w+)/.exec(statement)?.[1]?.toLowerCase() ?? 'statement'}`
}
