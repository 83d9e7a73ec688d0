import type { IncomingHttpHeaders } from 'node:http'

/** The protocol that the socket speaks, for clients that name one. */
export const PROTOCOL = 'ralph-stock'
const KEY_PROTOCOL = 'key.'

/**
 * The key that a client shows: `Authorization: Bearer KEY`; as a browser cannot set headers, also
 * `?key=KEY`, or `new WebSocket(url, ['ralph-stock', 'key.KEY'])`, which keeps it out of addresses.
 */
export function keyOf(headers: IncomingHttpHeaders, url: string): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return bearer
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim())
  const named = offered.find((one) => one.startsWith(KEY_PROTOCOL) && one !== KEY_PROTOCOL)
  if (named !== undefined) return named.slice(KEY_PROTOCOL.length)
  const query = url.indexOf('?')
  return query < 0 ? null : new URLSearchParams(url.slice(query)).get('key') || null
}

/** The protocol to answer with: never the one that carries the key. */
export function chooseProtocol(offered: ReadonlySet<string>): string | false {
  return offered.has(PROTOCOL) ? PROTOCOL : false
}
