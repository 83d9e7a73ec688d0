import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ManualClock, manualClock } from '@ralph-stock/adapters-kiwoom/simulator'
import { openEmbeddedStore } from '@ralph-stock/adapters-timescale'
import {
  dayNumber,
  epochMsOfKst,
  fromDayNumber,
  krxCalendar,
  type MarketBatch,
  type TradeDate,
  tradeDate,
} from '@ralph-stock/core'
import { createEngine } from '@ralph-stock/engine'
import { DEMO_LAST_DATE, demoMarket } from '@ralph-stock/engine/demo'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { daytrade } from '@ralph-stock/strategies-daytrade'
import { marketGate } from '@ralph-stock/strategies-market-gate'
import { trendTemplate, vcp } from '@ralph-stock/strategies-vcp'
import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify'
import type { ApiError } from '../../src/api/index.js'
import type { LiveMarket, ServerContext } from '../../src/context.js'
import { createJobRunner, type JobRunner } from '../../src/jobs/runner.js'
import { errorsPlugin } from '../../src/plugins/errors.js'
import { routeTablePlugin } from '../../src/plugins/route-table.js'
import { createSerializer } from '../../src/plugins/serializer.js'
import { compileValidator } from '../../src/plugins/validator.js'
import { gatewayRoutes, type Routes, SERVICE_ROUTES } from '../../src/routes/index.js'
import { createHub } from '../../src/ws/hub.js'

export const LAST: TradeDate = tradeDate(DEMO_LAST_DATE)
export const EVENING: number = epochMsOfKst(LAST, '18:00')
/** How long a store may take to open where all tests run at once. */
export const PATIENCE_MS = 240_000
/** Sessions before the last one whose scans are kept as signals, oldest first. */
export const SCANNED = [12, 9, 6, 3, 0] as const

/** A service over a store of its own, asked without a network. */
export type TestService = {
  readonly context: ServerContext
  readonly app: FastifyInstance
  readonly clock: ManualClock
  /** What the store was asked since it was last emptied. */
  readonly statements: string[]
  /** Lets the jobs that run end. */
  finishJobs(): Promise<void>
  /** Follows a live market from now on, or none. */
  follow(live: LiveMarket | null): void
  close(): Promise<void>
}

export type ServiceOptions = {
  /** What the store holds; nothing when null. */
  readonly batch?: MarketBatch | null
  /** Whether the scans of some dates are kept as signals; no unless said. */
  readonly scans?: boolean
}

/** The invented market of these tests. */
export function smallMarket(): MarketBatch {
  return demoMarket({ stocks: 40, sessions: 260 })
}

/** The session some sessions before the last one. */
export function sessionBefore(count: number): TradeDate {
  return fromDayNumber(krxCalendar().shift(dayNumber(LAST), -count))
}

