import rateLimit from '@fastify/rate-limit'
import { RalphError } from '@ralph-stock/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { AppLimits } from '../limits.js'

const MINUTE = 60_000

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Counts a request against the limits of who asks.
     *
     * @param who a key or an address
     * @throws RalphError E_RATE_LIMIT
     */
    countRequest(request: FastifyRequest, reply: FastifyReply, who: string): Promise<void>
  }
  interface FastifyRequest {
    /** In whose name a request is counted. */
    countedAs: string
  }
}

/** Limits of requests by minute, with a stricter one for what costs much. */
export const rateLimitsPlugin = fastifyPlugin<{ readonly limits: AppLimits }>(
  async (app, { limits }) => {
    const { requestsPerMinute, costlyPerMinute } = limits
    await app.register(rateLimit, { global: false })
    app.decorateRequest('countedAs', '')
    const keyGenerator = (request: FastifyRequest): string => request.countedAs
    const buckets = {
      all: app.createRateLimit({ max: requestsPerMinute, timeWindow: MINUTE, keyGenerator }),
      costly: app.createRateLimit({ max: costlyPerMinute, timeWindow: MINUTE, keyGenerator }),
    }
    app.decorate('countRequest', async (request, reply, who) => {
      request.countedAs = who
      if (Number.isFinite(requestsPerMinute)) await count('all', request, reply)
      const costly = request.routeOptions.config?.costly === true
      if (costly && Number.isFinite(costlyPerMinute)) await count('costly', request, reply)
    })

    async function count(
      bucket: keyof typeof buckets,
      request: FastifyRequest,
      reply: FastifyReply,
    ): Promise<void> {
      const state = await buckets[bucket](request)
      if (state.isAllowed) return
      const { max, remaining, ttlInSeconds, isExceeded } = state
      reply.headers({
        'ratelimit-limit': max,
        'ratelimit-remaining': remaining,
        'ratelimit-reset': ttlInSeconds,
      })
      if (!isExceeded) return
      reply.header('retry-after', ttlInSeconds)
      throw new RalphError(
        'E_RATE_LIMIT',
        `at most ${max} ${bucket === 'all' ? 'requests' : 'scans'} a minute; try again in ${ttlInSeconds} s`,
        { limit: max, retry_after_seconds: ttlInSeconds },
      )
    }
  },
  { name: 'rate-limits' },
)
