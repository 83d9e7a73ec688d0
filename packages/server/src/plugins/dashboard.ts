import fastifyStatic from '@fastify/static'
import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { openToAll } from './admission.js'

/** Serves the built page from a folder; its file names change with their content. */
export const dashboardPlugin = fastifyPlugin<{ readonly folder: string }>(
  async (app, { folder }) => {
    // For the paths that only the page knows.
    await app.register(fastifyStatic, { root: folder, serve: false })
    await app.register(async (scope) => {
      openToAll(scope)
      await scope.register(fastifyStatic, {
        root: folder,
        wildcard: false,
        decorateReply: false,
        maxAge: '1h',
        setHeaders: (reply, path) => {
          if (path.endsWith('.html')) reply.header('cache-control', 'no-cache')
        },
      })
    })
  },
  { name: 'dashboard' },
)

/** Whether a browser navigates to a path that may be one of the page. */
export function asksForPage({ method, url, headers }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  if (/^\/(?:api|services|docs|internal|ws|metrics|health|ready)(?:[/?]|$)/.test(url)) return false
  return headers.accept?.includes('text/html') === true
}
