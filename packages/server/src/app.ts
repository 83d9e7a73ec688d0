import replyFrom from '@fastify/reply-from'
import { RalphError } from '@ralph-stock/core'
import Fastify, { type FastifyServerOptions } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { ServerContext } from './context.js'
import { createForwarder, type Forwarder } from './forward/forwarder.js'
import { serviceStates } from './forward/services.js'
import { createKeyRing } from './keys/key-ring.js'
import { type AppLimits, DEFAULT_APP_LIMITS } from './limits.js'
import { type AppRoutes, mountRoutes, ROUTES } from './mount.js'
import { createLogger, type LogOptions } from './observability/logger.js'
import { createMetrics, type Metrics } from './observability/metrics.js'
import { RequestLog } from './observability/request-log.js'
import { requestMetricsPlugin } from './observability/request-metrics.js'
import type { Tracing } from './observability/tracing.js'
import { admissionPlugin } from './plugins/admission.js'
import type { Api } from './plugins/api.js'
import { browserSafetyPlugin } from './plugins/browser-safety.js'
import { closingPlugin } from './plugins/closing.js'
import { dashboardPlugin } from './plugins/dashboard.js'
import { docsPlugin } from './plugins/docs.js'
import { errorsPlugin, malformedRequest } from './plugins/errors.js'
import { rateLimitsPlugin } from './plugins/rate-limits.js'
import { requestIdOf, requestIdsPlugin } from './plugins/request-ids.js'
import { routeTablePlugin } from './plugins/route-table.js'
import { createSerializer } from './plugins/serializer.js'
import { compileValidator } from './plugins/validator.js'
import { BACKENDS, type BackendName, type Served } from './service-names.js'
import { healthRoutes } from './system/health-routes.js'
import { metricsRoutes } from './system/metrics-routes.js'
import { rootRoute } from './system/root-route.js'
import { socketRoutes } from './system/socket-routes.js'
import { systemRoutes } from './system/system-routes.js'

/** What an app is assembled from. All but the context may be left out. */
export type AppOptions = {
  readonly context: ServerContext
  /** `all` unless said: every service in one process. */
  readonly service?: Served
  /** Addresses of services that run elsewhere; their paths are passed on to them. */
  readonly upstreams?: Readonly<Partial<Record<BackendName, string>>>
  /** Folder of the built page, served at `/`. */
  readonly dashboard?: string
  /** Whether requests from this machine need a key too. Those from others always do. */
  readonly requireKey?: boolean
  /** Origins of pages of other addresses that may use the API and the socket. */
  readonly origins?: readonly string[]
  /** Names of this service in the Host header, beside those of this machine. */
  readonly hosts?: readonly string[]
  /** Proxies whose word on the caller's address is taken. */
  readonly trustProxy?: boolean | string
  readonly limits?: Partial<AppLimits>
  readonly logger?: LogOptions
  /** Those that others count into as well; of its own unless given. */
  readonly metrics?: Metrics
  readonly tracing?: Tracing
  /** Whether an answer that does not match its schema is an error: in tests and development. */
  readonly strict?: boolean
  /** Real time for keys, epoch ms: the clock of the market may run faster. */
  readonly now?: () => number
  /** Other routes than those of the service, in a test. */
  readonly routes?: AppRoutes
}

const STRICT_IN = ['test', 'development']

/**
 * Builds the app: every route, plugin and hook. It does not listen; `app.close()` ends what it began,
 * and leaves the context to whoever made it.
 *
 * @throws RalphError E_PARAM_RANGE
 * @example
 * const app = await buildApp({ context })
 * await app.listen({ host: '127.0.0.1', port: 5111 })
 */
export async function buildApp(options: AppOptions): Promise<Api> {
  const { context, service = 'all', requireKey = false, tracing, now = Date.now } = options
  const { origins = [], hosts = [], trustProxy = false } = options
  const limits = limitsOf(options.limits)
  const metrics = options.metrics ?? createMetrics()
  const strict = options.strict ?? STRICT_IN.includes(process.env['NODE_ENV'] ?? '')
  const app: Api = Fastify({
    ...serverOptions(options, limits),
    frameworkErrors: (error, request, reply) => {
      malformedRequest(error, request, reply, context.clock.now())
    },
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(compileValidator)
  app.setSerializerCompiler(createSerializer(strict))

  if (tracing !== undefined) await app.register(tracing.plugin)
  await app.register(routeTablePlugin)
  await app.register(requestIdsPlugin)
  await app.register(requestMetricsPlugin, { metrics })
  await app.register(errorsPlugin, { context, page: options.dashboard !== undefined })
  await app.register(closingPlugin, { closeMs: limits.closeMs })
  await app.register(browserSafetyPlugin, { origins })
  await app.register(rateLimitsPlugin, { limits })
  await app.register(admissionPlugin, {
    keys: createKeyRing(() => context.store.repositories.apiKeys, now),
    requireKey,
    places: { origins, hosts },
    trustsProxy: trustProxy !== false,
  })
  await app.register(docsPlugin, { version: context.version, title: 'Ralph Stock' })

  const forwarders = await forwardersOf(app, options, limits, metrics)
  healthRoutes(app, context, service)
  metricsRoutes(app, context, metrics)
  systemRoutes(app, context, {
    requireKey,
    services: () => serviceStates(service, forwarders),
  })
  const routes = options.routes ?? ROUTES
  await mountRoutes(app, context, { routes, served: service, forwarders })
  if (service === 'all' || service === 'gateway') {
    await app.register(socketRoutes, { hub: context.hub, origins })
  }
  if (options.dashboard === undefined) rootRoute(app, context)
  else await app.register(dashboardPlugin, { folder: options.dashboard })
  metrics.watch(context)
  await app.ready()
  return app
}

function serverOptions(
  { trustProxy = false, logger }: AppOptions,
  limits: AppLimits,
): FastifyServerOptions {
  return {
    loggerInstance: createLogger(logger),
    logController: new RequestLog(),
    genReqId: requestIdOf,
    trustProxy,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    handlerTimeout: limits.requestTimeoutMs,
    // Answered by a hook of ours, in the envelope.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
  }
}

async function forwardersOf(
  app: Api,
  { service = 'all', upstreams = {} }: AppOptions,
  limits: AppLimits,
  metrics: Metrics,
): Promise<ReadonlyMap<string, Forwarder>> {
  const forwarders = new Map<string, Forwarder>()
  if (service !== 'all' && service !== 'gateway') return forwarders
  for (const name of BACKENDS) {
    const url = upstreams[name]?.replace(/\/+$/, '')
    if (url !== undefined) {
      forwarders.set(name, createForwarder({ service: name, url, limits, metrics }))
    }
  }
  if (forwarders.size === 0) return forwarders
  await app.register(replyFrom, { undici: { connections: 128 }, disableRequestLogging: true })
  app.addHook('onClose', async () => {
    for (const forwarder of forwarders.values()) forwarder.close()
  })
  return forwarders
}

function limitsOf(given: Partial<AppLimits> = {}): AppLimits {
  const limits = { ...DEFAULT_APP_LIMITS, ...given }
  for (const [name, value] of Object.entries(limits)) {
    if (value > 0) continue
    const message = `${name} must be above 0; found "${value}"`
    throw new RalphError('E_PARAM_RANGE', message, { name, value })
  }
  return limits
}
