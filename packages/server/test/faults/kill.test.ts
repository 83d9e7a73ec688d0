import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SimulatorServer, startSimulator } from '@ralph-stock/adapters-kiwoom/simulator'
import { openEmbeddedStore, openPostgresStore, type Store } from '@ralph-stock/adapters-timescale'
import { batchFromMarket, createEngine } from '@ralph-stock/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JobView, ScanResultView, SignalView } from '../../src/api/index.js'
import { cardView } from '../../src/services/card-view.js'
import { type DrivenClock, drivenClock } from '../session/support/clock.js'
import { at } from '../session/support/day.js'
import { type End, endByPrints, type Print, printsOf } from '../session/support/lives.js'
import { fillStore, strategies, TODAY } from '../session/support/market.js'
import { type Watcher, watch } from '../session/support/watcher.js'
import { buildChild } from './support/build-child.js'
import type { ChildOptions } from './support/child.js'
import { hasPostgres, testDatabase } from './support/database.js'
import { type ServiceProcess, startProcess } from './support/process.js'

const PATIENCE_MS = 900_000
const KILLS = Number(process.env['CRASH_KILLS'] ?? 2)

/** Where a store is, for a child process and for the test when no child has it. */
type Place = {
  readonly name: string
  readonly kills: number
  make(): Promise<{
    readonly address: ChildOptions['place']
    open(): Promise<Store>
    remove(): Promise<void>
  }>
}

const EMBEDDED: Place = {
  name: 'an embedded store',
  kills: KILLS,
  async make() {
    const folder = mkdtempSync(join(tmpdir(), 'ralph-kill-'))
    return {
      address: { folder },
      open: () => openEmbeddedStore({ folder }),
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    }
  },
}
const POSTGRES: Place = {
  name: 'PostgreSQL',
  kills: Math.ceil(KILLS / 2),
  async make() {
    const { url, drop } = await testDatabase()
    return { address: { url }, open: () => openPostgresStore({ url }), remove: drop }
  },
}

let program: string
beforeAll(async () => {
  program = await buildChild()
}, PATIENCE_MS)

