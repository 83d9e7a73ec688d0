import type { KiwoomOptions } from '../kiwoom-source.js'
import { Secret } from '../secret.js'
import { readKiwoomSettings } from '../settings.js'
import type { Simulator } from './simulator.js'

/** What a source needs to speak to a simulator in its own process. */
export type SimulatorConnection = Required<
  Pick<KiwoomOptions, 'settings' | 'clock' | 'transport' | 'openSocket' | 'allowance'>
>

/**
 * Options of a source that speaks to a simulator in the same process, without a network: in its time,
 * with keys that it takes, within its allowance. Closing the source does not close the simulator.
 *
 * @example createKiwoomSource({ ...connectSimulator(simulator), slots: 60 })
 */
export function connectSimulator(simulator: Simulator): SimulatorConnection {
  const { clock, transport, openSocket, keys, perSecond } = simulator
  const settings = readKiwoomSettings({ KIWOOM_ENV: 'simulator' })
  return {
    settings:
      keys === null
        ? settings
        : { ...settings, appKey: new Secret(keys.app), secretKey: new Secret(keys.secret) },
    clock,
    transport,
    openSocket,
    allowance: { perSecond },
  }
}
