import type { ServerContext } from './context.js'
import { forwardRoutes } from './forward/forwarded-routes.js'
import type { Forwarder } from './forward/forwarder.js'
import type { Api } from './plugins/index.js'
import { gatewayRoutes, type Routes, SERVICE_ROUTES, type ServiceRoutes } from './routes/index.js'
import { BACKENDS, type BackendName, type Served } from './service-names.js'

/** Every route of the API. */
export type AppRoutes = {
  readonly services: Readonly<Record<BackendName, ServiceRoutes>>
  /** Those of no service behind it. */
  readonly gateway: Routes
}

/** The routes of the service. */
export const ROUTES: AppRoutes = { services: SERVICE_ROUTES, gateway: gatewayRoutes }

/** What is served, and what is passed on. */
export type MountOptions = {
  readonly routes: AppRoutes
  readonly served: Served
  readonly forwarders: ReadonlyMap<string, Forwarder>
}

/** Puts the routes at their places: here, or passed on to a service that runs elsewhere. */
export async function mountRoutes(
  app: Api,
  context: ServerContext,
  { routes, served, forwarders }: MountOptions,
): Promise<void> {
  const together = served === 'all' || served === 'gateway'
  if (together) await app.register(routes.gateway, { context })
  for (const name of BACKENDS) {
    const { own, gateway } = routes.services[name]
    const forwarder = forwarders.get(name) ?? null
    if (served === name) {
      await app.register(own, { context })
      await app.register(gateway, { context })
    } else if (served === 'all' || (together && forwarder !== null)) {
      const prefix = `/services/${name}`
      await app.register(passedOn(own, forwarder, prefix), { context, prefix })
      await app.register(passedOn(gateway, forwarder), { context })
    }
  }
}

function passedOn(routes: Routes, forwarder: Forwarder | null, prefix = ''): Routes {
  return async (app, { context }) => {
    if (forwarder !== null) forwardRoutes(app, forwarder, prefix)
    await app.register(routes, { context })
  }
}
