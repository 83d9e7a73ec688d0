import { context, propagation } from '@opentelemetry/api'
import { RalphError } from '@ralph-stock/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import CircuitBreaker from 'opossum'
import type { AppLimits } from '../limits.js'
import type { Metrics } from '../observability/metrics.js'
import type { BackendName } from '../service-names.js'

/** State of the circuit to a service: open while it is left alone. */
export type CircuitState = 'closed' | 'half-open' | 'open'

/** Passes requests on to one service. */
export interface Forwarder {
  readonly service: BackendName
  readonly state: CircuitState
  /**
   * Answers a request with what the service answers to it at `path`.
   *
   * @throws RalphError E_UPSTREAM_TIMEOUT, E_UPSTREAM_UNAVAILABLE, E_UPSTREAM_OPEN
   */
  forward(request: FastifyRequest, reply: FastifyReply, path: string): Promise<FastifyReply>
  /** Whether the service answers at all. */
  ping(): Promise<boolean>
  close(): void
}

/** What a forwarder is made of. */
export type ForwarderOptions = {
  readonly service: BackendName
  /** Its address, without a slash at the end. */
  readonly url: string
  readonly limits: AppLimits
  readonly metrics: Metrics
}

const FAILURES_PERCENT = 50
const FEWEST_REQUESTS = 5
const COUNTED_MS = 10_000
const PING_MS = 2000

// Of the connection to us, or said by us already.
const OUR_OWN_ANSWERS =
  /^(?:connection|keep-alive|transfer-encoding|x-request-id|ratelimit-.*|access-control-.*|vary)$/
// The service sees the gateway as its caller, which has looked at these.
const LEFT_OUT = /^(?:origin|referer|forwarded|x-forwarded-.*|x-real-ip)$/

/** Makes one. */
export function createForwarder({ service, url, limits, metrics }: ForwarderOptions): Forwarder {
  const { upstreamTimeoutMs, upstreamRestMs } = limits
  let openedAt = 0
  const breaker = new CircuitBreaker(send, {
    name: service,
    timeout: false,
    errorThresholdPercentage: FAILURES_PERCENT,
    volumeThreshold: FEWEST_REQUESTS,
    rollingCountTimeout: COUNTED_MS,
    resetTimeout: upstreamRestMs,
  })
  const stateNow = (): CircuitState =>
    breaker.opened ? 'open' : breaker.halfOpen ? 'half-open' : 'closed'
  breaker.on('open', () => {
    openedAt = performance.now()
    metrics.circuit(service, 'open')
  })
  breaker.on('halfOpen', () => metrics.circuit(service, 'half-open'))
  breaker.on('close', () => metrics.circuit(service, 'closed'))
  metrics.circuit(service, 'closed')

  // Resolves once the answer has begun: a client that reads slowly says nothing about the service.
  function send(request: FastifyRequest, reply: FastifyReply, path: string): Promise<FastifyReply> {
    return new Promise((resolve, reject) => {
      reply.from(path, {
        timeout: upstreamTimeoutMs,
        getUpstream: () => url,
        // Asked once: the caller knows better than we whether to ask again.
        retryDelay: () => null,
        rewriteRequestHeaders: (_request, headers) => {
          const passed = without(headers, LEFT_OUT)
          passed['x-request-id'] = request.id
          propagation.inject(context.active(), passed)
          return passed
        },
        rewriteHeaders: (headers) => without(headers, OUR_OWN_ANSWERS),
        // Sound: what comes with the answer of an HTTP service is the stream of its body.
        onResponse: (_request, _reply, { stream }) => resolve(reply.send(stream)),
        onError: (_reply, { error }) => reject(error),
      })
    })
  }

  const refuse = (reply: FastifyReply): RalphError => {
    metrics.forwarded(service, 'refused')
    const left = Math.ceil((openedAt + upstreamRestMs - performance.now()) / 1000)
    const seconds = Math.max(1, left)
    reply.header('retry-after', seconds)
    const message = `${service} failed often and is left alone; try again in ${seconds} s`
    return new RalphError('E_UPSTREAM_OPEN', message, { service, retry_after_seconds: seconds })
  }

  return {
    service,
    get state() {
      return stateNow()
    },
    async forward(request, reply, path) {
      try {
        const sent = await breaker.fire(request, reply, path)
        metrics.forwarded(service, 'ok')
        return sent
      } catch (error) {
        if (CircuitBreaker.isOurError(error as Error)) throw refuse(reply)
        const late = isTimeout(error)
        metrics.forwarded(service, late ? 'timeout' : 'failed')
        const options = { cause: error }
        if (!late) {
          const message = `${service} cannot be reached`
          throw new RalphError('E_UPSTREAM_UNAVAILABLE', message, { service }, options)
        }
        const message = `${service} did not answer within ${upstreamTimeoutMs} ms`
        throw new RalphError('E_UPSTREAM_TIMEOUT', message, { service }, options)
      }
    },
    async ping() {
      try {
        const signal = AbortSignal.timeout(PING_MS)
        const { ok, body } = await fetch(`${url}/health`, { signal })
        await body?.cancel()
        return ok
      } catch {
        return false
      }
    },
    close: () => breaker.shutdown(),
  }
}

type Headers = Record<string, string | string[] | undefined>

function without(headers: Headers, names: RegExp): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.test(name)))
}

function isTimeout(error: unknown): boolean {
  const { statusCode, cause } = error as { statusCode?: number; cause?: { code?: unknown } }
  return statusCode === 504 || /TIMEOUT/.test(String(cause?.code ?? ''))
}
