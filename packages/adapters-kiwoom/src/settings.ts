import { RalphError } from '@ralph-stock/core'
import { Secret } from './secret.js'

/** Which Kiwoom is spoken to: the live one, its paper trading, or the simulator. */
export const KIWOOM_ENVIRONMENTS = ['live', 'mock', 'simulator'] as const

/** Which Kiwoom is spoken to. */
export type KiwoomEnvironment = (typeof KIWOOM_ENVIRONMENTS)[number]

/** Where Kiwoom is and who asks. */
export type KiwoomSettings = {
  readonly environment: KiwoomEnvironment
  readonly appKey: Secret
  readonly secretKey: Secret
  /** Without a slash at the end. */
  readonly restUrl: string
  readonly socketUrl: string
}

type Hosts = { readonly rest: string; readonly socket: string }

const SOCKET_PATH = '/api/dostk/websocket'

/** The broker's hosts, and where the simulator listens unless told otherwise. */
export const KIWOOM_HOSTS: Readonly<Record<KiwoomEnvironment, Hosts>> = {
  live: {
    rest: 'https://api.kiwoom.com',
    socket: `wss://api.kiwoom.com:10000${SOCKET_PATH}`,
  },
  mock: {
    rest: 'https://mockapi.kiwoom.com',
    socket: `wss://mockapi.kiwoom.com:10000${SOCKET_PATH}`,
  },
  simulator: {
    rest: 'http://127.0.0.1:5116',
    socket: `ws://127.0.0.1:5116${SOCKET_PATH}`,
  },
}

/** Keys that the simulator takes. */
const SIMULATOR_KEYS = { app: 'simulator-app-key', secret: 'simulator-secret-key' }

/**
 * Reads the settings from environment variables: `KIWOOM_APP_KEY`, `KIWOOM_SECRET_KEY`, `KIWOOM_ENV`
 * (live, mock or simulator; mock unless said), `KIWOOM_REST_URL`, `KIWOOM_SOCKET_URL`. The simulator
 * needs no keys.
 *
 * @throws RalphError E_BROKER_SETTINGS; the value of a key is never in it
 */
export function readKiwoomSettings(
  env: Readonly<Record<string, string | undefined>>,
): KiwoomSettings {
  const environment = env['KIWOOM_ENV'] ?? 'mock'
  if (!isEnvironment(environment)) {
    throw wrong('KIWOOM_ENV', `one of ${KIWOOM_ENVIRONMENTS.join(', ')}`, environment)
  }
  const hosts = KIWOOM_HOSTS[environment]
  const simulated = environment === 'simulator'
  const key = (name: string, spare: string): Secret => {
    const value = env[name]?.trim() ?? ''
    if (value !== '') return new Secret(value)
    if (simulated) return new Secret(spare)
    throw new RalphError('E_BROKER_SETTINGS', `${name} must be set; found nothing`, { name })
  }
  return {
    environment,
    appKey: key('KIWOOM_APP_KEY', SIMULATOR_KEYS.app),
    secretKey: key('KIWOOM_SECRET_KEY', SIMULATOR_KEYS.secret),
    restUrl: address('KIWOOM_REST_URL', env, hosts.rest, ['https:', 'http:']),
    socketUrl: address('KIWOOM_SOCKET_URL', env, hosts.socket, ['wss:', 'ws:']),
  }
}

function isEnvironment(text: string): text is KiwoomEnvironment {
  return (KIWOOM_ENVIRONMENTS as readonly string[]).includes(text)
}

function address(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  spare: string,
  protocols: readonly string[],
): string {
  const text = env[name]?.trim() ?? ''
  if (text === '') return spare
  const accepted = `an address that begins with ${protocols.join(' or ')}`
  if (!URL.canParse(text)) throw wrong(name, accepted, text)
  const url = new URL(text)
  if (!protocols.includes(url.protocol) || url.username !== '') throw wrong(name, accepted, '...')
  return text.replace(/\/+$/, '')
}

function wrong(name: string, accepted: string, found: string): RalphError {
  return new RalphError('E_BROKER_SETTINGS', `${name} must be ${accepted}; found "${found}"`, {
    name,
  })
}
