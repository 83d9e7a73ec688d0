import type { FastifyRequest } from 'fastify'
import { isLoopback } from '../keys/may-listen.js'

/** Names and origins under which the service may be used. */
export type KnownPlaces = {
  /** Origins of pages of another address, as `https://stock.example.com`. */
  readonly origins: readonly string[]
  /** Host names of this service, beside those of this machine. */
  readonly hosts: readonly string[]
}

const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip']

/**
 * Whether a request comes from this machine itself. One that a proxy passed on does not, though the
 * proxy may run here: who asks is then only known when the proxy is trusted.
 */
export function isLocal(request: FastifyRequest, trustsProxy: boolean): boolean {
  if (!isLoopback(request.ip)) return false
  return trustsProxy || FORWARDED.every((name) => request.headers[name] === undefined)
}

/**
 * Whether the Host header names this machine or a known name. Any other means that a page made its own
 * name point here, to be let in as if it were from this machine.
 */
export function isKnownHost(host: string | undefined, { hosts }: KnownPlaces): boolean {
  if (host === undefined) return true
  const name = host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase()
  return isLoopback(name) || name.endsWith('.localhost') || hosts.includes(name)
}

/** Whether the page that asks is one of the service itself or of an allowed origin; none is no page. */
export function isKnownOrigin(request: FastifyRequest, { origins }: KnownPlaces): boolean {
  const { origin, host } = request.headers
  if (origin === undefined || origins.includes(origin)) return true
  return origin === `http://${host}` || origin === `https://${host}`
}
