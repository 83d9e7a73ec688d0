import { createHash } from 'node:crypto'
import type { ApiKey } from '@ralph-stock/adapters-timescale'
import { isKeyScope, KEY_SCOPES, type KeyScope } from '../api/index.js'
import type { Principal } from '../context.js'
import { looksLikeKey } from './create-key.js'

/** Where keys are looked up. */
export type KeySource = { use(key: string, at: Date): Promise<ApiKey | null> }

/** Knows for a few seconds what a key is, so that a request does not cost a statement. */
export interface KeyRing {
  /** Who holds a key, if that is known already: null for nobody, undefined when it must be looked up. */
  known(text: string): Principal | null | undefined
  /** Who holds a key that may be used now; null for nobody. */
  holder(text: string): Promise<Principal | null>
}

/** For how long a key that was revoked may still be used. */
export const KEY_CACHE_MS = 5000

const MOST_KNOWN = 2000

type Entry = { readonly principal: Principal | null; readonly until: number }

/**
 * Makes a ring.
 *
 * @param source asked at each look-up, because a store may be opened again
 * @param now epoch ms; real time, also where the market runs faster
 */
export function createKeyRing(source: () => KeySource, now: () => number): KeyRing {
  const entries = new Map<string, Entry>()
  const asking = new Map<string, Promise<Principal | null>>()

  const known = (name: string): Principal | null | undefined => {
    const entry = entries.get(name)
    return entry !== undefined && now() < entry.until ? entry.principal : undefined
  }
  const ask = async (name: string, text: string): Promise<Principal | null> => {
    const at = now()
    const key = await source().use(text, new Date(at))
    const end = Math.min(at + KEY_CACHE_MS, key?.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY)
    const principal = key === null ? null : principalOf(key)
    entries.delete(name)
    entries.set(name, { principal, until: end })
    const oldest = entries.keys().next().value
    if (entries.size > MOST_KNOWN && oldest !== undefined) entries.delete(oldest)
    return principal
  }

  return {
    known: (text) => (looksLikeKey(text) ? known(hash(text)) : null),
    async holder(text) {
      if (!looksLikeKey(text)) return null
      const name = hash(text)
      const found = known(name)
      if (found !== undefined) return found
      const underway = asking.get(name)
      if (underway !== undefined) return underway
      const answer = ask(name, text).finally(() => asking.delete(name))
      asking.set(name, answer)
      return answer
    },
  }
}

function principalOf({ id, name, scope }: ApiKey): Principal | null {
  return isKeyScope(scope) ? { id, name, scope } : null
}

/** Whether a scope reaches as far as another: admin may scan, and who may scan may read. */
export function reaches(scope: KeyScope, needed: KeyScope): boolean {
  return KEY_SCOPES.indexOf(scope) >= KEY_SCOPES.indexOf(needed)
}

// The text itself is not kept longer than its request.
function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
