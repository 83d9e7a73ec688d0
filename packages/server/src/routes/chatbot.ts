import { RalphError } from '@ralph-stock/core'
import { z } from 'zod'
import { errorResponses } from '../plugins/index.js'
import type { Routes } from './routes.js'

type Path = readonly ['GET' | 'POST' | 'DELETE', string]

const OWN: readonly Path[] = [
  ['POST', '/chat'],
  ['GET', '/context'],
  ['POST', '/context'],
  ['DELETE', '/context/:id'],
  ['GET', '/session/:id'],
  ['DELETE', '/session/:id'],
  ['GET', '/recommendations'],
]
const params = z.object({ id: z.string().min(1).max(100) })

/** The chatbot's own routes: they say that there is none yet. */
export const chatbotRoutes: Routes = absent('', OWN)

/** The same as the gateway names them. */
export const chatbotGatewayRoutes: Routes = absent('/api/kr/chatbot', [['GET', '/health'], ...OWN])

function absent(prefix: string, paths: readonly Path[]): Routes {
  return async (app) => {
    for (const [method, path] of paths) {
      app.route({
        method,
        url: `${prefix}${path}`,
        config: { scope: 'read' },
        schema: {
          tags: ['chatbot'],
          summary: 'The chatbot, which is not part of this version',
          ...(path.includes(':id') ? { params } : {}),
          response: errorResponses('E_SERVICE_ABSENT'),
        },
        handler: async () => {
          throw new RalphError(
            'E_SERVICE_ABSENT',
            'the chatbot is not part of this version of the service',
            { service: 'chatbot' },
          )
        },
      })
    }
  }
}
