import { z } from 'zod'
import { envelope, metricList, metricsQuery, metricsReset } from '../api/index.js'
import type { ServerContext } from '../context.js'
import type { Metrics } from '../observability/metrics.js'
import { type Api, errorResponses, ok } from '../plugins/index.js'

/** What the service counts and times. */
export function metricsRoutes(app: Api, context: ServerContext, metrics: Metrics): void {
  app.route({
    method: 'GET',
    url: '/metrics',
    config: { scope: 'read' },
    schema: {
      tags: ['system'],
      summary: 'Metrics for Prometheus',
      response: {
        200: {
          description: 'In the text form of Prometheus',
          content: { [metrics.contentType]: { schema: z.string() } },
        },
        ...errorResponses(),
      },
    },
    handler: async (_request, reply) => {
      const text = await metrics.text()
      return reply.type(metrics.contentType).serializer(String).send(text)
    },
  })
  app.route({
    method: 'GET',
    url: '/api/metrics',
    config: { scope: 'read' },
    schema: {
      tags: ['system'],
      summary: 'Metrics as data',
      querystring: metricsQuery,
      response: { 200: envelope(metricList), ...errorResponses() },
    },
    handler: async ({ query: { metric_type: type, limit } }) => {
      const all = await metrics.list()
      const filtered = type === undefined ? all : all.filter((one) => one.type === type)
      const shown = filtered.slice(0, limit)
      return ok(context, {
        metrics: shown.map(({ values, ...rest }) => ({
          ...rest,
          values: values.map(({ labels, ...value }) => ({ ...value, labels: { ...labels } })),
        })),
        total: all.length,
        filtered: filtered.length,
      })
    },
  })
  app.route({
    method: 'POST',
    url: '/api/metrics/reset',
    config: { scope: 'admin' },
    schema: {
      tags: ['system'],
      summary: 'Begin to count again at zero',
      response: { 200: envelope(metricsReset), ...errorResponses() },
    },
    handler: async () => {
      metrics.reset()
      return ok(context, { reset: true as const })
    },
  })
}
