/** From whom a connection without an `Origin` header is taken: programs send none, browsers always do. */
export type MissingOrigin = 'refuse' | 'loopback' | 'loopback-or-key'

/** What is known of who connects. */
export type OriginCheck = {
  /** The `Origin` header. */
  readonly origin: string | undefined
  /** The address of the peer itself; a header that names another proves nothing. */
  readonly address: string
  /** Whether it showed a good key. */
  readonly hasKey: boolean
}

/**
 * Whether a connection may be taken, by where the page comes from that opened it. An origin must be in
 * the list, letter for letter (`https://example.org`, no path, the port where it is not the usual one):
 * a page on a private address, or a sandboxed page (`null`), is as foreign as any other.
 */
export function originAllowed(
  check: OriginCheck,
  origins: ReadonlySet<string>,
  missing: MissingOrigin,
): boolean {
  if (check.origin !== undefined) return origins.has(check.origin)
  if (missing === 'refuse') return false
  return isLoopback(check.address) || (missing === 'loopback-or-key' && check.hasKey)
}

/** Whether an address is this machine's own. */
export function isLoopback(address: string): boolean {
  const plain = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
  return plain === '::1' || /^127(?:\.\d{1,3}){3}$/.test(plain)
}
