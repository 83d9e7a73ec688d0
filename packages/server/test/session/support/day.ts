import { createSimulator, type Simulator } from '@ralph-stock/adapters-kiwoom/simulator'
import type { Store } from '@ralph-stock/adapters-timescale'
import { epochMsOfKst, tradeDate } from '@ralph-stock/core'
import { batchFromMarket } from '@ralph-stock/engine'
import type { JobView, ReadinessView, SignalView } from '../../../src/api/index.js'
import { simulatedBroker } from '../../../src/live/broker.js'
import { type RunningService, type ServiceOptions, startService } from '../../../src/service.js'
import { type DrivenClock, drivenClock } from './clock.js'
import { strategies, TODAY } from './market.js'

/** A service and the broker that it follows, in a time that a test drives. */
export type Day = {
  readonly service: RunningService
  readonly simulator: Simulator
  readonly clock: DrivenClock
  /** Lives up to a Korean time of a date. */
  until(time: string, date?: string): Promise<void>
  /** Data of an answer; whatever its status. */
  get<T>(path: string): Promise<T>
  ready(): Promise<ReadinessView & { readonly status: number }>
  /** Every signal, newest first. */
  signals(): Promise<SignalView[]>
  jobs(): Promise<JobView[]>
  close(): Promise<void>
}

/** How a day is lived. */
export type DayOptions = Pick<ServiceOptions, 'silentMs' | 'logger'> & {
  readonly store: Store
  /** Waits until the store has answered all that it was asked. */
  readonly rest: () => Promise<unknown>
  readonly from?: string
  /** Trades as a share of the usual. */
  readonly activity?: number
}

/** An instant in Korea. */
export function at(time: string, date: string = TODAY): number {
  return epochMsOfKst(tradeDate(date), time)
}

/** Starts the service on the day after the store's last. */
export async function openDay(options: DayOptions): Promise<Day> {
  const { store, rest, from = '08:25', activity = 0.4 } = options
  const clock = drivenClock(at(from))
  const past = batchFromMarket(await store.load())
  const simulator = createSimulator({ past, date: TODAY, time: from, clock, activity })
  const { silentMs, logger = { level: 'silent' } } = options
  const service = await startService({
    store,
    strategies: strategies(),
    broker: simulatedBroker(simulator, { speed: 1 }),
    market: { flowsEveryMs: 20_000 },
    env: { RATE_LIMIT: '0', RATE_LIMIT_COSTLY: '0' },
    version: '0.0.0',
    port: 0,
    logger,
    ...(silentMs === undefined ? {} : { silentMs }),
  })
  const ask = async <T>(path: string): Promise<{ status: number; data: T }> => {
    const answer = await fetch(service.url + path)
    // Sound: every answer of the service is an envelope; what is in it is what the test expects of it.
    const { data } = (await answer.json()) as { data: T }
    return { status: answer.status, data }
  }
  const get = async <T>(path: string): Promise<T> => (await ask<T>(path)).data
  return {
    service,
    simulator,
    clock,
    until: (time, date) => clock.live(at(time, date), rest),
    get,
    async ready() {
      const { status, data } = await ask<ReadinessView>('/ready')
      return { status, ...data }
    },
    async signals() {
      const all: SignalView[] = []
      let next: string | null = ''
      while (next !== null) {
        const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`
        const page: { signals: SignalView[]; next_cursor: string | null } = await get(
          `/api/kr/signals?limit=100${cursor}`,
        )
        all.push(...page.signals)
        next = page.next_cursor
      }
      return all
    },
    jobs: async () => (await get<{ jobs: JobView[] }>('/api/system/jobs?limit=100')).jobs,
    close: () => service.close(),
  }
}
