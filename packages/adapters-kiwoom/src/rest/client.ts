import { isRalphError, RalphError, type RequestOptions } from '@ralph-stock/core'
import { z } from 'zod'
import { createTokenSource, type IssuedToken, type TokenSource } from '../auth/token-source.js'
import { type Clock, sleep } from '../clock.js'
import type { EventListener } from '../events.js'
import {
  backOffMs,
  type RandomSource,
  REQUEST_BACK_OFF,
  rateLimitWaitMs,
} from '../limits/back-off.js'
import type { RequestScheduler } from '../limits/scheduler.js'
import { readInstant } from '../map/times.js'
import type { Refusals } from '../refusals.js'
import type { Redactor } from '../secret.js'
import type { KiwoomSettings } from '../settings.js'
import { readAnswer } from './envelope.js'
import { OAUTH, type Tr } from './tr.js'
import type { HttpAnswer, HttpTransport } from './transport.js'

/** What a REST client is made of. */
export type RestClientOptions = {
  readonly settings: KiwoomSettings
  readonly clock: Clock
  readonly random: RandomSource
  readonly transport: HttpTransport
  readonly scheduler: RequestScheduler
  readonly redactor: Redactor
  readonly refusals: Refusals
  readonly onEvent: EventListener
  readonly timeoutMs?: number
  /** Attempts of a request that fails on the way, or is refused as too many. */
  readonly attempts?: number
}

/** One page of an answer. */
export type Page = {
  readonly body: Readonly<Record<string, unknown>>
  /** Where the next page begins; null on the last one. */
  readonly next: string | null
}

/** The fields of a request. */
export type RequestBody = Readonly<Record<string, string>>

/** Asks the broker: a token, a turn, an answer, and patience with what passes. */
export interface RestClient {
  readonly tokens: TokenSource
  /** One page. `next` continues an answer whose page said so. */
  page(tr: Tr, body: RequestBody, next: string | null, options?: RequestOptions): Promise<Page>
  /** Gives the token back. Other clients of the same key may be using it. */
  revoke(): Promise<void>
}

const TIMEOUT_MS = 20_000
const ATTEMPTS = 6
/** Some firewalls in front of the broker refuse the names that HTTP libraries give themselves. */
const USER_AGENT = 'Mozilla/5.0 (compatible; ralph-stock)'

const issued = z.object({ token: z.string().min(1), expires_dt: z.string() })

