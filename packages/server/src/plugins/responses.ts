import type { ErrorCode } from '@ralph-stock/core'
import { type ApiError, type Envelope, errorEnvelope } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { meaningOf, statusOf } from './status.js'

/** A good answer. */
export type Good<T> = Extract<Envelope<T>, { success: true }>

/** Wraps data as every good answer is. */
export function ok<T>({ clock }: Pick<ServerContext, 'clock'>, data: T): Good<T> {
  return { success: true, data, error: null, timestamp: new Date(clock.now()).toISOString() }
}

/** Wraps an error as every other answer is. */
export function failed(error: ApiError, now: number): Extract<Envelope<never>, { success: false }> {
  return { success: false, data: null, error, timestamp: new Date(now).toISOString() }
}

// What may happen to any request before its handler is asked, and when the store is gone.
const ALWAYS: readonly ErrorCode[] = [
  'E_REQUEST_INVALID',
  'E_KEY_MISSING',
  'E_KEY_INVALID',
  'E_KEY_SCOPE',
  'E_HOST_REFUSED',
  'E_ORIGIN_REFUSED',
  'E_ROUTE_UNKNOWN',
  'E_REQUEST_TIMEOUT',
  'E_BODY_TOO_LARGE',
  'E_MEDIA_TYPE',
  'E_RATE_LIMIT',
  'E_INTERNAL',
  'E_STORE_CONNECTION',
  'E_STORE_POOL_EXHAUSTED',
]

/**
 * The error answers of a route for its `response` schema: by status, each with the codes that it may
 * have. What can happen to every request is always among them.
 *
 * The type says nothing of them, because a handler throws an error and does not return it.
 *
 * @example response: { 200: envelope(stockDetail), ...errorResponses('E_STOCK_UNKNOWN') }
 */
export function errorResponses(...codes: readonly ErrorCode[]): Record<never, never> {
  const byStatus = new Map<number, string[]>()
  for (const code of new Set([...ALWAYS, ...codes])) {
    const lines = byStatus.get(statusOf(code)) ?? []
    lines.push(`\`${code}\`: ${meaningOf(code)}`)
    byStatus.set(statusOf(code), lines)
  }
  return Object.fromEntries(
    [...byStatus].map(([status, lines]) => [
      status,
      {
        description: lines.join('\n\n'),
        content: { 'application/json': { schema: errorEnvelope } },
      },
    ]),
  )
}
