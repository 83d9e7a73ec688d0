import { RalphError } from '@ralph-stock/core'

/** Whether an address is this machine's own. */
export function isLoopback(address: string): boolean {
  return (
    address === 'localhost' ||
    address === '::1' ||
    /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(address)
  )
}

/**
 * Refuses to serve beyond this machine without keys.
 *
 * @throws RalphError E_SERVER_EXPOSED
 */
export function assertMayListen(where: {
  readonly host: string
  readonly requireKey: boolean
  /** Keys that may be used now. */
  readonly activeKeys: number
}): void {
  const { host, requireKey, activeKeys } = where
  if (isLoopback(host) || (requireKey && activeKeys > 0)) return
  const missing = requireKey
    ? 'there is no active key: make one with "ralph-stock keys create"'
    : 'keys are not required: set REQUIRE_KEY=true'
  throw new RalphError(
    'E_SERVER_EXPOSED',
    `"${host}" can be reached from other machines, and ${missing}`,
    { host, requireKey, activeKeys },
  )
}
