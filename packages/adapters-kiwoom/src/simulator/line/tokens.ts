import { fromDayNumber } from '@ralph-stock/core'
import { clockTime } from '../format.js'
import type { Random } from '../market/random.js'

/** Issues and checks access tokens. */
export interface Tokens {
  /** The same token until it ends. `expires` is written as the broker does, in Korean time. */
  issue(appKey: string, now: number): { readonly token: string; readonly expires: string }
  /** The key of a good token; null for any other. */
  ownerOf(token: string, now: number): string | null
  revoke(token: string): boolean
  /** Ends all tokens at once. */
  endAll(): void
}

const MS_PER_DAY = 86_400_000
const KST_OFFSET_MS = 9 * 3_600_000

/** Makes an empty list of tokens. */
export function createTokens(lifeMs: number, random: Random): Tokens {
  const known = new Map<string, { readonly owner: string; readonly ends: number }>()
  return {
    issue: (owner, now) => {
      let [token, held] = [...known].find(([, one]) => one.owner === owner && one.ends > now) ?? []
      if (token === undefined || held === undefined) {
        token = Array.from({ length: 8 }, () => random.below(2 ** 32).toString(36)).join('')
        held = { owner, ends: now + lifeMs }
        known.set(token, held)
      }
      const local = held.ends + KST_OFFSET_MS
      const date = fromDayNumber(Math.floor(local / MS_PER_DAY)).replaceAll('-', '')
      return { token, expires: date + clockTime(Math.floor((local % MS_PER_DAY) / 1000)) }
    },
    ownerOf: (token, now) => {
      const held = known.get(token)
      return held !== undefined && held.ends > now ? held.owner : null
    },
    revoke: (token) => known.delete(token),
    endAll: () => known.clear(),
  }
}
