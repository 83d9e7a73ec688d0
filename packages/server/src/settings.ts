import { RalphError } from '@ralph-stock/core'
import { z } from 'zod'
import { type AppLimits, DEFAULT_APP_LIMITS } from './limits.js'
import { type BackendName, SERVICE_PORTS, type Served } from './service-names.js'

/** What the environment says about the service. */
export type Settings = {
  readonly host: string
  readonly port: number
  readonly requireKey: boolean
  /** Origins of pages that may use the service from another address. */
  readonly origins: readonly string[]
  /** Names under which the service is known, beside those of this machine. */
  readonly hosts: readonly string[]
  readonly trustProxy: boolean | string
  readonly limits: AppLimits
  /** Whether no signal is opened while the market gate is RED; else it carries a warning. */
  readonly holdUnderRed: boolean
  readonly upstreams: Readonly<Partial<Record<BackendName, string>>>
  readonly logLevel: string
  /** Where traces are sent; null for none. */
  readonly tracesUrl: string | null
}

const integer = (fallback: number, least: number, most = 2 ** 31 - 1) =>
  z.coerce.number().int().min(least).max(most).default(fallback)
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
const yes = z.stringbool().default(false)
const address = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))
const { requestsPerMinute, costlyPerMinute, bodyBytes, requestTimeoutMs, upstreamTimeoutMs } =
  DEFAULT_APP_LIMITS

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  REQUIRE_KEY: yes,
  CORS_ORIGINS: list,
  ALLOWED_HOSTS: list,
  TRUST_PROXY: z.string().default('false'),
  RATE_LIMIT: integer(requestsPerMinute, 0),
  RATE_LIMIT_COSTLY: integer(costlyPerMinute, 0),
  BODY_LIMIT_BYTES: integer(bodyBytes, 1024, 16 * 1024 * 1024),
  REQUEST_TIMEOUT_MS: integer(requestTimeoutMs, 100),
  UPSTREAM_TIMEOUT_MS: integer(upstreamTimeoutMs, 100),
  HOLD_UNDER_RED: yes,
  VCP_SCANNER_URL: address.optional(),
  SIGNAL_ENGINE_URL: address.optional(),
  DAYTRADING_SCANNER_URL: address.optional(),
  CHATBOT_SERVICE_URL: address.optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional(),
})

/**
 * Reads the settings of a service from the environment; an empty value is as good as none.
 *
 * @throws RalphError E_SERVER_SETTINGS, which names each setting that is wrong
 */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  service: Served = 'all',
): Settings {
  const given = Object.entries(env).filter(([, value]) => value !== undefined && value !== '')
  const read = environment.safeParse(Object.fromEntries(given))
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new RalphError('E_SERVER_SETTINGS', wrong.join('; '), { settings: wrong })
  }
  const settings = read.data
  return {
    host: settings.HOST,
    port: settings.PORT ?? SERVICE_PORTS[service === 'all' ? 'gateway' : service],
    requireKey: settings.REQUIRE_KEY,
    origins: settings.CORS_ORIGINS,
    hosts: settings.ALLOWED_HOSTS,
    trustProxy: proxies(settings.TRUST_PROXY),
    limits: {
      ...DEFAULT_APP_LIMITS,
      requestsPerMinute: settings.RATE_LIMIT || Number.POSITIVE_INFINITY,
      costlyPerMinute: settings.RATE_LIMIT_COSTLY || Number.POSITIVE_INFINITY,
      bodyBytes: settings.BODY_LIMIT_BYTES,
      requestTimeoutMs: settings.REQUEST_TIMEOUT_MS,
      upstreamTimeoutMs: settings.UPSTREAM_TIMEOUT_MS,
    },
    holdUnderRed: settings.HOLD_UNDER_RED,
    upstreams: present({
      'vcp-scanner': settings.VCP_SCANNER_URL,
      'signal-engine': settings.SIGNAL_ENGINE_URL,
      'daytrading-scanner': settings.DAYTRADING_SCANNER_URL,
      chatbot: settings.CHATBOT_SERVICE_URL,
    }),
    logLevel: settings.LOG_LEVEL,
    tracesUrl: settings.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
  }
}

// `true`, `false`, or addresses of the proxies, as Fastify takes them.
function proxies(text: string): boolean | string {
  return text === 'true' || text === 'false' ? text === 'true' : text
}

function present<K extends string>(
  values: Readonly<Record<K, string | undefined>>,
): Partial<Record<K, string>> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  // Sound: what is left are strings under the same names.
  return Object.fromEntries(entries) as Partial<Record<K, string>>
}
