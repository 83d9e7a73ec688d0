import {
  createKiwoomSource,
  type EventListener,
  type KiwoomSource,
  readKiwoomSettings,
  simulatorClock,
  systemClock,
} from '@ralph-stock/adapters-kiwoom'
import {
  connectSimulator,
  createSimulator,
  type Simulator,
} from '@ralph-stock/adapters-kiwoom/simulator'
import type { Store } from '@ralph-stock/adapters-timescale'
import { type Clock, krxCalendar, type SessionCalendar } from '@ralph-stock/core'
import { batchFromMarket, inventedAmong } from '@ralph-stock/engine'
import { beginningOf } from './beginning.js'

/** The broker that a service follows, and the time it lives in. */
export type Broker = {
  readonly source: KiwoomSource
  readonly simulated: boolean
  /** Whether the simulator goes on with the store's own stocks. */
  readonly continues: boolean
  readonly clock: Clock
  /** How many times as fast as real time. */
  readonly speed: number
  /** Tells what happens on the line; gives how to stop. */
  listen(listener: EventListener): () => void
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
  if (isNamed(env)) {
    const settings = readKiwoomSettings(env)
    const simulated = settings.environment === 'simulator'
    const clock = simulated ? await simulatorClock(settings.restUrl) : { ...systemClock, speed: 1 }
    const { tell, listen } = eventLine(options.onEvent)
    const source = createKiwoomSource({ settings, clock, onEvent: tell })
    const { speed } = clock
    const close = (): Promise<void> => source.close()
    return { source, simulated, continues: false, clock, speed, listen, close }
  }
  const { sources, bars } = await store.summary()
  const invented = inventedAmong(sources).length === sources.length
  return bars > 0 && invented ? continueStore(options) : null
}

async function continueStore(options: BrokerOptions): Promise<Broker> {
  const { store, speed = SPEED } = options
  const past = batchFromMarket(await store.load({ bars: PAST_BARS }))
  const calendar = krxCalendar()
  const beginning = await beginningOf(store, calendar)
  const simulator = createSimulator({ past, speed, calendar, ...beginning })
  return simulatedBroker(simulator, { speed, calendar, ...events(options) })
}

/** A simulator in this process as a broker, which is closed with it. It goes on with the store's stocks. */
export function simulatedBroker(
  simulator: Simulator,
  options: { readonly calendar?: SessionCalendar } & Pick<BrokerOptions, 'speed' | 'onEvent'> = {},
): Broker {
  const { speed = SPEED, calendar = krxCalendar() } = options
  const { tell, listen } = eventLine(options.onEvent)
  const source = createKiwoomSource({ ...connectSimulator(simulator), calendar, onEvent: tell })
  return {
    source,
    simulated: true,
    continues: true,
    clock: simulator.clock,
    speed,
    listen,
    close: async () => {
      await source.close()
      simulator.close()
    },
  }
}

function eventLine(first: EventListener | undefined): {
  readonly tell: EventListener
  readonly listen: Broker['listen']
} {
  const listeners = new Set<EventListener>(first === undefined ? [] : [first])
  return {
    tell: (event) => {
      for (const listener of listeners) listener(event)
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function events({ onEvent }: BrokerOptions): Pick<BrokerOptions, 'onEvent'> {
  return onEvent === undefined ? {} : { onEvent }
}

function isNamed(env: BrokerOptions['env']): boolean {
  return ['KIWOOM_ENV', 'KIWOOM_APP_KEY'].some((name) => (env[name] ?? '') !== '')
}
