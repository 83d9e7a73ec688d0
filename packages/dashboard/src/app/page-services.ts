import { createApiClient } from '../api/client.js'
import { createKeyRing } from '../api/key.js'
import { createQueries } from '../api/queries.js'
import { createPriceStore } from '../live/price-store.js'
import { createServerClock } from '../live/server-clock.js'
import { createLiveClient } from '../live/socket.js'
import type { KeyValue } from '../settings/settings.js'
import { createStore } from '../settings/store.js'
import type { Services } from './services.js'

/** The parts that a page in a browser shares, connected to the service that it came from. */
export function createPageServices(session: KeyValue | null): Services {
  const keys = createKeyRing(session)
  const api = createApiClient(keys, (input, init) => fetch(input, init))
  const clock = createServerClock(() => performance.now())
  const second = createStore<number | null>(null)
  setInterval(() => second.set(clock.now()), 1000)
  const live = createLiveClient({
    open: (events) => {
      const key = keys.current()
      // A page can set no header on a socket: the key goes along as a second protocol.
      const socket = new WebSocket(socketUrl(), key === null ? [] : ['ralph-stock', key])
      socket.onmessage = ({ data }) => {
        if (typeof data === 'string') events.message(data)
      }
      socket.onclose = events.closed
      return socket
    },
    timers: {
      now: () => performance.now(),
      set: (callback, ms) => window.setTimeout(callback, ms),
      clear: (timer) => window.clearTimeout(typeof timer === 'number' ? timer : undefined),
    },
    random: Math.random,
  })
  window.addEventListener('online', live.nudge)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') live.nudge()
  })
  return {
    api,
    keys,
    queries: createQueries(api),
    live,
    prices: createPriceStore((flush) => requestAnimationFrame(flush)),
    clock,
    second,
  }
}

function socketUrl(): string {
  const url = new URL('/ws', window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}
