import fastifyPlugin from 'fastify-plugin'
import type { Metrics } from './metrics.js'

/** Times every answer by the pattern of its route: a path of its own for each stock would never end. */
export const requestMetricsPlugin = fastifyPlugin<{ readonly metrics: Metrics }>(
  async (app, { metrics }) => {
    app.addHook('onResponse', async (request, reply) => {
      metrics.request({
        route: request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown'),
        method: request.method,
        status: reply.statusCode,
        seconds: reply.elapsedTime / 1000,
      })
    })
  },
  { name: 'request-metrics' },
)
