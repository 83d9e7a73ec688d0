import { createContext, use } from 'react'
import type { ApiClient } from '../api/client.js'
import type { KeyRing } from '../api/key.js'
import type { Queries } from '../api/queries.js'
import type { PriceStore } from '../live/price-store.js'
import type { ServerClock } from '../live/server-clock.js'
import type { LiveClient } from '../live/socket.js'
import type { Store } from '../settings/store.js'
import { useStore } from '../settings/use-settings.js'

/** What every part of the page shares. */
export type Services = {
  readonly api: ApiClient
  readonly keys: KeyRing
  readonly queries: Queries
  readonly live: LiveClient
  readonly prices: PriceStore
  readonly clock: ServerClock
  /** The market's time, epoch ms, told again every second; null before the service has told it. */
  readonly second: Store<number | null>
}

export const ServicesContext = createContext<Services | null>(null)

export function useServices(): Services {
  const services = use(ServicesContext)
  if (services === null) throw new Error('a component was shown outside the page')
  return services
}

/** The market's time, epoch ms; the component is drawn again every second. */
export function useMarketTime(): number | null {
  return useStore(useServices().second)
}
