import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import fastifyPlugin from 'fastify-plugin'

/** What browsers are told: which pages may ask from elsewhere, and what the pages of the service may do. */
export const browserSafetyPlugin = fastifyPlugin<{ readonly origins: readonly string[] }>(
  async (app, { origins }) => {
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          baseUri: ["'self'"],
          // The socket of the same address is within 'self'.
          connectSrc: ["'self'"],
          fontSrc: ["'self'", 'data:'],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          imgSrc: ["'self'", 'data:'],
          objectSrc: ["'none'"],
          scriptSrc: ["'self'"],
          // Charts and the documentation set styles of their elements.
          styleSrc: ["'self'", "'unsafe-inline'"],
        },
      },
      // Plain HTTP is what this machine is served by; TLS ends at a proxy, which says this itself.
      strictTransportSecurity: false,
    })
    await app.register(cors, {
      origin: origins.length === 0 ? false : [...origins],
      methods: ['GET', 'HEAD', 'POST', 'DELETE'],
      allowedHeaders: ['authorization', 'content-type', 'x-api-key', 'x-request-id'],
      exposedHeaders: ['x-request-id', 'retry-after', 'ratelimit-limit', 'ratelimit-remaining'],
      maxAge: 600,
      strictPreflight: false,
    })
  },
  { name: 'browser-safety' },
)