/** Makes a service. */
export async function startService(options: ServiceOptions = {}): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), 'ralph-routes-'))
  const statements: string[] = []
  const store = await openEmbeddedStore({ folder, onStatement: (text) => statements.push(text) })
  const strategies = [marketGate(), closingBet(), vcp(), trendTemplate(), daytrade()]
  const engine = createEngine({ strategies, store })
  const clock = manualClock(EVENING)
  const hub = createHub({ clock })
  const jobs = gatedJobs(store.repositories.jobs, clock)
  const { batch = smallMarket() } = options
  if (batch !== null) await store.write(batch)
  const context: { -readonly [K in keyof ServerContext]: ServerContext[K] } = {
    store,
    engine,
    strategies,
    clock,
    calendar: krxCalendar(),
    jobs: jobs.runner,
    hub,
    live: null,
    version: '0.1.0',
  }
  if (options.scans === true) await keepScans(context)
  const gateways = Object.values(SERVICE_ROUTES).map(({ gateway }) => gateway)
  const app = await appWith(context, [gatewayRoutes, ...gateways])
  return {
    context,
    app,
    clock,
    statements,
    finishJobs: jobs.finish,
    follow(live) {
      context.live = live
    },
    close: async () => {
      await jobs.runner.close()
      await app.close()
      await hub.close()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The routes alone over a context; what they answer is held to their schemas. */
export async function appWith(
  context: ServerContext,
  routes: readonly Routes[],
): Promise<FastifyInstance> {
  const app = Fastify({ routerOptions: { maxParamLength: 200 } })
  app.setValidatorCompiler(compileValidator)
  app.setSerializerCompiler(createSerializer(true))
  await app.register(routeTablePlugin)
  await app.register(errorsPlugin, { context, page: false })
  for (const group of routes) await app.register(group, { context })
  await app.ready()
  return app
}

type Table = Parameters<typeof createJobRunner>[0]['table']

// Work that does nothing until it is let go.
function gatedJobs(
  table: Table,
  clock: ManualClock,
): { readonly runner: JobRunner; finish(): Promise<void> } {
  const waiting = new Set<() => void>()
  let isOpen = false
  const run = () =>
    new Promise<Record<string, unknown>>((resolve) => {
      if (isOpen) resolve({ ok: true })
      else waiting.add(() => resolve({ ok: true }))
    })
  const runner = createJobRunner({
    table,
    definitions: { scan: { run }, 'sync-list': { run } },
    clock,
    graceMs: 0,
  })
  return {
    runner,
    async finish() {
      isOpen = true
      for (const end of waiting) end()
      waiting.clear()
      for (let { queued, running } = runner.counts(); queued + running > 0; ) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        ;({ queued, running } = runner.counts())
      }
      isOpen = false
    },
  }
}

/** Keeps the scans of some sessions and closes what was open half a dozen sessions before the last. */
async function keepScans({ engine, store }: ServerContext): Promise<void> {
  const ids = ['closing-bet', 'vcp', 'daytrade']
  for (const count of SCANNED) {
    const date = sessionBefore(count)
    const { results } = await engine.scan({ strategies: ids, date })
    const cards = results.flatMap(({ entries }) => entries.map(({ card }) => card))
    await store.saveScan({ asOf: date, strategies: ids, eligible: 40, cards })
    if (count < 6) continue
    const open = await store.findSignals({ status: 'OPEN' })
    for (const [n, signal] of open.entries()) {
      const returnRate = n % 3 === 0 ? -0.05 : 0.1
      await store.closeSignal(signal, {
        exitDate: sessionBefore(count - 2),
        exitPrice: Math.round((signal.entry?.price ?? 1000) * (1 + returnRate)),
        reason: n % 3 === 0 ? 'stop' : 'target',
        returnRate,
        at: null,
      })
    }
  }
}

/** The data of a good answer. */
export async function data<T>(
  service: Pick<TestService, 'app'>,
  request: string | InjectOptions,
): Promise<T> {
  const answer = await service.app.inject(request)
  const body = answer.json<{ success: boolean; data: T; error: ApiError | null }>()
  if (!body.success) throw new Error(`${answer.statusCode} ${JSON.stringify(body.error)}`)
  return body.data
}

/** Status and code of an answer that tells of an error. */
export async function failure(
  service: Pick<TestService, 'app'>,
  request: string | InjectOptions,
): Promise<readonly [status: number, code: string]> {
  const answer = await service.app.inject(request)
  const {
    success,
    data: none,
    error,
  } = answer.json<{ success: boolean; data: null; error: ApiError }>()
  if (success || none !== null) throw new Error(`a good answer: ${answer.body.slice(0, 200)}`)
  return [answer.statusCode, error.code]
}

export function post(url: string, body?: object): InjectOptions {
  return body === undefined ? { method: 'POST', url } : { method: 'POST', url, body }
}

/** A market that is followed, of which only what is given is known. */
export function liveMarket(parts: Partial<LiveMarket>): LiveMarket {
  return {
    source: 'simulator',
    price: () => null,
    index: () => null,
    cards: () => [],
    gate: () => null,
    market: () => null,
    session: () => {
      throw new Error('not asked for here')
    },
    feeds: () => [],
    broker: () => ({ ok: true, state: 'connected', message: null }),
    ...parts,
  }
}
