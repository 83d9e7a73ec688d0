import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { ServerContext } from '../context.js'

/** A group of routes: registered with `app.register(routes, { context })`. */
export type Routes = FastifyPluginAsyncZod<{ context: ServerContext }>

/** Several groups as one. */
export function together(...groups: readonly Routes[]): Routes {
  return async (app, options) => {
    for (const group of groups) await app.register(group, options)
  }
}
