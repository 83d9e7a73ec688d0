import { z } from 'zod'
import { sessionState } from './market.js'
import { instant, tradeDate } from './scalars.js'

export const health = z
  .object({ status: z.literal('ok'), service: z.string(), version: z.string(), timestamp: instant })
  .meta({ id: 'Health' })

/** What is told at `/` where no page is served. */
export const root = z
  .object({
    message: z.string(),
    version: z.string(),
    docs: z.string(),
    socket: z.string(),
    status: z.literal('ok'),
  })
  .meta({ id: 'Root' })

/** One source of data and how old it is; `closed` where nothing is to be heard now. */
export const feed = z
  .object({
    name: z.string().describe('broker, ticks, index, flows, bars, stocks'),
    state: z.enum(['ok', 'stale', 'down', 'closed', 'off']),
    last_at: instant.nullable(),
    age_ms: z.number().nullable(),
    detail: z.string(),
  })
  .meta({ id: 'Feed' })
export type FeedView = z.infer<typeof feed>

export const readiness = z
  .object({
    ready: z.boolean(),
    store: z.object({ ok: z.boolean(), kind: z.string(), message: z.string().nullable() }),
    broker: z.object({ ok: z.boolean(), state: z.string(), message: z.string().nullable() }),
    feeds: z.array(feed),
  })
  .meta({ id: 'Readiness' })
export type ReadinessView = z.infer<typeof readiness>

export const serviceState = z.object({
  name: z.string(),
  port: z.number().nullable(),
  where: z.enum(['here', 'forwarded', 'off']),
  status: z.enum(['up', 'down', 'off']),
  circuit: z.enum(['closed', 'open', 'half-open']).nullable(),
})

export const systemHealth = z
  .object({
    status: z.enum(['healthy', 'degraded', 'unhealthy']),
    version: z.string(),
    uptime_seconds: z.number(),
    services: z.array(serviceState),
    database_status: z.enum(['up', 'down']),
    broker_status: z.enum(['up', 'down', 'off']),
    feeds: z.array(feed),
    session: sessionState,
    sockets: z.object({ clients: z.number(), topics: z.number(), delivered: z.number() }),
    strategies: z.array(
      z.object({
        id: z.string(),
        version: z.string(),
        label: z.object({ ko: z.string(), en: z.string() }),
        maxScore: z.number(),
        subject: z.enum(['stock', 'market']),
        grades: z.array(z.object({ grade: z.string(), from: z.number().nullable() })),
        criteria: z.array(
          z.object({
            id: z.string(),
            label: z.object({ ko: z.string(), en: z.string() }),
            rule: z.object({ ko: z.string(), en: z.string() }).nullable(),
            maxPoints: z.number(),
          }),
        ),
      }),
    ),
    timestamp: instant,
  })
  .meta({ id: 'SystemHealth' })
export type SystemHealthView = z.infer<typeof systemHealth>

export const dataStatus = z
  .object({
    total_stocks: z.number(),
    updated_stocks: z.number().describe('With a bar of the last session'),
    last_update: tradeDate.nullable(),
    sources: z.array(z.string()),
    details: z.array(
      z.object({
        name: z.string(),
        status: z.enum(['ok', 'stale', 'empty']),
        last_update: tradeDate.nullable(),
        record_count: z.number(),
        error_message: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'DataStatus' })

export const KEY_SCOPES = ['read', 'scan', 'admin'] as const
export const keyScope = z.enum(KEY_SCOPES)
export type KeyScope = z.infer<typeof keyScope>

/** Whether a text is a scope. */
export function isKeyScope(text: string): text is KeyScope {
  return KEY_SCOPES.some((scope) => scope === text)
}

/** A key without its text. */
export const apiKey = z
  .object({
    id: z.number(),
    name: z.string(),
    scope: keyScope,
    is_active: z.boolean(),
    expires_at: instant.nullable(),
    last_used_at: instant.nullable(),
    created_at: instant,
  })
  .meta({ id: 'ApiKey' })
export const apiKeys = z
  .object({ keys: z.array(apiKey), required: z.boolean() })
  .meta({ id: 'ApiKeys' })
