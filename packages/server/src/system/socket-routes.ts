import type { FastifyPluginAsync } from 'fastify'
import { errorResponses } from '../plugins/index.js'
import type { Hub } from '../ws/hub-types.js'
import { wsPlugin } from '../ws/plugin.js'

/** The socket `/ws` behind the app's own doors: who comes as far as here has shown a good key. */
export const socketRoutes: FastifyPluginAsync<{
  readonly hub: Hub
  readonly origins: readonly string[]
}> = async (app, { hub, origins }) => {
  app.addHook('onRoute', ({ schema }) => {
    if (schema === undefined) return
    schema.response = { ...errorResponses(), ...(schema.response as object | undefined) }
  })
  await app.register(wsPlugin, {
    hub,
    origins,
    ownPages: true,
    authorize: async ({ principal }) => ({ id: principal.id }),
  })
}
