import type { FastifyRequest } from 'fastify'
import { keyOf } from '../ws/key.js'

/**
 * The key that a request carries: `Authorization: Bearer rs_...` or `X-API-Key: rs_...`; one that opens a
 * socket may carry it as a page can.
 *
 * @returns null when there is none; a text that is no key when another kind of credential is given
 */
export function credentialOf({
  headers,
  url,
}: Pick<FastifyRequest, 'headers' | 'url'>): string | null {
  const { authorization } = headers
  if (authorization !== undefined) return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? ''
  const key = headers['x-api-key']
  if (key !== undefined) return String(key)
  return headers.upgrade === undefined ? null : keyOf(headers, url)
}
