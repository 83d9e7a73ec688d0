import { randomBytes } from 'node:crypto'
import type { ApiKey, Store } from '@ralph-stock/adapters-timescale'
import type { KeyScope } from '../api/index.js'

/** What a new key is for. */
export type KeyFacts = {
  readonly name: string
  readonly scope: KeyScope
  /** Never unless said. */
  readonly expiresAt?: Date
  readonly description?: string
  readonly createdBy?: string
}

const FORM = /^rs_[\w-]{43}$/

/**
 * Makes a key. Its text is in nobody's hands but the caller's: the store keeps a hash.
 *
 * @returns the text, to be shown once, and what the store keeps
 */
export async function createKey(
  store: Pick<Store, 'repositories'>,
  facts: KeyFacts,
): Promise<{ readonly text: string; readonly key: ApiKey }> {
  const text = `rs_${randomBytes(32).toString('base64url')}`
  return { text, key: await store.repositories.apiKeys.add(text, facts) }
}

/** Whether a text has the form of a key. */
export function looksLikeKey(text: string): boolean {
  return FORM.test(text)
}
