import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { KeyScope } from '../api/index.js'
import type { Principal } from '../context.js'

/** The app as routes see it: their zod schemas give `request` and what they return its types. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * What a key must reach to: `open` asks for none. `read` unless said, which only a GET may leave
     * unsaid.
     */
    scope?: KeyScope | 'open'
    /** Counts against the stricter limit of what costs much. */
    costly?: boolean
  }
  interface FastifyRequest {
    /** Who asks. */
    principal: Principal
  }
}
