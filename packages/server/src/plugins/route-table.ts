import type { FastifyInstance, RouteOptions } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

/** A route as it was registered. */
export type Route = {
  readonly method: string
  /** As registered: `/api/kr/stocks/:ticker`. */
  readonly url: string
  readonly options: RouteOptions
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route of the app, in the order of registration. */
    routeTable: Route[]
  }
}

/** Remembers the routes of an app, for what has to hold of each of them. */
export const routeTablePlugin = fastifyPlugin(
  async (app) => {
    app.decorate('routeTable', [])
    app.addHook('onRoute', (options) => {
      for (const method of [options.method].flat()) {
        app.routeTable.push({ method, url: options.url, options })
      }
    })
  },
  { name: 'route-table' },
)

/** Methods under which a path is served, in alphabetical order. */
export function allowedMethods(app: FastifyInstance, url: string): string[] {
  const path = (url.split('?')[0] ?? '').split('/')
  const methods = app.routeTable.filter((route) => matches(route.url.split('/'), path))
  return [...new Set(methods.map(({ method }) => method))].sort()
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  if (pattern.length !== path.length) return false
  return pattern.every((part, k) => (part.startsWith(':') ? path[k] !== '' : part === path[k]))
}