/** Makes a REST client. */
export function createRestClient(options: RestClientOptions): RestClient {
  const { settings, clock, random, transport, scheduler, redactor, refusals, onEvent } = options
  const attempts = options.attempts ?? ATTEMPTS
  redactor.add(settings.appKey.reveal(), 'key')
  redactor.add(settings.secretKey.reveal(), 'key')

  const tokens = createTokenSource({ clock, onEvent, issue })

  async function issue(): Promise<IssuedToken> {
    const body = {
      grant_type: 'client_credentials',
      appkey: settings.appKey.reveal(),
      secretkey: settings.secretKey.reveal(),
    }
    const answer = await ask(OAUTH.issue, body, null, {}, false)
    const parsed = issued.safeParse(answer.body)
    const expiresAt = parsed.success ? readInstant(parsed.data.expires_dt) : null
    if (!parsed.success || expiresAt === null) {
      throw new RalphError('E_BROKER_PAYLOAD', 'a token answer must hold token and expires_dt')
    }
    redactor.add(parsed.data.token, 'token')
    return { token: parsed.data.token, expiresAt }
  }

  async function ask(
    tr: Tr,
    body: RequestBody,
    next: string | null,
    how: RequestOptions,
    authorized: boolean,
  ): Promise<Page> {
    let rejected = false
    for (let attempt = 1; ; attempt++) {
      const token = authorized ? await tokens.get() : null
      const headers: Record<string, string> = {
        'content-type': 'application/json;charset=UTF-8',
        'user-agent': USER_AGENT,
        'api-id': tr.id,
      }
      if (token !== null) headers['authorization'] = `Bearer ${token.reveal()}`
      if (next !== null) {
        headers['cont-yn'] = 'Y'
        headers['next-key'] = next
      }
      const result = await send(tr, body, headers, how)
      if (result.kind === 'data') return result.page
      if (result.kind === 'error') throw result.error
      if (result.kind === 'token') {
        if (token === null || rejected) throw refusedToken(tr, result.code)
        rejected = true
        tokens.reject(token, result.code)
        continue
      }
      if (attempt >= attempts) throw result.error
      if (result.kind === 'rate') {
        const waitMs = rateLimitWaitMs(attempt, random)
        scheduler.pause(result.scope === 'all' ? null : tr.id, waitMs)
        if (result.perSecond !== null) scheduler.learn(tr.id, result.perSecond)
        onEvent({ type: 'rate-limited', api: tr.id, waitMs })
      } else {
        const waitMs = backOffMs(REQUEST_BACK_OFF, attempt, random)
        const { code } = result.error
        onEvent({ type: 'request-retried', api: tr.id, attempt, waitMs, code })
        await sleep(clock, waitMs, how.signal).catch(() => {
          throw new RalphError('E_BROKER_CLOSED', 'the request was given up while it waited')
        })
      }
    }
  }

  type Sent =
    | { readonly kind: 'data'; readonly page: Page }
    | { readonly kind: 'token'; readonly code: string }
    | {
        readonly kind: 'rate'
        readonly scope: 'api' | 'all'
        readonly perSecond: number | null
        readonly error: RalphError
      }
    | { readonly kind: 'transient' | 'error'; readonly error: RalphError }

  async function send(
    tr: Tr,
    body: RequestBody,
    headers: Readonly<Record<string, string>>,
    how: RequestOptions,
  ): Promise<Sent> {
    const done = await scheduler.turn(tr.id, how.priority ?? 'normal', how.signal)
    let answer: HttpAnswer
    try {
      answer = await transport({
        url: settings.restUrl + tr.path,
        headers,
        body: JSON.stringify(body),
        timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
        ...(how.signal === undefined ? {} : { signal: how.signal }),
      })
    } catch (error) {
      if (!isRalphError(error)) throw error
      return { kind: error.code === 'E_BROKER_UNAVAILABLE' ? 'transient' : 'error', error }
    } finally {
      done()
    }
    const outcome = readAnswer(answer, redactor.redact)
    switch (outcome.kind) {
      case 'data':
        return { kind: 'data', page: { body: outcome.body, next: nextOf(answer) } }
      case 'rate': {
        const text = `${tr.id} was refused as too many requests, ${attempts} times in a row`
        return { ...outcome, error: new RalphError('E_BROKER_RATE_LIMIT', text, { api: tr.id }) }
      }
      case 'transient':
        refusals.add(`${tr.id}: answer: ${outcome.error.code}`)
        return outcome
      default:
        return outcome
    }
  }

  return {
    tokens,
    page: (tr, body, next, how = {}) => ask(tr, body, next, how, true),
    revoke: async () => {
      const held = tokens.held()
      if (held === null) return
      const body = {
        appkey: settings.appKey.reveal(),
        secretkey: settings.secretKey.reveal(),
        token: held.reveal(),
      }
      await ask(OAUTH.revoke, body, null, {}, false)
      tokens.reject(held, 'revoked')
    },
  }
}

/** The cursor is opaque; without one there is no next page, whatever `cont-yn` says. */
function nextOf(answer: HttpAnswer): string | null {
  const key = answer.header('next-key')
  return answer.header('cont-yn') === 'Y' && key !== '' ? key : null
}

function refusedToken(tr: Tr, code: string): RalphError {
  return new RalphError(
    'E_BROKER_TOKEN',
    `${tr.id} was refused with a fresh access token too (${code})`,
    { api: tr.id, brokerCode: code },
  )
}