describe.each((await hasPostgres()) ? [EMBEDDED, POSTGRES] : [EMBEDDED])(
  'a service killed in mid-session over $name',
  (place) => {
    let home: Awaited<ReturnType<Place['make']>>
    let clock: DrivenClock
    let broker: SimulatorServer
    let service: ServiceProcess
    let watcher: Watcher
    const told: Array<{ readonly kind: string; readonly signal: SignalView }> = []
    let signals: SignalView[]
    let jobs: JobView[]
    let scans: ScanResultView[]

    const get = async <T>(path: string): Promise<T> => {
      const answer = await fetch(service.url + path)
      // Sound: every answer of the service is an envelope; what is in it is what the test expects of it.
      return ((await answer.json()) as { data: T }).data
    }
    /** The service lives in the same time once it says so; a dead one is not waited for. */
    const together = async (): Promise<void> => {
      while (service.alive()) {
        const health = await get<{ timestamp: string }>('/health').catch(() => null)
        if (health !== null && Date.parse(health.timestamp) >= clock.now() - 1) return
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    }
    const start = async (): Promise<void> => {
      const { restUrl, socketUrl } = broker
      service = await startProcess(program, {
        place: home.address,
        silentMs: 1500,
        env: {
          KIWOOM_ENV: 'simulator',
          KIWOOM_REST_URL: restUrl,
          KIWOOM_SOCKET_URL: socketUrl,
          RATE_LIMIT: '0',
          RATE_LIMIT_COSTLY: '0',
        },
      })
      watcher = await watch(service.url, ['signals'])
    }
    /** Kills it while it works, and leaves the market alone for a while. */
    const killAndStart = async (): Promise<void> => {
      const lives = clock.live(clock.now() + 45_000, together)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 150))
      await service.kill()
      await lives
      keep()
      await clock.live(clock.now() + Math.random() * 90_000, async () => {})
      await start()
    }
    const keep = (): void => {
      expect(watcher.gaps('signals')).toEqual([])
      for (const message of watcher.told('signals')) {
        if (message.type === 'signal_update') told.push(message.data)
      }
      watcher.close()
    }
    const until = (time: string): Promise<void> => clock.live(at(time), together)

    beforeAll(async () => {
      home = await place.make()
      const store = await home.open()
      // What the simulator is to go on with must be the simulator's own.
      await fillStore(store, { source: 'kiwoom-simulator' })
      const past = batchFromMarket(await store.load())
      await store.close()
      clock = drivenClock(at('08:57'))
      const market = { past, date: TODAY, time: '08:57', activity: 0.4, perSecond: 20, burst: 20 }
      broker = await startSimulator({ ...market, clock, port: 0 })
      await start()
      await until('09:00:05')
      for (let kill = 0; kill < place.kills; kill++) {
        await killAndStart()
        await clock.live(clock.now() + Math.random() * 240_000, together)
      }
      await until('09:40')
      clock.sleep(at('15:05'))
      await until('15:18:45')
      await killAndStart()
      await until('15:45')
      await killAndStart()
      await until('16:05')
      clock.sleep(at('18:34'))
      await until('18:36')
      for (let minute = 37; minute < 59 && !(await isDone()); minute++) await until(`18:${minute}`)
      signals = (await get<{ signals: SignalView[] }>('/api/kr/signals?limit=100')).signals
      jobs = (await get<{ jobs: JobView[] }>('/api/system/jobs?limit=100')).jobs
      scans = []
      for (const { id, subject } of strategies()) {
        if (subject === 'stock') scans.push(await get(`/api/kr/scan/${id}/result?all=true`))
      }
      await service.kill()
      keep()
    }, PATIENCE_MS)

    const isDone = async (): Promise<boolean> => {
      const { jobs } = await get<{ jobs: JobView[] }>('/api/system/jobs?limit=100')
      // A store that others may use leaves what ran to a process until it was silent for a while.
      return jobs.filter(({ id }) => id.endsWith(TODAY)).every(({ status }) => status === 'done')
    }

    afterAll(async () => {
      await service.kill()
      await broker.close()
      await home.remove()
    }, PATIENCE_MS)

    it('keeps every signal that it told of', () => {
      const stored = new Map(signals.map((signal) => [keyOf(signal), signal]))
      expect(told.length).toBeGreaterThan(10)
      for (const { kind, signal } of told) {
        const now = stored.get(keyOf(signal))
        expect([kind, keyOf(signal), now === undefined]).toEqual([kind, keyOf(signal), false])
        if (kind === 'closed') {
          expect([now?.exit_reason, now?.exit_price]).toEqual([
            signal.exit_reason,
            signal.exit_price,
          ])
        }
      }
    })

    it('tells and keeps none twice', () => {
      const news = told.filter(({ kind }) => kind === 'opened' || kind === 'closed')
      const keys = news.map(({ kind, signal }) => `${kind} ${keyOf(signal)}`)
      expect(keys.filter((key, k) => keys.indexOf(key) !== k)).toEqual([])
      const stored = signals.map(keyOf)
      expect(stored.filter((key, k) => stored.indexOf(key) !== k)).toEqual([])
    })

    it('ends each signal as the trades of the whole day say', () => {
      let ended = 0
      for (const signal of signals) {
        const { entry_date, exit_date, exit_reason, exit_price } = signal
        if (entry_date === null || (exit_date !== null && exit_date < TODAY)) continue
        if (signal.signal_date === TODAY && signal.entry_time === null) continue
        const prints = printsOf(broker.simulator, signal.ticker)
        if (prints.length === 0) continue
        const possible = endsOf(signal, prints).map((end) =>
          end === null ? 'open' : `${end.reason} ${end.price}`,
        )
        const found = exit_reason === null ? 'open' : `${exit_reason} ${exit_price}`
        ended += Number(exit_reason !== null)
        expect([keyOf(signal), possible.includes(found) ? possible[0] : found]).toEqual([
          keyOf(signal),
          possible[0],
        ])
      }
      expect(ended).toBeGreaterThan(5)
    })

    it('does each job of the day, and none of them twice', () => {
      const planned = jobs.filter(({ id }) => id.endsWith(TODAY))
      expect(planned.map(({ id, status }) => `${id} ${status}`).sort()).toEqual(
        ['after-close', 'after-close.final', 'closing-bet', 'market-gate', 'sync-list'].map(
          (name) => `${name}.${TODAY} done`,
        ),
      )
      expect(jobs.filter(({ name }) => name === 'market-gate')).toHaveLength(1)
    })

    it('scans in the end as a batch over what it stored', { timeout: PATIENCE_MS }, async () => {
      const store = await home.open()
      try {
        const batch = await createEngine({ strategies: strategies(), store }).scan({
          date: TODAY,
          all: true,
        })
        for (const scan of scans) {
          const own = batch.results.find(({ strategy }) => strategy.id === scan.strategy)
          expect(scan.as_of).toBe(TODAY)
          expect(scan.entries.map(({ card }) => card)).toEqual(
            JSON.parse(JSON.stringify(own?.entries.map(({ card }) => cardView(card)))),
          )
        }
      } finally {
        await store.close()
      }
    })
  },
)

/**
 * How a signal may have ended by the trades of the day. Of a minute in which nobody looked only its
 * range is known: of both levels in it the stop counts, and of the minute of a live entry its last price.
 */
function endsOf(signal: SignalView, prints: readonly Print[]): Array<End | null> {
  const { entry_time, entry_date, signal_type } = signal
  const since = entry_time === null ? 0 : secondOf(entry_time)
  const held = { before: (entry_date ?? '') < TODAY, ends: signal_type === 'daytrade' }
  const exact = endByPrints(signal, prints, { ...held, since })
  const minute = Math.floor(since / 60) * 60 + 60
  const seen = prints.filter(({ second }, k) => {
    const next = prints[k + 1]?.second ?? Number.POSITIVE_INFINITY
    return second >= minute || next >= minute
  })
  const later = endByPrints(signal, entry_time === null ? prints : seen, { ...held, since })
  const stop = signal.stop_price ?? Number.NaN
  const end = exact?.second ?? null
  const isStopToo =
    end !== null &&
    prints.some(
      ({ second, price }) => Math.floor(second / 60) === Math.floor(end / 60) && price <= stop,
    )
  return [
    exact,
    later,
    ...(isStopToo ? [{ reason: 'stop' as const, price: stop, second: end }] : []),
  ]
}

function keyOf({ signal_type, ticker, signal_date }: SignalView): string {
  return `${signal_type} ${ticker} ${signal_date}`
}

function secondOf(instant: string): number {
  return ((Date.parse(instant) + 9 * 3_600_000) % 86_400_000) / 1000
}
