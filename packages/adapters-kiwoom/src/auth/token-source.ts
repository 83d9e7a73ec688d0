import { RalphError } from '@ralph-stock/core'
import type { Clock } from '../clock.js'
import type { EventListener } from '../events.js'
import { Secret } from '../secret.js'

/** A token as it was issued. */
export type IssuedToken = { readonly token: string; readonly expiresAt: number }

/** Keeps one access token good for everybody who asks. */
export interface TokenSource {
  /** The token, a fresh one where there is none or it is about to expire. */
  get(): Promise<Secret>
  /** The broker refused this token; the next caller gets another. */
  reject(token: Secret, code: string): void
  /** The token held now, if any; for revoking. */
  held(): Secret | null
}

/** How a token source works. */
export type TokenSourceOptions = {
  readonly clock: Clock
  /** Asks the broker. Called once however many wait. */
  readonly issue: () => Promise<IssuedToken>
  /** How long before its end a token is not used any more. */
  readonly renewBeforeMs?: number
  readonly onEvent?: EventListener
}

/** @source the official client renews 600 s before the end */
const RENEW_BEFORE_MS = 600_000

/**
 * Makes a token source. Asking for a token again within its life gives the same one, so a token that
 * was refused and comes back is refused at once, with E_BROKER_TOKEN, rather than tried for ever.
 */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const { clock, issue, onEvent } = options
  const renewBeforeMs = options.renewBeforeMs ?? RENEW_BEFORE_MS
  let current: { readonly secret: Secret; readonly goodUntil: number } | null = null
  let pending: Promise<Secret> | null = null
  let refused: string | null = null

  const renew = async (): Promise<Secret> => {
    const { token, expiresAt } = await issue()
    if (expiresAt <= clock.now()) {
      throw new RalphError(
        'E_BROKER_TOKEN',
        'an access token must end later than now; found past',
        {
          expiresAt,
        },
      )
    }
    if (token === refused) {
      throw new RalphError(
        'E_BROKER_TOKEN',
        'the broker refused an access token and issued the same one again',
      )
    }
    // A short-lived token is used for half of what is left of it.
    const left = expiresAt - clock.now()
    const goodUntil = clock.now() + Math.max(left - renewBeforeMs, left / 2, 1000)
    current = { secret: new Secret(token), goodUntil }
    onEvent?.({ type: 'token-issued', expiresAt })
    return current.secret
  }

  return {
    get: () => {
      if (current !== null && current.goodUntil > clock.now()) {
        return Promise.resolve(current.secret)
      }
      pending ??= renew().finally(() => {
        pending = null
      })
      return pending
    },
    reject: (token, code) => {
      if (current === null || current.secret.reveal() !== token.reveal()) return
      refused = token.reveal()
      current = null
      onEvent?.({ type: 'token-rejected', code })
    },
    held: () => current?.secret ?? null,
  }
}
