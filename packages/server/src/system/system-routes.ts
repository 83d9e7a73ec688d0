import { RalphError } from '@ralph-stock/core'
import { z } from 'zod'
import {
  apiKeys,
  dataStatus,
  envelope,
  feed,
  isKeyScope,
  job,
  jobPage,
  jobQuery,
  type SystemHealthView,
  systemHealth,
} from '../api/index.js'
import type { ServerContext } from '../context.js'
import { type Api, errorResponses, ok } from '../plugins/index.js'
import { sessionView } from '../services/session-view.js'
import { dataStatusOf } from './data-status.js'
import { feedsOf, pingStore } from './readiness.js'
import { strategyView } from './strategy-view.js'

/** What the routes about the system need beside the context. */
export type SystemParts = {
  readonly requireKey: boolean
  /** The services of the system as this process sees them. */
  readonly services: () => Promise<SystemHealthView['services']>
}

/** What the system is made of and how it is. */
export function systemRoutes(app: Api, context: ServerContext, parts: SystemParts): void {
  const { store, hub, jobs, clock } = context
  const tags = ['system']
  let session: SystemHealthView['session'] | null = null
  app.route({
    method: 'GET',
    url: '/api/system/health',
    config: { scope: 'read' },
    schema: {
      tags,
      summary: 'The system and its parts',
      response: { 200: envelope(systemHealth), ...errorResponses() },
    },
    handler: async () => ok(context, await healthOf(context, parts)),
  })
  app.route({
    method: 'GET',
    url: '/api/system/data-status',
    config: { scope: 'read' },
    schema: {
      tags,
      summary: 'What the store holds, and up to when',
      response: { 200: envelope(dataStatus), ...errorResponses() },
    },
    handler: async () => ok(context, await dataStatusOf(context)),
  })
  app.route({
    method: 'GET',
    url: '/api/system/feeds',
    config: { scope: 'read' },
    schema: {
      tags,
      summary: 'The sources of live data and how old their data are',
      response: { 200: envelope(z.object({ feeds: z.array(feed) })), ...errorResponses() },
    },
    handler: async () => ok(context, { feeds: feedsOf(context) }),
  })
  app.route({
    method: 'GET',
    url: '/api/system/jobs',
    config: { scope: 'read' },
    schema: {
      tags,
      summary: 'The work of the service, newest first',
      querystring: jobQuery,
      response: { 200: envelope(jobPage), ...errorResponses() },
    },
    handler: async ({ query: { status, name, limit, cursor } }) => {
      const page = await jobs.list({
        limit,
        ...(status === undefined ? {} : { status }),
        ...(name === undefined ? {} : { name }),
        ...(cursor === undefined ? {} : { cursor }),
      })
      return ok(context, { jobs: [...page.jobs], next_cursor: page.nextCursor })
    },
  })
  app.route({
    method: 'GET',
    url: '/api/system/jobs/:id',
    config: { scope: 'read' },
    schema: {
      tags,
      summary: 'One piece of work',
      params: z.object({ id: z.string().min(1).max(120) }),
      response: { 200: envelope(job), ...errorResponses('E_JOB_UNKNOWN') },
    },
    handler: async ({ params: { id } }) => {
      const found = await jobs.get(id)
      if (found !== null) return ok(context, found)
      throw new RalphError('E_JOB_UNKNOWN', `no job has the id "${id}"`, { id })
    },
  })
  app.route({
    method: 'GET',
    url: '/api/system/keys',
    config: { scope: 'admin' },
    schema: {
      tags,
      summary: 'The keys of the service, without their texts',
      response: { 200: envelope(apiKeys), ...errorResponses() },
    },
    handler: async () => {
      const keys = await store.repositories.apiKeys.list()
      return ok(context, {
        required: parts.requireKey,
        keys: keys.map(({ id, name, scope, isActive, expiresAt, lastUsedAt, createdAt }) => ({
          id,
          name,
          scope: isKeyScope(scope) ? scope : ('read' as const),
          is_active: isActive && isKeyScope(scope),
          expires_at: expiresAt?.toISOString() ?? null,
          last_used_at: lastUsedAt?.toISOString() ?? null,
          created_at: createdAt.toISOString(),
        })),
      })
    },
  })

  // A store that is gone must not keep the others from being told of; the session goes on without it.
  async function sessionNow(): Promise<SystemHealthView['session']> {
    try {
      session = await sessionView(context)
      return session
    } catch (error) {
      if (session === null) throw error
      return session
    }
  }

  async function healthOf(
    context: ServerContext,
    { services }: SystemParts,
  ): Promise<SystemHealthView> {
    const [storeState, states] = await Promise.all([pingStore(context), services()])
    const broker = context.live?.broker() ?? null
    const feeds = feedsOf(context)
    const { clients, topics, delivered } = hub.stats()
    const down =
      states.some(({ status }) => status === 'down') ||
      broker?.ok === false ||
      feeds.some(({ state }) => state === 'stale' || state === 'down')
    return {
      status: !storeState.ok ? 'unhealthy' : down ? 'degraded' : 'healthy',
      version: context.version,
      uptime_seconds: Math.floor(process.uptime()),
      services: states,
      database_status: storeState.ok ? 'up' : 'down',
      broker_status: broker === null ? 'off' : broker.ok ? 'up' : 'down',
      feeds,
      session: await sessionNow(),
      sockets: { clients, topics, delivered },
      strategies: context.strategies.map(strategyView),
      timestamp: new Date(clock.now()).toISOString(),
    }
  }
}
