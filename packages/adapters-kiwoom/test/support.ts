import { epochMsOfKst, tradeDate } from '@ralph-stock/core'
import {
  createKiwoomSource,
  type KiwoomOptions,
  type KiwoomSettings,
  type KiwoomSource,
  Secret,
} from '../src/index.js'
import {
  createSimulator,
  type ManualClock,
  manualClock,
  type Simulator,
  type SimulatorOptions,
} from '../src/simulator/index.js'
import { createRandom } from '../src/simulator/market/random.js'

/** Settings that no real host knows. */
export function settings(changes: Partial<KiwoomSettings> = {}): KiwoomSettings {
  return {
    environment: 'simulator',
    appKey: new Secret('app-key-of-a-test'),
    secretKey: new Secret('secret-key-of-a-test'),
    restUrl: 'http://127.0.0.1:1',
    socketUrl: 'ws://127.0.0.1:1/api/dostk/websocket',
    ...changes,
  }
}

/** A simulator and a source in one time that a test moves. */
export type Pair = {
  readonly clock: ManualClock
  readonly simulator: Simulator
  readonly source: KiwoomSource
}

/** Makes a pair; the day is 2026-03-31 unless said. */
export function pair(
  simulated: SimulatorOptions & { readonly at?: string } = {},
  options: Partial<KiwoomOptions> = {},
): Pair {
  const date = simulated.date ?? '2026-03-31'
  const clock = manualClock(epochMsOfKst(tradeDate(date), simulated.at ?? '08:00'))
  const simulator = createSimulator({ stocks: 40, history: 60, date, ...simulated, clock })
  const random = createRandom(simulated.seed ?? 1, 99)
  const source = createKiwoomSource({
    settings: settings(),
    clock,
    random: () => random.next(),
    transport: simulator.transport,
    openSocket: simulator.openSocket,
    allowance: { perSecond: 5 },
    ...options,
  })
  return { clock, simulator, source }
}

/** Moves the clock until a promise is settled. */
export async function during<T>(
  clock: ManualClock,
  promise: Promise<T>,
  mostMs = 3_600_000,
): Promise<T> {
  let over = false
  const watched = promise.finally(() => {
    over = true
  })
  watched.catch(() => {})
  for (let ms = 0; ms < mostMs && !over; ms += 100) await clock.advance(100)
  if (!over) throw new Error(`not settled within ${mostMs} ms`)
  return watched
}
