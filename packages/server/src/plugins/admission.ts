import { RalphError } from '@ralph-stock/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { KeyScope } from '../api/index.js'
import type { Principal } from '../context.js'
import { credentialOf } from '../keys/credential.js'
import { type KeyRing, reaches } from '../keys/key-ring.js'
import { isKnownHost, isKnownOrigin, isLocal, type KnownPlaces } from './origins.js'

/** Who is let in. */
export type AdmissionOptions = {
  readonly keys: KeyRing
  /** Whether requests from this machine need a key too; others always do. */
  readonly requireKey: boolean
  readonly places: KnownPlaces
  readonly trustsProxy: boolean
}

const NOBODY: Principal = { id: null, name: 'nobody', scope: 'read' }
const OWNER: Principal = { id: null, name: 'local', scope: 'admin' }

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Lets a request in or refuses it: by Host and Origin, by key and its scope, and by how many came
 * before. Runs before its body is read.
 */
export const admissionPlugin = fastifyPlugin<AdmissionOptions>(
  async (app, { keys, requireKey, places, trustsProxy }) => {
    // Read only: what differs between requests is assigned by the hook.
    app.decorateRequest('principal', null as unknown as Principal)
    app.addHook('onRoute', ({ method, url, config }) => {
      const methods = [method].flat()
      if (config?.scope !== undefined || methods.every((name) => SAFE.has(name))) return
      throw new RalphError('E_INTERNAL', `${methods.join()} ${url} does not say its scope`)
    })
    app.addHook('onRequest', async (request, reply) => {
      request.principal = NOBODY
      const local = !requireKey && isLocal(request, trustsProxy)
      if (local && !isKnownHost(request.headers.host, places)) {
        throw new RalphError('E_HOST_REFUSED', 'the Host header names another machine', {
          host: request.headers.host,
        })
      }
      if (changes(request) && !isKnownOrigin(request, places)) {
        throw new RalphError('E_ORIGIN_REFUSED', 'pages of this origin may not do this', {
          origin: request.headers.origin,
        })
      }
      await admit(request, reply, local)
    })

    // The server no longer watches a connection that asked for an upgrade: refused in plain HTTP, it
    // would stay open for ever.
    app.addHook('onResponse', async ({ headers, raw }) => {
      if (headers.upgrade !== undefined) raw.socket.destroySoon?.()
    })

    async function admit(
      request: FastifyRequest,
      reply: FastifyReply,
      local: boolean,
    ): Promise<void> {
      const needed = scopeOf(request)
      const key = needed === 'open' ? null : credentialOf(request)
      if (key === null) {
        await app.countRequest(request, reply, `address ${request.ip}`)
        if (needed === 'open') return
        if (!local)
          throw new RalphError('E_KEY_MISSING', 'send a key: Authorization: Bearer rs_...')
        request.principal = OWNER
        return
      }
      request.principal = await holderOf(key, request, reply)
      if (reaches(request.principal.scope, needed as KeyScope)) return
      throw new RalphError(
        'E_KEY_SCOPE',
        `this needs a key of the scope ${needed}; this one has ${request.principal.scope}`,
        { needed, scope: request.principal.scope },
      )
    }

    // Guesses count against the address before they cost a statement; a known key has its own count.
    async function holderOf(
      key: string,
      request: FastifyRequest,
      reply: FastifyReply,
    ): Promise<Principal> {
      let holder = keys.known(key)
      if (holder === undefined || holder === null) {
        await app.countRequest(request, reply, `address ${request.ip}`)
        holder = await keys.holder(key)
      } else {
        await app.countRequest(request, reply, `key ${holder.id}`)
      }
      if (holder !== null) return holder
      throw new RalphError('E_KEY_INVALID', 'the key is unknown, expired or revoked')
    }
  },
  { name: 'admission', dependencies: ['rate-limits'] },
)

/** Lets everybody to the routes that are registered on an instance afterwards: pages and their files. */
export function openToAll(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, scope: 'open' }
  })
}

// What nothing answers is nobody's secret.
function scopeOf({ routeOptions, is404 }: FastifyRequest): KeyScope | 'open' {
  return is404 ? 'open' : (routeOptions.config.scope ?? 'read')
}

function changes({ method, headers }: FastifyRequest): boolean {
  return !SAFE.has(method) || headers.upgrade !== undefined
}
