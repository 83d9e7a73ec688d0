import type { Store } from '@ralph-stock/adapters-timescale'
import type { Clock, SessionCalendar, Strategy } from '@ralph-stock/core'
import type { Engine } from '@ralph-stock/engine'
import type { MarketGateView } from '../../api/index.js'
import type { Broker } from '../../live/broker.js'
import type { FollowedMarket } from '../../live/live-market.js'
import type { SignalPublisher } from '../../live/publish.js'

/** What jobs work with. */
export type Work = {
  readonly store: Store
  readonly engine: Engine
  readonly strategies: readonly Strategy[]
  readonly clock: Clock
  readonly calendar: SessionCalendar
  /** Null where no broker is followed. */
  readonly broker: Broker | null
  readonly live: () => FollowedMarket | null
  /** What was loaded from the store is loaded anew. */
  readonly renew: () => Promise<void>
  readonly tellSignal: SignalPublisher
  /** The market's gate: as it stands, or of a stored session. */
  readonly gate: (date: string | undefined) => Promise<MarketGateView>
  /** Whether a RED gate holds new signals back; else they carry a warning. */
  readonly holdUnderRed: boolean
  /** A scan ended, for the metrics. */
  readonly scanned: (strategy: string, seconds: number) => void
}
