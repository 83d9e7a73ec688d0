import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ServerContext } from '../context.js'
import type { HubObserver } from '../ws/hub-types.js'
import { watchContext } from './watched.js'

/** One number of the service with its labels, as `/api/metrics` gives it. */
export type MetricValue = {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  /** Null where nothing was measured yet. */
  readonly value: number | null
}

/** A metric with its numbers. */
export type MetricView = {
  readonly name: string
  readonly type: string
  readonly help: string
  readonly values: readonly MetricValue[]
}

/** What the service counts and times. Every app has its own. */
export interface Metrics {
  /** An answer went out. */
  request(facts: {
    readonly route: string
    readonly method: string
    readonly status: number
    readonly seconds: number
  }): void
  /** A scan ended, by the job or request that did it. */
  scan(strategy: string, seconds: number): void
  /** A request to a service behind the gateway ended: `ok`, `failed`, `timeout` or `refused`. */
  forwarded(service: string, outcome: 'ok' | 'failed' | 'timeout' | 'refused'): void
  /** State of the circuit to a service behind the gateway. */
  circuit(service: string, state: 'closed' | 'half-open' | 'open'): void
  /** What a hub tells, for `createHub({ observe: metrics.hub })`. */
  readonly hub: HubObserver
  /** Reads sockets, jobs, broker and feeds whenever the metrics are asked for. */
  watch(context: ServerContext): void
  /** In the text form of Prometheus. */
  text(): Promise<string>
  readonly contentType: string
  list(): Promise<readonly MetricView[]>
  /** Counts and times begin again at zero. */
  reset(): void
}

const LATENCIES_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

/** Makes the metrics of an app. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'ralph_http_request_duration_seconds',
    help: 'From a request to its answer, by the pattern of its route',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const scans = new Histogram({
    name: 'ralph_scan_duration_seconds',
    help: 'A scan of the market, by strategy',
    labelNames: ['strategy'] as const,
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  })
  const latency = new Histogram({
    name: 'ralph_socket_latency_seconds',
    help: 'From a tick to its write to all clients that keep up, by kind of topic',
    labelNames: ['topic'] as const,
    buckets: LATENCIES_SECONDS,
    registers,
  })
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]): Counter<L> =>
    new Counter({ name, help, labelNames, registers })
  const delivered = counter('ralph_socket_delivered_total', 'Messages written to clients')
  const conflated = counter(
    'ralph_socket_conflated_total',
    'Messages replaced by a newer one before a client took them',
  )
  const closed = counter('ralph_socket_closed_total', 'Connections that ended, by code', 'code')
  const forwarded = counter(
    'ralph_forwarded_requests_total',
    'Requests to services behind the gateway, by outcome',
    'service',
    'outcome',
  )
  const circuit = new Gauge({
    name: 'ralph_circuit_state',
    help: 'Circuit to a service behind the gateway: 0 closed, 1 half-open, 2 open',
    labelNames: ['service'] as const,
    registers,
  })

  return {
    request: ({ seconds, ...labels }) => requests.observe(labels, seconds),
    scan: (strategy, seconds) => scans.observe({ strategy }, seconds),
    forwarded: (service, outcome) => forwarded.inc({ service, outcome }),
    circuit: (service, state) => {
      circuit.set({ service }, ['closed', 'half-open', 'open'].indexOf(state))
    },
    hub: {
      delivered: (messages) => delivered.inc(messages),
      conflated: (messages) => conflated.inc(messages),
      closed: (code) => closed.inc({ code: String(code) }),
      latency: (ms, { family }) => latency.observe({ topic: family }, ms / 1000),
    },
    watch: (context) => watchContext(registry, context),
    text: () => registry.metrics(),
    contentType: registry.contentType,
    list: async () => {
      const metrics = await registry.getMetricsAsJSON()
      return metrics.map(({ name, type, help, values }) => ({
        name,
        type: String(type),
        help,
        values: values.map((one) => ({
          name: 'metricName' in one ? String(one.metricName ?? name) : name,
          labels: Object.fromEntries(
            Object.entries(one.labels).map(([label, value]) => [label, String(value)]),
          ),
          value: Number.isFinite(one.value) ? one.value : null,
        })),
      }))
    },
    reset: () => registry.resetMetrics(),
  }
}
