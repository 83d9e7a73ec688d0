import { z } from 'zod'

export const metricsQuery = z.object({
  metric_type: z.enum(['counter', 'gauge', 'histogram', 'summary']).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

/** Metrics with their numbers; a number of a histogram has a name of its own. */
export const metricList = z
  .object({
    metrics: z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        help: z.string(),
        values: z.array(
          z.object({
            name: z.string(),
            labels: z.record(z.string(), z.string()),
            value: z.number().nullable().describe('Null where nothing was measured yet'),
          }),
        ),
      }),
    ),
    total: z.number(),
    filtered: z.number(),
  })
  .meta({ id: 'MetricList' })

export const metricsReset = z.object({ reset: z.literal(true) }).meta({ id: 'MetricsReset' })
