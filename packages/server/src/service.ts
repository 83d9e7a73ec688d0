import { systemClock } from '@ralph-stock/adapters-kiwoom'
import type { Store } from '@ralph-stock/adapters-timescale'
import { isRalphError, krxCalendar, RalphError, type Strategy } from '@ralph-stock/core'
import { createEngine } from '@ralph-stock/engine'
import { buildApp } from './app.js'
import type { Jobs, ServerContext } from './context.js'
import { DAILY_PLAN, jobDefinitions, SCANNED_DAILY } from './jobs/definitions/index.js'
import { createJobRunner, type JobRunner } from './jobs/runner.js'
import { startSchedule } from './jobs/schedule.js'
import { assertMayListen } from './keys/index.js'
import { type Broker, openBroker } from './live/broker.js'
import { type FollowedMarket, followMarket, type LiveMarketOptions } from './live/live-market.js'
import { publishDesk, publishJob, publishSignals } from './live/publish.js'
import { topicSnapshot } from './live/snapshots.js'
import { createLogger, type LogOptions } from './observability/logger.js'
import { createMetrics } from './observability/metrics.js'
import type { Tracing } from './observability/tracing.js'
import type { Api } from './plugins/api.js'
import type { Served } from './service-names.js'
import { gateView } from './services/gate-view.js'
import { readSettings } from './settings.js'
import { createHub } from './ws/hub.js'

