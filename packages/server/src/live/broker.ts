import {
  createKiwoomSource,
  type EventListener,
  type KiwoomSource,
  readKiwoomSettings,
  simulatorClock,
  systemClock,
} from '@ralph-stock/adapters-kiwoom'
import { connectSimulator, createSimulator } from '@ralph-stock/adapters-kiwoom/simulator'
import type { Store } from '@ralph-stock/adapters-timescale'
import {
  type Clock,
  dayNumber,
  epochMsOfKst,
  fromDayNumber,
  krxCalendar,
  type SessionCalendar,
  type TradeDate,
  tradeDateOfEpochMs,
} from '@ralph-stock/core'
import { batchFromMarket, inventedAmong } from '@ralph-stock/engine'

/** The broker that a service follows, and the time it lives in. */
export type Broker = {
  readonly source: KiwoomSource
  readonly simulated: boolean
  /** Whether the simulator goes on with the store's own stocks. */
  readonly continues: boolean
  readonly clock: Clock
  /** How many times as fast as real time. */
  readonly speed: number
  close(): Promise<void>
}

/** How a broker is chosen. */
export type BrokerOptions = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly store: Store
  /** Of the simulator within this process; 10 unless said. */
  readonly speed?: number
  readonly onEvent?: EventListener
}

/** A few minutes before the opening auction, so that a session is seen from its beginning. */
const BEGINS = '08:25'
const SPEED = 10
/** Enough for every strategy, and for what the simulator derives of a stock's habits. */
const PAST_BARS = 320

/**
 * Kiwoom where the environment names it (`KIWOOM_ENV`, or keys). Else, over a store whose stocks are
 * invented, a simulator in this process that lives through the sessions that follow. Over real data
 * without keys: nobody.
 *
 * @throws RalphError E_BROKER_SETTINGS, E_BROKER_UNAVAILABLE, E_STORE_*
 */
export async function openBroker(options: BrokerOptions): Promise<Broker | null> {
  const { env, store } = options
  const events = options.onEvent === undefined ? {} : { onEvent: options.onEvent }
  if (isNamed(env)) {
    const settings = readKiwoomSettings(env)
    const simulated = settings.environment === 'simulator'
    const clock = simulated ? await simulatorClock(settings.restUrl) : { ...systemClock, speed: 1 }
    const source = createKiwoomSource({ settings, clock, ...events })
    const { speed } = clock
    return { source, simulated, continues: false, clock, speed, close: () => source.close() }
  }
  const { sources, bars } = await store.summary()
  const invented = inventedAmong(sources).length === sources.length
  return bars > 0 && invented ? continueStore(options, events) : null
}

async function continueStore(
  { store, speed = SPEED }: BrokerOptions,
  events: { readonly onEvent?: EventListener },
): Promise<Broker> {
  const past = batchFromMarket(await store.load({ bars: PAST_BARS }))
  const calendar = krxCalendar()
  const simulator = createSimulator({
    past,
    speed,
    calendar,
    ...(await beginningOf(store, calendar)),
  })
  const source = createKiwoomSource({ ...connectSimulator(simulator), calendar, ...events })
  return {
    source,
    simulated: true,
    continues: true,
    clock: simulator.clock,
    speed,
    close: async () => {
      await source.close()
      simulator.close()
    },
  }
}

// Invented time goes on from the last thing that happened in it, else before the next session.
async function beginningOf(
  store: Store,
  calendar: SessionCalendar,
): Promise<{ readonly date: string; readonly time: string }> {
  const { lastDate } = await store.summary()
  const [latest] = await store.repositories.jobs.list({ limit: 1 })
  // Sound: there is a bar, or nothing would be gone on with.
  const next = fromDayNumber(calendar.next(dayNumber(lastDate as TradeDate)))
  const begins = epochMsOfKst(next, BEGINS)
  const happened = (latest?.finishedAt ?? latest?.startedAt ?? latest?.createdAt)?.getTime() ?? 0
  const at = tradeDateOfEpochMs(happened) === next ? Math.max(begins, happened) : begins
  return { date: next, time: timeInKorea(at) }
}

function isNamed(env: BrokerOptions['env']): boolean {
  return ['KIWOOM_ENV', 'KIWOOM_APP_KEY'].some((name) => (env[name] ?? '') !== '')
}

function timeInKorea(epochMs: number): string {
  const time = new Date(epochMs + 9 * 3_600_000).toISOString()
  return time.slice(11, 19)
}