/** What a service is started with. */
export type ServiceOptions = {
  /** Opened and closed by the caller. */
  readonly store: Store
  readonly strategies: readonly Strategy[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly version: string
  /** `all` unless said. */
  readonly service?: Served
  /** Where it listens; the settings' unless said, 0 takes a free port. */
  readonly host?: string
  readonly port?: number
  /** Folder of the built page. */
  readonly dashboard?: string
  /** Of the simulated broker within this process, as a multiple of real time. */
  readonly speed?: number
  /** Made already, and closed with the service; chosen by the environment and the store unless given. */
  readonly broker?: Broker
  /**
   * Where processes share a store: jobs of one that was silent for so long are taken up by another, ms;
   * 30 s unless said.
   */
  readonly silentMs?: number
  /** How the broker's market is followed. */
  readonly market?: Pick<LiveMarketOptions, 'slots' | 'flowsEveryMs'>
  /** Whether the broker is followed and the day's work is done: where all or the gateway is served. */
  readonly follow?: boolean
  readonly logger?: LogOptions
  readonly tracing?: Tracing
}

/** A service that listens. */
export type RunningService = {
  readonly app: Api
  readonly context: ServerContext
  /** Where it listens, as others reach it. */
  readonly url: string
  /** Whether the broker is a simulator in this process. */
  readonly simulated: boolean
  /** Ends what runs or queues it again, says goodbye to sockets, and stops listening. */
  close(): Promise<void>
}

const PRICE = 'price:'
const SILENT_MS = 30_000
/** How often a living process is heard of in that time. */
const HEARD_OF = 6

/**
 * Assembles the service over an open store and starts it.
 *
 * @throws RalphError E_SERVER_SETTINGS, E_SERVER_EXPOSED, E_SERVER_PORT, E_BROKER_*, E_STORE_*
 */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { store, strategies, env, version, service = 'all', tracing } = options
  const settings = readSettings(env, service)
  const host = options.host ?? settings.host
  const port = options.port ?? settings.port
  const { requireKey, holdUnderRed } = settings
  const activeKeys = await store.repositories.apiKeys.countActive(new Date())
  assertMayListen({ host, requireKey, activeKeys })

  const logger = { level: settings.logLevel, ...options.logger }
  const log = createLogger(logger)
  const trouble = (error: unknown, what: string): void => {
    log.error({ err: error, what }, 'trouble')
  }
  const together = service === 'all' || service === 'gateway'
  const follows = together && options.follow !== false
  const speed = options.speed === undefined ? {} : { speed: options.speed }
  const broker = follows ? (options.broker ?? (await openBroker({ env, store, ...speed }))) : null
  broker?.listen((event) => log.debug({ event }, 'broker'))
  const clock = broker?.clock ?? systemClock
  const calendar = krxCalendar()
  const metrics = createMetrics()
  const plain = createEngine({ strategies, store })
  const engine = tracing?.engine(plain) ?? plain

  const silentMs = options.silentMs ?? SILENT_MS

  let live: FollowedMarket | null = null
  const hub = createHub({
    clock: systemClock,
    observe: {
      ...metrics.hub,
      failed: (error, what) => trouble(error, `socket ${what}`),
    },
    snapshot: (topic) => topicSnapshot(context, topic),
    onFirst: ({ ticker, family }) => {
      if (family === 'price' && ticker !== null) live?.watch(ticker)
    },
    onLast: ({ ticker, family }) => {
      if (family === 'price' && ticker !== null) live?.unwatch(ticker)
    },
  })
  let closing = false
  const tellSignal = publishSignals({ store, hub, clock }, trouble, () => closing)
  const jobs = createJobRunner({
    table: store.repositories.jobs,
    definitions: jobDefinitions({
      store,
      engine,
      strategies,
      clock,
      calendar,
      broker,
      live: () => live,
      renew: () => renew(),
      tellSignal,
      gate: (date) => gateView(context, date),
      holdUnderRed,
      scanned: (strategy, seconds) => metrics.scan(strategy, seconds),
    }),
    clock,
    aliveEveryMs: silentMs / HEARD_OF,
    onChange: (job) => publishJob(hub, job, clock.now()),
    onTrouble: (error, job) => trouble(error, `job ${job}`),
  })
  const context: ServerContext = {
    store,
    engine,
    strategies,
    clock,
    calendar,
    jobs,
    hub,
    version,
    get live() {
      return live
    },
  }

  // A store that is empty yet is followed once its first sync has brought something.
  const follow = async (): Promise<void> => {
    if (broker === null || (await store.summary()).bars === 0) return
    const parts = { broker, engine, store, strategies, calendar, onTrouble: trouble }
    live = await followMarket({ ...parts, holdUnderRed, ...options.market })
    const { desk, source } = live
    stopPublishing = publishDesk({ context, desk, source, tellSignal, onTrouble: trouble })
    for (const { topic } of hub.topics()) {
      if (topic.startsWith(PRICE)) live.watch(topic.slice(PRICE.length))
    }
  }
  const renew = async (): Promise<void> => {
    engine.refresh()
    if (live === null) await follow()
    else await live.renew()
  }
  let stopPublishing = (): void => {}
  const alone = store.kind === 'pglite'
  const closers: Array<() => Promise<void> | void> = []
  const close = async (): Promise<void> => {
    closing = true
    for (const end of closers.splice(0).reverse()) {
      // What cannot be ended in good order must not keep the rest open.
      try {
        await end()
      } catch (error) {
        trouble(error, 'the end of the service')
      }
    }
  }
  try {
    if (broker !== null) {
      closers.push(() => broker.close())
      await follow()
      closers.push(async () => live?.close())
      closers.push(() => stopPublishing())
    }
    closers.push(() => hub.close())
    const app = await buildApp({
      context,
      service,
      requireKey,
      metrics,
      logger,
      upstreams: settings.upstreams,
      origins: settings.origins,
      hosts: settings.hosts,
      trustProxy: settings.trustProxy,
      limits: settings.limits,
      ...(options.dashboard === undefined ? {} : { dashboard: options.dashboard }),
      ...(tracing === undefined ? {} : { tracing }),
    })
    closers.push(() => app.close())
    await jobs.resume(alone ? 0 : silentMs)
    closers.push(() => jobs.close())
    if (!alone) closers.push(takeUp(jobs, silentMs, trouble))
    if (follows) await scanOnce(jobs, store)
    if (broker !== null) {
      if (live === null) await jobs.start('sync')
      const schedule = startSchedule({
        entries: DAILY_PLAN,
        jobs,
        clock,
        calendar,
        onTrouble: (error, { job }) => trouble(error, `schedule of ${job}`),
      })
      closers.push(() => schedule.stop())
    }
    const url = await listen(app, host, port)
    return { app, context, url, simulated: broker?.simulated ?? false, close }
  } catch (error) {
    await close()
    throw error
  }
}

// A store that was filled by an import has no signals yet: its last session is scanned, once for good.
async function scanOnce(jobs: Jobs, store: Store): Promise<void> {
  const { lastDate: date } = await store.summary()
  if (date === null) return
  const [signal] = await store.findSignals({ limit: 1 })
  if (signal !== undefined) return
  await jobs.start('scan', { strategy: SCANNED_DAILY, date }, `scan.${date}`)
}

/** Takes up, now and then, what another process left that died; gives how to stop. */
function takeUp(
  jobs: JobRunner,
  silentMs: number,
  onTrouble: (error: unknown, what: string) => void,
): () => void {
  const timer = setInterval(() => {
    jobs.resume(silentMs).catch((error: unknown) => onTrouble(error, 'jobs that were left'))
  }, silentMs / 2)
  return () => clearInterval(timer)
}

async function listen(app: Api, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    // Sound: errors of the system carry their name in `code`.
    const code = (error as { readonly code?: unknown }).code
    if (isRalphError(error) || (code !== 'EADDRINUSE' && code !== 'EACCES')) throw error
    throw new RalphError(
      'E_SERVER_PORT',
      `port ${port} of ${host} cannot be listened on (${code}); choose another by --port`,
      { host, port, reason: code },
    )
  }
}
